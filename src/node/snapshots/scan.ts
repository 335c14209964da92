/** Finds what is not as the index has it: git looks, in two processes side by side, and nothing of the repository runs. */
import { lstatSync, type Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AbortSignal } from '../../core/util/abort';
import { asInput, rawNames, toText } from './git';
import { parentOf, placeOf } from './names';
import { findSmall, SMALL } from './smallIgnored';
import type { Store } from './store';

export interface Scan {
  /** Raw names of what is new, changed or deleted. */
  readonly changed: readonly string[];
  /** What can be kept no more: too large now, or something else than a file or a link. An older version must not pass for it. */
  readonly gone: readonly string[];
  readonly tooLarge: readonly string[];
  /** Of all that is there of `changed`. */
  readonly bytes: number;
  /** Small ignored files of which the index knows nothing. */
  readonly small: readonly string[];
  /** There is what git would not find again if the index did not follow. */
  readonly isHidden: boolean;
}

export interface Wanted {
  /** Raw names that are to be kept though they are ignored. */
  readonly watched: readonly string[];
  /** Raw names of ignored files that are kept as long as they are small. */
  readonly small: ReadonlySet<string>;
  /** Shall more of these be looked for? */
  readonly ignored: boolean;
  /** Bytes of a file. */
  readonly most: number;
}

export async function scan(
  store: Store,
  { watched, small, ignored, most }: Wanted,
  signal: AbortSignal | undefined,
): Promise<Scan> {
  const [differing, others, unknown, more] = await Promise.all([
    store.run(['diff-files', '-z', '--name-only', '--ignore-submodules=all'], { signal }),
    store.run(['ls-files', '-z', '--others', '--exclude-standard'], { signal }),
    unknownOf(store, watched, signal),
    ignored ? findSmall(store, { signal }) : [],
  ]);
  const found = new Set([...rawNames(differing), ...unknown]);
  const ignoredNames = [...more];
  let isHidden = false;
  for (const name of rawNames(others)) {
    if (!name.endsWith('/')) found.add(name);
    else {
      isHidden = true;
      const inIt = await filesOfRepository(store, name, ignored, signal);
      for (const file of inIt.files) found.add(file);
      ignoredNames.push(...inIt.small);
    }
  }
  for (const name of ignoredNames) found.add(name);
  const bounded = new Set(watched);
  const mostOf = (name: string) => (small.has(name) && !bounded.has(name) ? Math.min(SMALL, most) : most);
  return {
    ...(await bySize(store.workTree, found, { most, mostOf }, signal)),
    small: ignoredNames,
    isHidden: isHidden || ignoredNames.length > 0,
  };
}

/**
 * A repository in the workspace that nobody has looked into: git passes it by, or fails where it has no commit. Once some
 * of its files are in our index, git sees a plain folder.
 */
async function filesOfRepository(
  store: Store,
  folder: string,
  ignored: boolean,
  signal: AbortSignal | undefined,
): Promise<{ readonly files: readonly string[]; readonly small: readonly string[] }> {
  const workTree = join(store.workTree, toText(folder));
  const options = { workTree, index: join(store.folder, 'index.none'), signal };
  const output = await store.run(['ls-files', '-z', '--others', '--exclude-standard'], options);
  const files: string[] = [];
  const small = ignored ? (await findSmall(store, options)).map((name) => folder + name) : [];
  for (const name of rawNames(output)) {
    if (!name.endsWith('/')) files.push(folder + name);
    else {
      const inIt = await filesOfRepository(store, folder + name, ignored, signal);
      files.push(...inIt.files);
      small.push(...inIt.small);
    }
  }
  return { files, small };
}

/** Milliseconds that files are looked at in one go, while everything else waits. */
const SLICE = 8;

/**
 * Looked at one after the other: git has just listed the folders, so that it takes microseconds, and for a hundred thousand
 * files a quarter of the time that asking side by side takes.
 */
async function bySize(
  workTree: string,
  names: ReadonlySet<string>,
  { most, mostOf }: { readonly most: number; mostOf(name: string): number },
  signal: AbortSignal | undefined,
): Promise<Omit<Scan, 'small' | 'isHidden'>> {
  const changed: string[] = [];
  const gone: string[] = [];
  const tooLarge: string[] = [];
  let bytes = 0;
  const folders: Folders = new Map();
  let since = performance.now();
  for (const name of names) {
    if (performance.now() - since > SLICE) {
      await setImmediate();
      signal?.throwIfAborted();
      since = performance.now();
    }
    if (!isReal(workTree, parentOf(name), folders)) {
      gone.push(name);
      continue;
    }
    const stats = look(placeOf(workTree, name));
    if (isLarger(stats, most)) tooLarge.push(name);
    if (isLarger(stats, mostOf(name)) || isOther(stats)) gone.push(name);
    else {
      changed.push(name);
      bytes += stats?.size ?? 0;
    }
  }
  return { changed, gone, tooLarge, bytes };
}

function isLarger(stats: Stats | undefined, most: number): boolean {
  return stats?.isFile() === true && stats.size > most;
}

/** Neither a file nor a link. */
function isOther(stats: Stats | undefined): boolean {
  return stats !== undefined && !stats.isFile() && !stats.isSymbolicLink();
}

/** Whether a folder is one, and not a link to another place. */
type Folders = Map<string, boolean>;

function isReal(workTree: string, folder: string, folders: Folders): boolean {
  if (folder === '') return true;
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const real =
    isReal(workTree, parentOf(folder), folders) && look(placeOf(workTree, folder))?.isSymbolicLink() !== true;
  folders.set(folder, real);
  return real;
}

function look(place: string | Buffer): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
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
