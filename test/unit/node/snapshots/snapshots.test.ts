// Verifies: run-engine#4.2, #4.3, #4.7
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeFolder, isGit } from './describeFolder';
import { createPlace, type Place } from './place';

/** A repository with a bit of everything, committed. */
async function repository(): Promise<Place> {
  const place = createPlace();
  await place.git('init', '-q', '-b', 'main');
  await place.write('src/a.txt', 'a1\n');
  await place.write('src/run.sh', '#!/bin/sh\n', 0o755);
  await place.write('windows.txt', 'one\r\ntwo\r\n');
  await place.write('.gitignore', '*.log\nbuild/\n');
  await place.link('link', 'src/a.txt');
  await place.git('add', '-A');
  await place.git('commit', '-q', '-m', 'first');
  return place;
}

describe('snapshots of a workspace', () => {
  for (const [kind, make] of [
    ['a repository', repository],
    [
      'a folder without git',
      async () => {
        const place = await repository();
        await rm(join(place.folder, '.git'), { recursive: true });
        return place;
      },
    ],
  ] as const) {
    it(`of ${kind} give back what was changed, deleted, added, linked and made a program`, async () => {
      const place = await make();
      const before = describeFolder(place.folder);
      const first = await place.take();
      assert.deepEqual(first.left, []);
      await place.write('src/a.txt', 'a2\n');
      await unlink(join(place.folder, 'windows.txt'));
      await chmod(join(place.folder, 'src/run.sh'), 0o644);
      await unlink(join(place.folder, 'link'));
      await symlink('/etc/hosts', join(place.folder, 'link'));
      await place.write('new/deep/file.txt', 'new');
      const after = describeFolder(place.folder, isGit);
      const changes = await place.snapshots.diff(place.root, first.id, (await place.take()).id);
      assert.deepEqual(
        changes.map(({ path, change }) => `${change} ${path}`),
        [
          'changed link',
          'added new/deep/file.txt',
          'changed src/a.txt',
          'mode src/run.sh',
          'deleted windows.txt',
        ],
      );
      const now = await place.restore(first.id);
      assert.deepEqual(describeFolder(place.folder), before, 'with .git');
      await place.restore(now.id);
      assert.deepEqual(describeFolder(place.folder, isGit), after);
    });
  }

  it('are the same for the same files, and say where the repository stands', async () => {
    const place = await repository();
    const one = await place.take();
    const commit = (await place.git('rev-parse', 'HEAD')).trim();
    assert.equal(one.head, `${commit} main`);
    await place.write('src/a.txt', 'a2\n');
    assert.notEqual((await place.take()).id, one.id);
    await place.write('src/a.txt', 'a1\n');
    assert.equal((await place.take()).id, one.id);
    await place.git('checkout', '-q', '--detach');
    assert.equal((await place.take()).head, commit);
    await writeFile(join(place.folder, '.git/MERGE_HEAD'), commit);
    assert.equal((await place.take()).underway, 'a merge');
  });

  for (const version of ['2', '4'])
    it(`are named as git itself would name them, with an index of version ${version}`, async () => {
      const place = createPlace();
      await place.git('init', '-q');
      await place.git('config', 'index.version', version);
      for (const path of ['a', 'b/c', 'b/d', 'b.txt', 'b0', 'e/f/g/h', 'e/f/i', 'k'])
        await place.write(path, path);
      await place.git('add', '-A');
      await place.git('commit', '-q', '-m', 'first');
      await place.take();
      const same = async () => {
        const { id } = await place.take();
        await place.git('add', '-A');
        assert.equal(id, (await place.git('write-tree')).trim());
      };
      await place.write('b/d', 'changed');
      await place.write('e/f/i.new/x', 'new', 0o755);
      await unlink(join(place.folder, 'e/f/i'));
      await same();
      // Where a file was is a folder, and the other way round.
      await unlink(join(place.folder, 'a'));
      await place.write('a/b', 'in it');
      await rm(join(place.folder, 'b'), { recursive: true });
      await place.link('b', 'k');
      await same();
      await rm(join(place.folder, 'e'), { recursive: true });
      await same();
      for (const name of ['a', 'b', 'b.txt', 'b0', 'k'])
        await rm(join(place.folder, name), { recursive: true });
      await same();
    });

  it('keep file by file what a file is, though a person’s git has filters', async () => {
    const place = createPlace();
    await place.git('init', '-q');
    await place.git('config', 'core.autocrlf', 'true');
    await place.git('config', 'filter.turn.clean', "tr 'a-z' 'n-za-m'");
    await place.git('config', 'filter.turn.smudge', "tr 'a-z' 'n-za-m'");
    await place.write('.gitattributes', '*.secret filter=turn\n*.id ident\n');
    await place.write('crlf.txt', 'one\r\ntwo\r\n');
    await place.write('lf.txt', 'one\ntwo\n');
    await place.write('x.secret', 'hello\n');
    await place.write('x.id', '$Id$\n');
    await place.git('add', '-A');
    await place.git('commit', '-q', '-m', 'filtered');
    const before = describeFolder(place.folder, isGit);
    const first = await place.take();
    assert.equal(await place.snapshots.read(place.root, first.id, 'x.secret'), 'hello\n');
    for (const path of ['crlf.txt', 'lf.txt', 'x.secret', 'x.id']) await unlink(join(place.folder, path));
    await place.restore(first.id);
    assert.deepEqual(describeFolder(place.folder, isGit), before);
  });

  it('hold nested repositories, with and without commits, and submodules, as files', async () => {
    const place = await repository();
    for (const name of ['with', 'without']) {
      await mkdir(join(place.folder, name));
      await place.git('init', '-q', name);
      await place.write(`${name}/in.txt`, 'in');
      await place.write(`${name}/.gitignore`, 'tmp\n');
      await place.write(`${name}/tmp`, 'ignored');
    }
    await place.write('without/deeper/more.txt', 'more');
    await place.git('init', '-q', 'without/deeper');
    await place.git('-C', 'with', 'add', '-A');
    await place.git('-C', 'with', 'commit', '-q', '-m', 'nested');
    await place.git('-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', './with', 'sub');
    await place.git('commit', '-q', '-am', 'submodule');
    const before = describeFolder(place.folder);
    const first = await place.take();
    for (const path of ['with/in.txt', 'without/in.txt', 'sub/in.txt', 'without/deeper/more.txt'])
      await place.write(path, 'changed');
    await place.write('sub/new.txt', 'new');
    const changes = await place.snapshots.diff(place.root, first.id, (await place.take()).id);
    assert.deepEqual(
      changes.map(({ path }) => path),
      ['sub/in.txt', 'sub/new.txt', 'with/in.txt', 'without/deeper/more.txt', 'without/in.txt'],
    );
    await place.restore(first.id);
    assert.deepEqual(describeFolder(place.folder), before);
  });

  it('are taken and restored in the middle of a rebase, with a lock left behind, which go on as they were', async () => {
    const place = await repository();
    await place.git('checkout', '-q', '-b', 'other');
    await place.write('src/a.txt', 'theirs\n');
    await place.git('commit', '-q', '-am', 'theirs');
    await place.git('checkout', '-q', 'main');
    await place.write('src/a.txt', 'ours\n');
    await place.git('commit', '-q', '-am', 'ours');
    await assert.rejects(place.git('rebase', '-q', 'other'), /CONFLICT|could not apply/);
    await place.write('.git/index.lock', '');
    const before = describeFolder(place.folder);
    const first = await place.take();
    assert.equal(first.underway, 'a rebase');
    assert.match(String(await place.snapshots.read(place.root, first.id, 'src/a.txt')), /<<<<<<< /);
    await place.write('src/a.txt', 'resolved\n');
    await unlink(join(place.folder, 'windows.txt'));
    const now = await place.restore(first.id);
    assert.deepEqual(describeFolder(place.folder), before, 'with .git');
    await place.restore(now.id);
    await unlink(join(place.folder, '.git/index.lock'));
    await place.write('windows.txt', 'one\r\ntwo\r\n');
    await place.git('add', 'src/a.txt');
    await place.git('-c', 'core.editor=true', 'rebase', '--continue');
    assert.equal(await place.git('show', 'main:src/a.txt'), 'resolved\n');
  });

  it('give back a part of a file to the byte, with its mode, in a nested repository, too', async () => {
    const place = await repository();
    await place.git('config', 'core.autocrlf', 'true');
    await place.git('init', '-q', 'nested');
    const text = '\uFEFFone\r\ntwo\nünï\r\n';
    await place.write('nested/run.sh', 'as it was');
    const first = await place.take();
    await place.write('nested/run.sh', 'as it is');
    await place.write('other.txt', 'stays');
    await chmod(join(place.folder, 'nested/run.sh'), 0o755);
    const now = await place.take();
    const wanted = { now: now.id, id: first.id, paths: ['nested/run.sh'], texts: { 'nested/run.sh': text } };
    await place.snapshots.restore(place.root, wanted);
    assert.deepEqual(await readFile(join(place.folder, 'nested/run.sh')), Buffer.from(text));
    assert.equal((await stat(join(place.folder, 'nested/run.sh'))).mode & 0o111, 0o111);
    assert.equal(await readFile(join(place.folder, 'other.txt'), 'utf8'), 'stays');
  });

  it('hold ignored files from when a tool touched them', async () => {
    const place = await repository();
    await place.write('build/out.js', 'o1');
    await place.write('debug.log', 'd1');
    const first = await place.take(['build/out.js', 'not/there.log']);
    assert.equal(await place.snapshots.read(place.root, first.id, 'build/out.js'), 'o1');
    assert.equal(await place.snapshots.read(place.root, first.id, 'debug.log'), undefined);
    await place.write('build/out.js', 'o2');
    await place.write('not/there.log', 'n1');
    const second = await place.take();
    assert.deepEqual(await place.snapshots.diff(place.root, first.id, second.id), [
      { path: 'build/out.js', change: 'changed' },
      { path: 'not/there.log', change: 'added' },
    ]);
    await place.restore(first.id);
    assert.equal(await readFile(join(place.folder, 'build/out.js'), 'utf8'), 'o1');
    assert.equal(await readFile(join(place.folder, 'debug.log'), 'utf8'), 'd1');
    const ignored = await place.snapshots.ignoredIn(place.root, first.id, ['x.log', 'x.txt', 'build/y']);
    assert.deepEqual([...ignored].sort(), ['build/y', 'x.log']);
  });

  it('hold small ignored files, which a command may change, and nothing of what tools make', async () => {
    const place = await repository();
    await place.write('.gitignore', '.env\n*.local.json\nbuild/\n*.o\n*.db\n');
    await place.write('.env', 'TOKEN=1\n', 0o600);
    await place.write('src/settings.local.json', '{}\n');
    await place.write('build/out.txt', 'made');
    await place.write('app.db', Buffer.from('\0\x01\x02'));
    for (let n = 0; n < 21; n++) await place.write(`obj/${n}.o`, 'made');
    await place.write('obj/kept.c', 'kept');
    const before = describeFolder(place.folder);
    const first = await place.take();
    await place.write('.env', 'TOKEN=2\n');
    await unlink(join(place.folder, 'src/settings.local.json'));
    await place.write('.env.local', 'new');
    const changes = await place.snapshots.diff(place.root, first.id, (await place.take()).id);
    assert.deepEqual(
      changes.map(({ path, change }) => `${change} ${path}`),
      ['changed .env', 'added .env.local', 'deleted src/settings.local.json'],
    );
    const held = async (path: string) => place.snapshots.read(place.root, (await place.take()).id, path);
    for (const path of ['build/out.txt', 'app.db', 'obj/1.o'])
      assert.equal(await held(path), undefined, path);
    await place.write('.env', 'x'.repeat(200_000));
    assert.equal(await held('.env'), undefined, 'it is no small one any more');
    await place.write('.env', 'TOKEN=3\n');
    await unlink(join(place.folder, '.env.local'));
    await place.restore(first.id);
    assert.deepEqual(describeFolder(place.folder), before);
    assert.equal((await stat(join(place.folder, '.env'))).mode & 0o777, 0o600, 'nobody else may read it');
  });
});
