import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  rmdir,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActError } from '../../../../src/core/actError';
import { DEFAULT_CHECKPOINTS, limitsOf } from '../../../../src/core/checkpoints/settings';
import type { Snapshot } from '../../../../src/core/ports';
import { GitFailure } from '../../../../src/node/snapshots/git';
import { guardRoot } from '../../../../src/node/snapshots/guardRoot';
import { storeAt } from '../../../../src/node/snapshots/store';
import { withStoreLock } from '../../../../src/node/snapshots/storeLock';
import { tidy } from '../../../../src/node/snapshots/tidy';
import { toActError } from '../../../../src/node/snapshots/toActError';
import { inLongRun } from '../../../support/soak';
import { describeFolder, isGit } from './describeFolder';
import { createPlace, LIMITS, PERSON, type Place } from './place';

async function storeOf({ stores }: Place): Promise<string> {
  const [name] = await readdir(stores);
  assert.ok(name);
  return join(stores, name);
}

/** A process that is gone. */
function deadToken(): string {
  return execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
}

/** While it acts, git is a script that does something first. */
async function withGit(base: string, first: string, act: () => Promise<void>): Promise<void> {
  const { PATH: path = '' } = process.env;
  const bin = join(base, 'bin');
  await mkdir(bin);
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  await writeFile(join(bin, 'git'), `#!/bin/sh\n${first}\nexec '${git}' "$@"\n`, { mode: 0o755 });
  process.env.PATH = `${bin}:${path}`;
  try {
    await act();
  } finally {
    process.env.PATH = path;
  }
}

/** git finds that no file may be larger than 16 KB at the most, as a disk finds that it is full: while it writes. */
const LIMITED = "trap '' XFSZ\nulimit -f 16";
const SLOW_TO_LOOK_UP = 'case "$*" in *cat-file*) sleep 300;; esac';

function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('snapshots have bounds', () => {
  it('none of a home folder, a disk, or what holds Earshot itself', async () => {
    const base = await mkdtemp(join(tmpdir(), 'earshot-guard-'));
    await mkdir(join(base, 'ada/code'), { recursive: true });
    await symlink(join(base, 'ada'), join(base, 'link'));
    const home = join(base, 'ada');
    const refused = (root: string, store = join(base, 'store')) =>
      assert.rejects(guardRoot(root, store, home), { reason: 'refused' }, root);
    await refused(home);
    await refused(join(base, 'link'));
    await refused(base);
    await refused('/');
    await refused(join(home, 'code'), join(home, 'code/.earshot/checkpoints'));
    assert.ok((await guardRoot(join(home, 'code'), join(base, 'store'), home)).endsWith('code'));
    await assert.rejects(guardRoot(homedir(), base));
  });

  it('a large file is left out and named, and an older version does not pass for it', async () => {
    const place = createPlace();
    await place.write('video.mp4', Buffer.alloc(2000));
    await place.write('a.txt', 'a');
    const first = await place.take([], { file: 1000 });
    assert.deepEqual(first.left, [{ path: 'video.mp4', why: 'larger than 0 MB' }]);
    assert.equal(await place.snapshots.read(place.root, first.id, 'video.mp4'), undefined);
    await place.write('a.txt', Buffer.alloc(1500));
    const second = await place.take([], { file: 1000 });
    assert.equal(await place.snapshots.read(place.root, second.id, 'a.txt'), undefined);
    await assert.rejects(place.take([], { store: 100 }), { reason: 'limit', message: /checkpointStoreSize/ });
  });

  it('a disk that takes no more in the middle is said, nothing that was kept is lost, and the next one goes on', async () => {
    const place = createPlace();
    await place.write('a.txt', 'a');
    const first = await place.take();
    // More than are kept without git.
    for (let n = 0; n < 70; n++) await place.write(`small/${n}.bin`, randomBytes(300));
    await place.write('small/large.bin', randomBytes(100_000));
    const before = describeFolder(place.folder);
    await withGit(place.base, LIMITED, async () => {
      for (const attempt of [1, 2])
        await assert.rejects(
          place.take(),
          { reason: 'refused', message: /allows no file as large.* as they were/ },
          `attempt ${attempt}`,
        );
      assert.deepEqual(describeFolder(place.folder), before);
      assert.equal(await place.snapshots.read(place.root, first.id, 'a.txt'), 'a');
      // What needs no room still can be kept.
      await rm(join(place.folder, 'small/large.bin'));
      assert.equal((await place.snapshots.diff(place.root, first.id, (await place.take()).id)).length, 70);
    });
    await place.write('small/large.bin', randomBytes(100_000));
    const last = await place.take();
    assert.deepEqual(last.left, []);
    await place.restore(first.id);
    assert.deepEqual(Object.keys(describeFolder(place.folder)), ['a.txt']);
    await place.restore(last.id);
    assert.equal((await stat(join(place.folder, 'small/large.bin'))).size, 100_000);
  });

  it('a disk that is full is said, and when there is room again the next one goes on', async function () {
    const place = createPlace();
    await mkdir(place.stores);
    // Nobody but root may have such a small disk.
    if (!mountSmallDisk(place.stores)) return this.skip();
    try {
      await place.write('a.txt', 'a');
      const first = await place.take();
      const filler = join(place.stores, 'filler');
      await assert.rejects(writeFile(filler, Buffer.alloc(10_000_000)), { code: 'ENOSPC' });
      await place.write('few.bin', randomBytes(200_000));
      await assert.rejects(place.take(), { reason: 'refused', message: /disk is full/ }, 'without git');
      for (let n = 0; n < 70; n++) await place.write(`many/${n}.bin`, randomBytes(2000));
      for (const attempt of [1, 2])
        await assert.rejects(
          place.take(),
          { reason: 'refused', message: /disk is full/ },
          `by git, attempt ${attempt}`,
        );
      assert.equal(await place.snapshots.read(place.root, first.id, 'a.txt'), 'a');
      const left = (await readdir(place.stores, { recursive: true })).filter((name) => /lock$/.test(name));
      assert.deepEqual(left, [], 'no lock is left that the next one would wait for');
      await rm(filler);
      const before = describeFolder(place.folder);
      const last = await place.take();
      await place.restore(first.id);
      assert.deepEqual(Object.keys(describeFolder(place.folder)), ['a.txt']);
      await place.restore(last.id);
      assert.deepEqual(describeFolder(place.folder), before);
    } finally {
      execFileSync('umount', [place.stores]);
    }
  });

  it('a full disk is said as what it is', () => {
    const said = (message: string) => String(toActError('/w', new GitFailure(message, 128)));
    assert.match(said('fatal: unable to write loose object file: No space left on device'), /disk is full/);
    assert.match(said('error: unable to write file: Disk quota exceeded'), /disk is full/);
    assert.match(String(toActError('/w', Object.assign(new Error('x'), { code: 'ENOSPC' }))), /disk is full/);
  });

  it('what takes too long is given up with a word, and the next one goes on', async () => {
    const place = createPlace();
    await place.write('a.txt', 'a');
    await assert.rejects(place.take([], { deadline: 1 }), { reason: 'limit', message: /not ready after/ });
    assert.deepEqual((await place.take()).left, []);
  });

  inLongRun(
    '100,000 files are kept in the end, however often the deadline cuts it off, and given back',
    async () => {
      const place = createPlace();
      const part = (n: number) => `d${Math.floor(n / 2500)}/e${Math.floor(n / 50) % 50}`;
      for (let n = 0; n < 100_000; n += 50) {
        await mkdir(join(place.folder, part(n)), { recursive: true });
        await Promise.all(
          Array.from({ length: 50 }, (_, k) =>
            writeFile(join(place.folder, part(n), `f${n + k}`), `${n + k}\n`),
          ),
        );
      }
      const { deadline } = limitsOf(DEFAULT_CHECKPOINTS);
      let first: Snapshot | undefined;
      for (let attempt = 0; !first && attempt < 50; attempt++)
        first = await place.take([], { deadline }).catch((error: unknown) => {
          if (error instanceof ActError && error.reason === 'limit') return undefined;
          throw error;
        });
      assert.ok(first);
      assert.deepEqual(first.left, []);
      const before = describeFolder(place.folder);
      await rm(join(place.folder, 'd7'), { recursive: true });
      await place.write('d0/e0/f0', 'changed');
      await place.write('new', 'new');
      const second = await place.take();
      assert.equal((await place.snapshots.diff(place.root, first.id, second.id)).length, 2502);
      await place.restore(first.id);
      assert.deepEqual(describeFolder(place.folder), before);
    },
  );

  it('an index that takes too long to look through holds up the first attempt alone', async () => {
    const place = createPlace();
    await place.git('init', '-q');
    await place.write('a.txt', 'a');
    await place.git('add', '-A');
    await withGit(place.base, SLOW_TO_LOOK_UP, async () => {
      await assert.rejects(place.take([], { deadline: 5000 }), {
        reason: 'limit',
        message: /not ready after/,
      });
      const { id } = await place.take();
      assert.equal((await place.git('write-tree')).trim(), id);
    });
  });

  it('says where there is no git', async () => {
    const place = createPlace();
    const path = process.env.PATH;
    process.env.PATH = place.base;
    try {
      await assert.rejects(place.take(), { reason: 'refused', message: /no program “git”/ });
    } finally {
      process.env.PATH = path;
    }
  });

  it('old ones and those above the number go, and what is kept needs nobody else’s objects', async () => {
    const place = createPlace();
    await place.git('init', '-q');
    for (let i = 0; i < 30; i++) await place.write(`f${i}.txt`, `file ${i}\n`);
    await place.git('add', '-A');
    await place.git('commit', '-q', '-m', 'first');
    const before = describeFolder(place.folder, isGit);
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) {
      await place.write('f0.txt', `version ${i}\n`);
      ids.push((await place.take()).id);
    }
    const folder = await storeOf(place);
    const store = storeAt(folder, place.folder, undefined);
    assert.ok(existsSync(join(folder, 'objects/info/alternates')), 'it begins with what the repository has');
    await tidy(store, { ...LIMITS, keep: 2 }, Date.now(), undefined);
    assert.deepEqual([...(await place.snapshots.known(place.root))].sort(), ids.slice(2).sort());
    assert.ok(!existsSync(join(folder, 'objects/info/alternates')));
    // The first is where the index stands.
    await assert.rejects(place.snapshots.read(place.root, ids[1] ?? '', 'f0.txt'), { reason: 'notFound' });
    for (const name of Object.keys(before)) await unlink(join(place.folder, name));
    await place.restore(ids[2] ?? '');
    assert.equal(await readFile(join(place.folder, 'f0.txt'), 'utf8'), 'version 2\n');
    assert.equal(Object.keys(describeFolder(place.folder, isGit)).length, 30);
    await tidy(store, { ...LIMITS, store: 1 }, Date.now(), undefined);
    assert.equal((await place.snapshots.known(place.root)).size, 1, 'the newest stays, whatever its size');
    await assert.rejects(place.take([], { store: 1 }), { reason: 'refused' });
    await place.take();
  });
});

describe('a store of snapshots', () => {
  it('is worked in by one at a time, and not held up by a process that was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-lock-'));
    const steps: string[] = [];
    const work = (name: string) =>
      withStoreLock(folder, undefined, async () => {
        steps.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        steps.push(`${name} ends`);
      });
    await writeFile(join(folder, 'lock'), `${deadToken()}\n`);
    await Promise.all([work('a'), work('b'), work('c')]);
    assert.deepEqual(
      steps,
      ['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
    await writeFile(join(folder, 'lock'), `${process.pid}\n`);
    const abort = new AbortController();
    const waiting = withStoreLock(folder, abort.signal, async () => {});
    abort.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
  });

  it('is whole after a process was killed at any moment', async () => {
    const place = createPlace();
    for (let i = 0; i < 200; i++) await place.write(`d${i % 10}/f${i}.txt`, `file ${i}\n`);
    const child = join(__dirname, 'takeChild.ts');
    for (const ms of [150, 400, 700, 1000]) {
      const args = ['--import', 'tsx', child, place.root, place.stores];
      const taking = spawn(process.execPath, args, { stdio: 'ignore', env: PERSON });
      const isOver = new Promise((resolve) => taking.once('exit', resolve));
      setTimeout(() => taking.kill('SIGKILL'), ms);
      await isOver;
      await place.write('d0/f0.txt', `killed after ${ms}\n`);
    }
    const before = describeFolder(place.folder);
    const { id } = await place.take();
    await place.write('d0/f0.txt', 'other');
    await unlink(join(place.folder, 'd1/f1.txt'));
    await place.restore(id);
    assert.deepEqual(describeFolder(place.folder), before);
  });
});

describe('a hostile repository', () => {
  it('runs nothing, and no link leads a restore out of the workspace', async () => {
    const place = createPlace();
    const ran = join(place.base, 'ran');
    const run = `touch ${ran}; cat`;
    await place.git('init', '-q');
    await place.write('a.txt', 'a1\n');
    await place.write('d/b.txt', 'b1\n');
    await place.git('add', '-A');
    await place.git('commit', '-q', '-m', 'first');
    for (const [name, value] of [
      ['core.fsmonitor', run],
      ['core.hooksPath', '.hooks'],
      ['core.sshCommand', run],
      ['core.attributesFile', '.gitattributes'],
      ['filter.evil.clean', run],
      ['filter.evil.smudge', run],
      ['filter.evil.process', run],
      ['diff.evil.textconv', run],
      ['diff.evil.command', run],
    ] as const)
      await place.git('config', name, value);
    await place.write('.gitattributes', '* filter=evil diff=evil\n');
    const hooks = [
      'post-index-change',
      'post-checkout',
      'pre-commit',
      'reference-transaction',
      'pre-auto-gc',
    ];
    for (const hook of hooks)
      for (const folder of ['.hooks', '.git/hooks'])
        await place.write(`${folder}/${hook}`, `#!/bin/sh\n${run}\n`, 0o755);
    const first = await place.take();
    await place.write('a.txt', 'a2\n');
    const outside = join(place.base, 'outside');
    await mkdir(outside);
    await unlink(join(place.folder, 'd/b.txt'));
    await rmdir(join(place.folder, 'd'));
    await place.link('d', outside);
    await place.restore(first.id);
    assert.equal(await readFile(join(place.folder, 'd/b.txt'), 'utf8'), 'b1\n');
    assert.deepEqual(await readdir(outside), [], 'the link was replaced, not followed');
    assert.ok(!existsSync(ran));
  });

  it('is not followed through a link that no snapshot holds', async () => {
    const place = createPlace();
    await place.write('d/b.txt', 'b1\n');
    const first = await place.take();
    const outside = join(place.base, 'outside');
    await mkdir(outside);
    await unlink(join(place.folder, 'd/b.txt'));
    await rmdir(join(place.folder, 'd'));
    await place.write('.gitignore', '/d\n');
    await place.link('d', outside);
    const now = await place.take();
    const obstacles = await place.snapshots.obstacles(place.root, now.id, ['d/b.txt']);
    assert.match(obstacles.get('d/b.txt') ?? '', /^d is a link/);
    const wanted = { now: now.id, id: first.id, paths: ['d/b.txt'] };
    await assert.rejects(place.snapshots.restore(place.root, wanted), { reason: 'changed' });
    assert.deepEqual(await readdir(outside), []);
  });
});
