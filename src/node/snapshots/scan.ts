/** Finds what is not as the index has it: git looks, in two processes side by side, and nothing of the repository runs. */
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { AbortSignal } from '../../core/util/abort';
import { asInput, rawNames, toText } from './git';
import type { Store } from './store';

export interface Scan {
  /** Raw names of what is new, changed or deleted. */
  readonly changed: readonly string[];
  /** What can be kept no more: too large now, or something else than a file or a link. An older version must not pass for it. */
  readonly gone: readonly string[];
  readonly tooLarge: readonly string[];
  /** Of all that is there of `changed`. */
  readonly bytes: number;
  /** There are repositories in it that the index knows nothing of. */
  readonly hasRepositories: boolean;
}

/** Where two processes have all the cores, threads only cost. */
const ONE_BY_ONE = availableParallelism() > 2 ? [] : ['-c', 'core.preloadIndex=false'];

export async function scan(
  store: Store,
  /** Raw names that are to be kept though they are ignored. */
  watched: readonly string[],
  /** Bytes. */
  most: number,
  signal: AbortSignal | undefined,
): Promise<Scan> {
  const [differing, others, unknown] = await Promise.all([
    store.run([...ONE_BY_ONE, 'diff-files', '-z', '--name-only', '--ignore-submodules=all'], { signal }),
    store.run(['ls-files', '-z', '--others', '--exclude-standard'], { signal }),
    unknownOf(store, watched, signal),
  ]);
  const found = new Set([...rawNames(differing), ...unknown]);
  let hasRepositories = false;
  for (const name of rawNames(others)) {
    if (!name.endsWith('/')) found.add(name);
    else {
      hasRepositories = true;
      for (const file of await filesOfRepository(store, name, signal)) found.add(file);
    }
  }
  return { ...(await bySize(store.workTree, found, most, signal)), hasRepositories };
}

/**
 * A repository in the workspace that nobody has looked into: git passes it by, or fails where it has no commit. Once some
 * of its files are in our index, git sees a plain folder.
 */
async function filesOfRepository(
  store: Store,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const workTree = join(store.workTree, toText(folder));
  const options = { workTree, index: join(store.folder, 'index.none'), signal };
  const output = await store.run(['ls-files', '-z', '--others', '--exclude-standard'], options);
  const files: string[] = [];
  for (const name of rawNames(output)) {
    if (name.endsWith('/')) files.push(...(await filesOfRepository(store, folder + name, signal)));
    else files.push(folder + name);
  }
  return files;
}

/** Files that are looked at side by side. */
const ABREAST = 64;

async function bySize(
  workTree: string,
  names: ReadonlySet<string>,
  most: number,
  signal: AbortSignal | undefined,
): Promise<Omit<Scan, 'hasRepositories'>> {
  const changed: string[] = [];
  const gone: string[] = [];
  const tooLarge: string[] = [];
  let bytes = 0;
  const folders: Folders = new Map();
  const all = [...names];
  for (let i = 0; i < all.length; i += ABREAST) {
    signal?.throwIfAborted();
    const part = all.slice(i, i + ABREAST);
    const found = await Promise.all(part.map((name) => look(workTree, name, folders)));
    part.forEach((name, at) => {
      const stats = found[at];
      if (stats === 'elsewhere') {
        gone.push(name);
        return;
      }
      const isLarge = stats?.isFile() && stats.size > most;
      if (isLarge) tooLarge.push(name);
      if (isLarge || (stats && !stats.isFile() && !stats.isSymbolicLink())) gone.push(name);
      else {
        changed.push(name);
        bytes += stats?.size ?? 0;
      }
    });
  }
  return { changed, gone, tooLarge, bytes };
}

/** Whether a folder is one, and not a link to another place. */
type Folders = Map<string, Promise<boolean>>;

/** What lies there; `elsewhere`: on the way to it is a link. */
async function look(
  workTree: string,
  name: string,
  folders: Folders,
): Promise<Stats | 'elsewhere' | undefined> {
  if (!(await isReal(workTree, parentOf(name), folders))) return 'elsewhere';
  return lstat(placeOf(workTree, name)).catch(() => undefined);
}

function isReal(workTree: string, folder: string, folders: Folders): Promise<boolean> {
  if (folder === '') return Promise.resolve(true);
  const known = folders.get(folder);
  if (known) return known;
  const asked = isReal(workTree, parentOf(folder), folders).then(async (isParentReal) => {
    if (!isParentReal) return false;
    const stats = await lstat(placeOf(workTree, folder)).catch(() => undefined);
    return stats?.isSymbolicLink() !== true;
  });
  folders.set(folder, asked);
  return asked;
}

/** Of a raw name; empty at the top. */
export function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** Names on one command line. */
const AT_ONCE = 100;

/** Those that are there and not in the index yet. git does not look into a repository of its own for them. */
async function unknownOf(
  store: Store,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const found: string[] = [];
  for (let i = 0; i < names.length; i += AT_ONCE) {
    const part = names.slice(i, i + AT_ONCE);
    const args = ['--literal-pathspecs', 'ls-files', '-z', '--cached', '--', ...part.map(toText)];
    const known = new Set(rawNames(await store.run(args, { signal })));
    for (const name of part) if (!known.has(name) && (await isThere(store, name))) found.push(name);
  }
  return found;
}

function isThere({ workTree }: Store, name: string): Promise<boolean> {
  return lstat(placeOf(workTree, name)).then(
    () => true,
    () => false,
  );
}

/** The place of a raw name, which need not be UTF-8. */
export function placeOf(workTree: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${workTree}/`), Buffer.from(name, 'latin1')]);
}

/** Raw names that git would pass by. */
export async function ignoredOf(
  store: Store,
  names: readonly string[],
  signal: AbortSignal | undefined,
  workTree = store.workTree,
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  // A colon at the beginning would be a sign of its own.
  const input = asInput(names.map((name) => (name.startsWith(':') ? `./${name}` : name)));
  const args = ['check-ignore', '-z', '--stdin', '--no-index'];
  // It ends with 1 where none is.
  const output = await store.run(args, { input, signal, workTree }).catch((error: unknown) => {
    signal?.throwIfAborted();
    if (error instanceof Error && 'code' in error && error.code === 1) return Buffer.alloc(0);
    throw error;
  });
  return new Set(rawNames(output).map((name) => name.replace(/^\.\/:/, ':')));
}
