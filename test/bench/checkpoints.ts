/**
 * A checkpoint of 20,000 and 50,000 files of 4 kB, the first and after five files changed, beside plain git ways to the same:
 * a repository of its own (`add -A`, commit), a temporary index read from HEAD each time, and `stash create`, which leaves
 * untracked files out; and once more with ignored files looked for, as after commands. `npm run bench -- checkpoints` runs
 * it alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromNativePath } from '../../src/node/nativePath';
import { createNodeSnapshots } from '../../src/node/snapshots/nodeSnapshots';
import { storeAt } from '../../src/node/snapshots/store';
import { tidy } from '../../src/node/snapshots/tidy';
import type { BenchRow } from './row';

const ROUNDS = 15;
const LIMITS = { file: 1e8, store: 1e10, deadline: 600_000, keep: 100, age: 1e12 };
const PERSON = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Text that packs like code: words in an order that each file has for itself. */
function textOf(seed: number): string {
  const words: string[] = [];
  let state = seed * 2_654_435_761 + 1;
  for (let length = 0; length < 4000; length += 8) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words.push((state % 4096).toString(36).padStart(7, 'word'), state % 9 === 0 ? '\n' : ' ');
  }
  return words.join('');
}

function git(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync('git', ['-C', folder, '-c', 'gc.auto=0', ...args], {
    encoding: 'utf8',
    env: { ...PERSON, ...env },
    maxBuffer: 1e9,
  });
}

function create(files: number): string {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-bench-')));
  const folder = join(base, 'work');
  for (let i = 0; i < files; i += 50) {
    const part = join(folder, `d${Math.floor(i / 2500)}`, `e${(i / 50) % 50}`);
    mkdirSync(part, { recursive: true });
    for (let k = i; k < i + 50; k++) writeFileSync(join(part, `f${k}.txt`), textOf(k));
  }
  git(folder, ['init', '-q']);
  git(folder, ['add', '-A']);
  git(folder, ['commit', '-q', '-m', 'first']);
  git(folder, ['gc', '-q']);
  return base;
}

/** Each way: `first` makes it, `next` is a checkpoint after something changed. */
interface Way {
  readonly name: string;
  first(): Promise<void> | void;
  next(): Promise<void> | void;
  /** Where it keeps what it keeps. */
  readonly place: string;
}

function waysIn(base: string): readonly [own: Way, ...others: Way[]] {
  const folder = join(base, 'work');
  const root = fromNativePath(folder);
  const snapshots = createNodeSnapshots(join(base, 'stores'), { idle: 0 });
  const take = async (ignored: boolean) => {
    await snapshots.take(root, { touched: [], ignored, keep: true, limits: LIMITS });
  };
  const shadow = { GIT_DIR: join(base, 'shadow'), GIT_WORK_TREE: folder };
  const commit = () => {
    git(folder, ['add', '-A'], shadow);
    git(folder, ['commit', '-q', '--allow-empty', '-m', 'checkpoint'], shadow);
  };
  const objects = join(folder, '.git/objects');
  const fresh = () => {
    const index = { GIT_INDEX_FILE: join(base, 'index') };
    rmSync(index.GIT_INDEX_FILE, { force: true });
    git(folder, ['read-tree', 'HEAD'], index);
    git(folder, ['add', '-A'], index);
    git(folder, ['commit-tree', '-m', 'checkpoint', git(folder, ['write-tree'], index).trim()]);
  };
  const stash = () => void git(folder, ['stash', 'create']);
  return [
    { name: 'own', first: () => take(true), next: () => take(false), place: join(base, 'stores') },
    {
      name: 'a repository of its own, `add -A` and commit',
      first() {
        git(folder, ['init', '-q', '--bare', shadow.GIT_DIR]);
        commit();
      },
      next: commit,
      place: shadow.GIT_DIR,
    },
    { name: 'a fresh temporary index', first: fresh, next: fresh, place: objects },
    { name: '`stash create`', first: stash, next: stash, place: objects },
    { name: 'itself with ignored files', first() {}, next: () => take(true), place: join(base, 'stores') },
  ];
}

async function timed(act: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** Bytes that it takes on the disk, in blocks. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).blocks * 512, 0);
}

async function rowsFor(files: number): Promise<readonly BenchRow[]> {
  const base = create(files);
  try {
    const ways = waysIn(base);
    const first: number[] = [];
    for (const way of ways) first.push(await timed(() => way.first()));
    const next: number[][] = ways.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < 5; i++)
        writeFileSync(join(base, 'work/d0', `e${i}`, `f${i * 50}.txt`), textOf(files + round * 10 + i));
      for (const [index, way] of ways.entries()) next[index]?.push(await timed(() => way.next()));
    }
    const [own, shadow] = ways;
    const [name = ''] = readdirSync(own.place);
    const loose = sizeOf(own.place);
    await tidy(storeAt(join(own.place, name), join(base, 'work'), undefined), LIMITS, Date.now(), undefined);
    const disk = { own: sizeOf(own.place), shadow: sizeOf(shadow?.place ?? '') };
    const what = `checkpoint of ${files.toLocaleString('en')} files`;
    const times = next.map(median);
    return [
      row(`${what}, the first`, first[0], 'ms', ways[1]?.name, first[1]),
      ...ways
        .slice(1)
        .map((way, index) => row(`${what}, five changed`, times[0], 'ms', way.name, times[index + 1])),
      row(`${what}, on the disk before it is tidied`, loose / 1000, 'kB', ways[1]?.name, disk.shadow / 1000),
      row(
        `${what}, on the disk after, borrowing nothing`,
        disk.own / 1000,
        'kB',
        ways[1]?.name,
        disk.shadow / 1000,
      ),
    ];
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function row(name: string, value = Number.NaN, unit = 'ms', peer = '', beside = Number.NaN): BenchRow {
  return { name, value, unit, peer: `${peer} (${Math.round(beside)} ${unit})`, ratio: value / beside };
}

export async function checkpointRows(): Promise<readonly BenchRow[]> {
  const sizes = (process.env.EARSHOT_BENCH_FILES ?? '20000,50000').split(',').map(Number);
  const rows: BenchRow[] = [];
  for (const files of sizes) rows.push(...(await rowsFor(files)));
  return rows;
}
