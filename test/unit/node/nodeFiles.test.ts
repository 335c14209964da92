import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { FileError } from '../../../src/core/ports';
import { createNodeFiles } from '../../../src/node/nodeFiles';
import { ownerToken } from '../../../src/node/processInfo';
import { createMemoryFiles } from '../../support/memoryFiles';
import { runs } from '../../support/soak';
import { createWorkspace } from '../../support/workspaceBuilder';

const files = createNodeFiles();
const isRoot = process.getuid?.() === 0;

async function reasonOf(run: Promise<unknown>): Promise<FileError['reason'] | undefined> {
  return run.then(
    () => undefined,
    (error: unknown) => {
      assert.ok(error instanceof FileError, String(error));
      return error.reason;
    },
  );
}

describe('nodeFiles', () => {
  it('reads text with its byte order mark and says undefined for what is missing', async () => {
    const workspace = createWorkspace().file('a.md', '\uFEFFgrüße 🙂');
    assert.equal(await files.readText(workspace.path('a.md')), '\uFEFFgrüße 🙂');
    assert.equal(await files.readText(workspace.path('none.md')), undefined);
    assert.equal(await files.readText(workspace.path('a.md/below')), undefined);
    assert.equal(await reasonOf(files.readText(workspace.root)), 'notAFile');
  });

  it('opens nothing that may have no end, and nothing larger than is asked for', async () => {
    const workspace = createWorkspace().file('a.md', 'grüße').link('zero', '/dev/zero').link('self', 'self');
    spawnSync('mkfifo', [`${workspace.native}/pipe`]);
    const { signal } = new AbortController();
    for (const name of ['zero', 'self', 'pipe']) {
      assert.equal(await reasonOf(files.readText(workspace.path(name))), 'notAFile', name);
      const lines = files.readLines(
        workspace.path(name),
        { first: 1, last: 9, lineLength: 9, characters: 99 },
        signal,
      );
      assert.equal(await reasonOf(lines), 'notAFile', name);
    }
    assert.equal(await reasonOf(files.readText(workspace.path('a.md'), 6)), 'tooLarge');
    assert.equal(await files.readText(workspace.path('a.md'), 7), 'grüße');
  });

  it('lets one at a time act on a file, and nobody wait for a process that is gone', async () => {
    const { pid: dead = 0 } = spawnSync(process.execPath, ['-e', '']);
    const workspace = createWorkspace().file('logs/a.jsonl.lock', `${dead}-1\nx\n`);
    const done: string[] = [];
    const act = (name: string) =>
      files.alone(workspace.path('logs/a.jsonl'), async () => {
        done.push(`${name} begins`);
        await delay(5);
        done.push(`${name} ends`);
      });
    await Promise.all([act('one'), act('two')]);
    // Whoever comes first.
    const [first, , second] = done.map((words) => words.split(' ')[0]);
    assert.deepEqual(done, [`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
    assert.notEqual(first, second);
    assert.deepEqual(readdirSync(`${workspace.native}/logs`), []);

    writeFileSync(`${workspace.native}/logs/a.jsonl.lock`, `${ownerToken(process.ppid)}\nx\n`);
    const waiting = act('three');
    await delay(100);
    assert.equal(done.length, 4, 'whose process lives is waited for');
    unlinkSync(`${workspace.native}/logs/a.jsonl.lock`);
    await waiting;
    assert.equal(done.length, 6);
    await assert.rejects(
      files.alone(workspace.path('logs/a.jsonl'), async () => {
        throw new TypeError('its own');
      }),
      TypeError,
    );
  });

  it('writes whole, creates parents, keeps the mode and leaves nothing else', async () => {
    const workspace = createWorkspace().file('run.sh', 'old');
    chmodSync(`${workspace.native}/run.sh`, 0o754);
    await files.writeText(workspace.path('run.sh'), 'new');
    await files.writeText(workspace.path('deep/er/b.txt'), 'b');
    assert.equal(statSync(`${workspace.native}/run.sh`).mode & 0o777, 0o754);
    assert.equal(readFileSync(`${workspace.native}/run.sh`, 'utf8'), 'new');
    assert.deepEqual(readdirSync(workspace.native), ['deep', 'run.sh']);
    assert.deepEqual(readdirSync(`${workspace.native}/deep/er`), ['b.txt']);
  });

  it('clears away what a process that was killed in a write left beside it, and nothing of one that lives', async () => {
    const { pid: dead = 0 } = spawnSync(process.execPath, ['-e', '']);
    const half = (pid: number) => `.earshot-${pid.toString(16).padStart(8, '0')}0badcafe.tmp`;
    const workspace = createWorkspace().files({
      [half(dead)]: 'ha',
      [half(process.ppid)]: 'ha',
      '.earshot-mine.tmp': 'a',
    });
    await files.writeText(workspace.path('a.md'), 'a');
    const left = readdirSync(workspace.native);
    assert.deepEqual(left, [half(process.ppid), '.earshot-mine.tmp', 'a.md'].sort());
  });

  it('replaces the file by a rename: a reader sees the old text or the new', async () => {
    const workspace = createWorkspace().file('a.md', 'old');
    linkSync(`${workspace.native}/a.md`, `${workspace.native}/witness.md`);
    await files.writeText(workspace.path('a.md'), 'new');
    assert.equal(readFileSync(`${workspace.native}/witness.md`, 'utf8'), 'old');
  });

  it('writes many times at once without a trace of temporary files', async () => {
    const workspace = createWorkspace();
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(1000));
    await Promise.all(texts.map((text) => files.writeText(workspace.path('a.md'), text)));
    assert.ok(texts.includes(readFileSync(`${workspace.native}/a.md`, 'utf8')));
    assert.deepEqual(readdirSync(workspace.native), ['a.md']);
  });

  it('writes through a link, also a dangling one, and keeps the link', async () => {
    const workspace = createWorkspace()
      .file('real/a.md', 'old')
      .link('link.md', 'real/a.md')
      .link('new.md', 'real/new.md');
    await files.writeText(workspace.path('link.md'), 'through');
    await files.writeText(workspace.path('new.md'), 'made');
    assert.equal(readFileSync(`${workspace.native}/real/a.md`, 'utf8'), 'through');
    assert.equal(readFileSync(`${workspace.native}/real/new.md`, 'utf8'), 'made');
    assert.ok(lstatSync(`${workspace.native}/link.md`).isSymbolicLink());
    assert.ok(lstatSync(`${workspace.native}/new.md`).isSymbolicLink());
  });

  it('refuses to write over a folder or below a file, and leaves no temporary file', async () => {
    const workspace = createWorkspace().folder('folder').file('file', 'x');
    assert.equal(await reasonOf(files.writeText(workspace.path('folder'), 'x')), 'notAFile');
    assert.equal(await reasonOf(files.writeText(workspace.path('file/below'), 'x')), 'notAFile');
    assert.equal(await reasonOf(files.appendLines(workspace.path('folder'), 'x')), 'notAFile');
    assert.deepEqual(readdirSync(workspace.native), ['file', 'folder']);
  });

  it('names missing permission', async function () {
    if (isRoot) this.skip();
    const workspace = createWorkspace().file('locked/a.md', 'a').file('readonly.md', 'r');
    chmodSync(`${workspace.native}/readonly.md`, 0o444);
    chmodSync(`${workspace.native}/locked`, 0o555);
    assert.equal(await reasonOf(files.writeText(workspace.path('locked/a.md'), 'b')), 'permission');
    assert.equal(await reasonOf(files.writeText(workspace.path('readonly.md'), 'b')), 'permission');
    chmodSync(`${workspace.native}/locked`, 0o755);
  });

  it('leaves nothing of what was appended only in part', async function () {
    if (process.platform !== 'linux') this.skip();
    const workspace = createWorkspace().file('log.jsonl', `${'x'.repeat(1000)}\n`);
    const code = `import { createNodeFiles } from ${JSON.stringify(resolve('src/node/nodeFiles.ts'))};
      const path = ${JSON.stringify(workspace.path('log.jsonl'))};
      createNodeFiles().appendLines(path, 'y'.repeat(100)).then(() => 'whole', (error) => error.reason).then(console.log);`;
    writeFileSync(`${workspace.native}/append.mts`, code);
    // The shell lets files grow to 1024 bytes: the first write takes a part, the next one fails.
    const command = `trap '' XFSZ; ulimit -f 1; exec "$0" --import tsx "$1"`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', command, process.execPath, `${workspace.native}/append.mts`],
      { encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
    );
    assert.equal(stdout.trim(), 'full', stderr);
    assert.equal(statSync(`${workspace.native}/log.jsonl`).size, 1001);
  });

  it('names a file system that cannot be written and one that is full', async function () {
    if (process.platform !== 'linux') this.skip();
    assert.equal(await reasonOf(files.appendLines('/dev/full', 'x')), 'full');
    // Creating files in /proc fails, whoever one is.
    assert.notEqual(await reasonOf(files.writeText('/proc/earshot', 'x')), undefined);
  });

  it('leaves the old text and no temporary file when a write fails half way', function () {
    if (process.platform === 'win32') this.skip();
    const workspace = createWorkspace().file('a.md', 'old');
    const module = JSON.stringify(join(import.meta.dirname, '../../../src/node/nodeFiles.ts'));
    const write = `writeText(${JSON.stringify(workspace.path('a.md'))}, 'x'.repeat(20e6))`;
    const code = `require(${module}).createNodeFiles().${write}.catch((error) => console.log(error.reason))`;
    // No file of this process may grow beyond about 10 MB.
    const limited = `trap '' XFSZ; ulimit -f 20000; exec "$0" --require tsx/cjs -e "$1"`;
    const { stdout, stderr } = spawnSync('sh', ['-c', limited, process.execPath, code], { encoding: 'utf8' });
    assert.equal(stdout, 'full\n', stderr);
    assert.deepEqual(readdirSync(workspace.native), ['a.md']);
    assert.equal(readFileSync(`${workspace.native}/a.md`, 'utf8'), 'old');
  });

  it('appends and creates', async () => {
    const workspace = createWorkspace();
    await files.appendLines(workspace.path('log/a.jsonl'), 'one\n');
    await files.appendLines(workspace.path('log/a.jsonl'), 'two\n');
    assert.equal(readFileSync(`${workspace.native}/log/a.jsonl`, 'utf8'), 'one\ntwo\n');
  });

  it('lists by name with kinds, links not followed', async () => {
    const workspace = createWorkspace().file('b').file('B').folder('a').link('c', 'a');
    assert.deepEqual(await files.list(workspace.root), [
      { name: 'B', kind: 'file' },
      { name: 'a', kind: 'folder' },
      { name: 'b', kind: 'file' },
      { name: 'c', kind: 'link' },
    ]);
    assert.deepEqual(await files.list(workspace.path('none')), []);
    assert.deepEqual(await files.list(workspace.path('b')), []);
  });

  it('follows links in stat; one that dangles is a link', async () => {
    const workspace = createWorkspace().file('a', 'four').link('to-a', 'a').link('lost', 'nowhere');
    assert.equal((await files.stat(workspace.path('a')))?.size, 4);
    assert.equal((await files.stat(workspace.path('to-a')))?.kind, 'file');
    assert.equal((await files.stat(workspace.path('lost')))?.kind, 'link');
    assert.equal((await files.stat(workspace.root))?.kind, 'folder');
    assert.equal(await files.stat(workspace.path('none')), undefined);
  });

  it('moves and copies a folder byte for byte, links as links, and never onto something', async () => {
    const { native: root, path } = createWorkspace();
    const bytes = Buffer.from([0, 255, 254, 13, 10, 128]);
    mkdirSync(join(root, 'spec/deep'), { recursive: true });
    writeFileSync(join(root, 'spec/deep/image.png'), bytes);
    writeFileSync(join(root, 'outside.txt'), 'stays');
    symlinkSync('../outside.txt', join(root, 'spec/link.txt'));
    await files.copy(path('spec'), path('copies/spec'));
    await files.move(path('spec'), path('group/moved'));
    for (const folder of ['copies/spec', 'group/moved']) {
      assert.deepEqual(readFileSync(join(root, folder, 'deep/image.png')), bytes);
      assert.equal(readlinkSync(join(root, folder, 'link.txt')), '../outside.txt');
      await assert.rejects(files.move(path(folder), path('outside.txt')), FileError);
      await assert.rejects(files.copy(path(folder), path('copies')), FileError);
    }
    assert.equal(await files.stat(path('spec')), undefined);
    assert.equal(await files.readText(path('outside.txt')), 'stays');
    assert.deepEqual(
      (await files.list(path('copies'))).map(({ name }) => name),
      ['spec'],
    );
  });

  it('removes files, folders and links, and is content with nothing', async () => {
    const workspace = createWorkspace().file('folder/a').file('kept/b').link('link', 'kept');
    await files.remove(workspace.path('folder'));
    await files.remove(workspace.path('link'));
    await files.remove(workspace.path('none'));
    await files.remove(workspace.path('kept/b/below'));
    assert.deepEqual(readdirSync(workspace.native), ['kept']);
    assert.ok(existsSync(`${workspace.native}/kept/b`));
  });

  describe('realPath', () => {
    it('resolves links, also on the way to what does not exist', async () => {
      const workspace = createWorkspace().folder('real').link('link', 'real');
      assert.equal(await files.realPath(workspace.path('link/new/file')), workspace.path('real/new/file'));
      assert.equal(await files.realPath(workspace.path('none/file')), workspace.path('none/file'));
    });

    it('follows a dangling link out of the folder, through other dangling links', async () => {
      const outside = createWorkspace();
      const workspace = createWorkspace().link('one', './two').link('two', outside.path('target'));
      assert.equal(await files.realPath(workspace.path('one')), outside.path('target'));
      assert.equal(await files.realPath(workspace.path('one/below')), outside.path('target/below'));
    });

    it('resolves .. in a link by the disk, not by the text', async () => {
      const outside = createWorkspace().folder('deep');
      const workspace = createWorkspace().link('door', outside.path('deep')).link('escape', 'door/../loot');
      // By the text it would be loot in the workspace.
      assert.equal(await files.realPath(workspace.path('escape')), outside.path('loot'));
      await files.writeText(workspace.path('escape'), 'x');
      assert.ok(existsSync(`${outside.native}/loot`));
    });

    it('rejects a loop', async () => {
      const workspace = createWorkspace().link('a', 'b').link('b', 'a');
      assert.equal(await reasonOf(files.realPath(workspace.path('a'))), 'notAFile');
      assert.equal(await reasonOf(files.realPath(workspace.path('a/below'))), 'notAFile');
      assert.equal(await reasonOf(files.writeText(workspace.path('a'), 'x')), 'notAFile');
    });

    it('agrees with the kernel and with the files in memory on any tangle of links', async () => {
      const name = fc.constantFrom('a', 'b', 'c');
      const part = fc.oneof({ weight: 3, arbitrary: name }, { weight: 1, arbitrary: fc.constant('..') });
      const to = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
      const at = fc.array(name, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('/'));
      const links = fc.array(fc.record({ at, to }), { maxLength: 4 });
      const property = fc.asyncProperty(links, at, async (given, asked) => {
        const workspace = createWorkspace().folder('x/y');
        const base = `${workspace.native}/x/y`;
        const memory = createMemoryFiles({ root: base, files: { keep: '' } });
        for (const link of given.filter((each) => makeLink(base, each))) {
          memory.link(`${base}/${link.at}`, link.to);
        }
        const path = `${base}/${asked}`;
        const real = await files.realPath(path).catch(() => undefined);
        assert.equal(await memory.realPath(path).catch(() => undefined), real);
        const touched = touch(path);
        if (touched !== undefined) assert.equal(real, touched);
      });
      await fc.assert(property, runs(300));
    });
  });

  describe('openSink', () => {
    it('starts anew, grows while it is written and is whole after close', async () => {
      const workspace = createWorkspace().file('a.md', 'what was there');
      const sink = await files.openSink(workspace.path('a.md'));
      const now = (): string => readFileSync(`${workspace.native}/a.md`, 'utf8');
      assert.equal(now(), '');
      await sink.append('one ');
      await sink.append('two ');
      assert.equal(now(), '');
      await delay(120);
      assert.equal(now(), 'one two ');
      await sink.append('three 🙂');
      await Promise.all([sink.close(), sink.close()]);
      assert.equal(now(), 'one two three 🙂');
      await assert.rejects(sink.append('late'), /closed/);
    });

    it('tells of a write that failed', async function () {
      if (process.platform !== 'linux') this.skip();
      const sink = await files.openSink('/dev/full');
      await sink.append('x');
      assert.equal(await reasonOf(sink.close()), 'full');
    });
  });
});

/** False where the disk does not take the link: its name is taken, or its parent is a link itself. */
function makeLink(base: string, { at, to }: { readonly at: string; readonly to: string }): boolean {
  const path = `${base}/${at}`;
  const parent = dirname(path);
  const found = lstatSync(parent, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() || lstatSync(path, { throwIfNoEntry: false })) return false;
  if (!found) mkdirSync(parent);
  symlinkSync(to, path);
  return true;
}

/** Where the kernel makes the file, if it does. */
function touch(path: string): string | undefined {
  try {
    writeFileSync(path, '');
    // Node’s own realpath resolves `..` of a link by its text; the kernel does not.
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
