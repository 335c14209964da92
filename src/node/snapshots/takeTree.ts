/** Brings the store's index to what is on the disk now, and names that state. */
import { access, constants, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ActError } from '../../core/actError';
import type { SnapshotLimits } from '../../core/ports';
import type { AbortSignal } from '../../core/util/abort';
import { rawChanges } from './compare';
import { asInput, GitFailure, toText } from './git';
import { placeOf } from './names';
import { ignoredOf, scan } from './scan';
import { knownSmall, rememberSmall } from './smallIgnored';
import { exists, forgetLast, lastTree, rememberLast, type Store, withIndexCopy } from './store';
import { treeNear } from './treeNear';

export interface Left {
  readonly path: string;
  readonly why: string;
}

export interface Tree {
  readonly id: string;
  readonly left: readonly Left[];
}

/** So many files are added in one step, twice as many in the next; what was added before a deadline stays so. */
const FIRST_STEP = 500;
const MOST_IN_STEP = 5000;

export interface TreeWanted {
  /** Raw names that are kept from now on, also where they are ignored. */
  readonly touched: readonly string[];
  /** Look for small ignored files, too. */
  readonly ignored: boolean;
  readonly limits: Pick<SnapshotLimits, 'file' | 'store'>;
}

/** Under the lock. */
export async function takeTree(
  store: Store,
  { touched, ignored, limits }: TreeWanted,
  signal: AbortSignal | undefined,
): Promise<Tree> {
  const { file: most } = limits;
  const [watched, small] = await Promise.all([watchedNames(store, touched, signal), knownSmall(store)]);
  const scanned = await scan(store, { watched, small, ignored, most }, signal);
  // First: who is ended in between must not leave one in the index that may grow without bounds.
  if (scanned.small.length > 0) await rememberSmall(store, new Set([...small, ...scanned.small]));
  const { changed, gone, tooLarge, bytes } = scanned;
  const left: Left[] = tooLarge.map((name) => ({ path: toText(name), why: `larger than ${inMB(most)}` }));
  const before = await lastTree(store);
  if (before !== undefined && changed.length + gone.length === 0 && (await hasIndex(store)))
    return { id: before, left };
  if (bytes > limits.store)
    throw new ActError(
      'limit',
      `New files of ${inMB(bytes)} are more than what is kept at the most. Ignore large folders in .gitignore, or raise “earshot.checkpointStoreSize”.`,
    );
  const near = before === undefined ? undefined : await treeNear(store, before, scanned);
  if (near !== undefined) return { id: near, left };
  // From here on the index may be ahead of it.
  await forgetLast(store);
  const id = await withIndexCopy(store, async (index, keep) => {
    await remove(store, index, gone, signal);
    let added = 0;
    for (let step = FIRST_STEP; added < changed.length; step = Math.min(2 * step, MOST_IN_STEP)) {
      left.push(...(await update(store, index, changed.slice(added, added + step), signal)));
      added += step;
      if (added < changed.length) await keep();
    }
    const output = await store.run(['write-tree'], { index, signal });
    await keep();
    return output.toString('latin1').trim();
  });
  await rememberLast(store, id);
  return { id, left };
}

/** What a snapshot has that the index does not: the index follows. */
export async function bringIndexTo(store: Store, id: string, signal: AbortSignal | undefined): Promise<void> {
  const before = await lastTree(store);
  if (before === undefined || before === id) return;
  const changes = await rawChanges(store, before, id);
  const gone = changes.filter(({ to }) => !to).map(({ name }) => name);
  const changed = changes.filter(({ to }) => to).map(({ name }) => name);
  await forgetLast(store);
  await withIndexCopy(store, async (index, keep) => {
    await remove(store, index, gone, signal);
    await update(store, index, changed, signal);
    await keep();
  });
}

function hasIndex({ folder }: Store): Promise<boolean> {
  return exists(join(folder, 'index'));
}

async function remove(
  store: Store,
  index: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (names.length === 0) return;
  const input = asInput(names.map((name) => `0 ${'0'.repeat(40)}\t${name}`));
  await store.run(['update-index', '-z', '--index-info'], { index, input, signal });
}

/** What could not be read is left out; the rest is added all the same. */
async function update(
  store: Store,
  index: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Left[]> {
  const args = ['update-index', '--add', '--remove', '--replace', '-z', '--stdin'];
  try {
    await store.run(args, { index, input: asInput(names), signal });
    return [];
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const unreadable = await unreadableOf(store.workTree, names);
    if (unreadable.size === 0) throw error;
    const rest = names.filter((name) => !unreadable.has(name));
    await remove(store, index, [...unreadable], signal);
    const more = await update(store, index, rest, signal);
    return [...[...unreadable].map((name) => ({ path: toText(name), why: 'it cannot be read' })), ...more];
  }
}

async function unreadableOf(workTree: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const name of names) {
    const isRefused = await access(placeOf(workTree, name), constants.R_OK).then(
      () => false,
      (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EACCES',
    );
    if (isRefused) found.add(name);
  }
  return found;
}

export function inMB(bytes: number): string {
  return `${Math.round(bytes / 100_000) / 10} MB`;
}

/** Ignored files that a tool changed once: from then on each snapshot says whether they were there. */
async function watchedNames(
  store: Store,
  touched: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const file = join(store.folder, 'watched');
  const text = await readFile(file, 'latin1').catch(() => '');
  const known = new Set(text.split('\0').filter((name) => name !== ''));
  const more = touched.filter((name) => !known.has(name));
  if (more.length > 0) {
    const ignored = await ignoredOf(store, more, signal);
    if (ignored.size > 0) {
      for (const name of ignored) known.add(name);
      await writeFile(file, asInput(known));
    }
  }
  return [...known];
}
