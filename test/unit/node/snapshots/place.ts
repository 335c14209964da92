/** A workspace on the disk with its own store, and git as a person uses it. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { SnapshotLimits } from '../../../../src/core/ports';
import { fromNativePath } from '../../../../src/node/nativePath';
import { createNodeSnapshots } from '../../../../src/node/snapshots/nodeSnapshots';

const run = promisify(execFile);

export const LIMITS: SnapshotLimits = {
  file: 1_000_000,
  store: 1_000_000_000,
  deadline: 60_000,
  keep: 100,
  age: 30 * 24 * 60 * 60_000,
};

/** Nothing of this machine's configuration has a say, and every commit is the same. */
export const PERSON: NodeJS.ProcessEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

export async function personGit(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', folder, ...args], { env: PERSON });
  return stdout;
}

export function createPlace() {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-snapshots-')));
  const folder = join(base, 'workspace');
  const stores = join(base, 'stores');
  mkdirSync(folder);
  const root = fromNativePath(folder);
  let time = 1;
  const snapshots = createNodeSnapshots(stores, { now: () => Date.now() + time++, idle: 0 });
  const take = (touched: readonly string[] = [], limits: Partial<SnapshotLimits> = {}) =>
    snapshots.take(root, {
      touched,
      ignored: touched.length === 0,
      keep: true,
      limits: { ...LIMITS, ...limits },
    });
  return {
    base,
    folder,
    root,
    stores,
    snapshots,
    take,
    git: (...args: readonly string[]) => personGit(folder, ...args),
    async write(path: string, content: string | Buffer, mode?: number) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content, mode === undefined ? {} : { mode });
    },
    async link(path: string, target: string) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await symlink(target, join(folder, path));
    },
    /** Back to `id`, all that differs. */
    async restore(id: string) {
      const first = await take();
      const paths = (await snapshots.diff(root, first.id, id)).map(({ path }) => path);
      const now = await take(paths);
      await snapshots.restore(root, { now: now.id, id, paths });
      return now;
    },
  };
}

export type Place = ReturnType<typeof createPlace>;
