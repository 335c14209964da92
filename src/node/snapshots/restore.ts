/** Makes files what they were in a snapshot. git does it whole or refuses before it writes anything. */
import { chmod, lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { dirname } from 'node:path/posix';
import { ActError } from '../../core/actError';
import type { AbortSignal } from '../../core/util/abort';
import { entriesOf, type RawChange, rawChanges } from './compare';
import { asInput, GitFailure, toText } from './git';
import { placeOf } from './names';
import { forgetLast, type Store, withIndexCopy } from './store';
import { bringIndexTo } from './takeTree';

export interface Wanted {
  /** The snapshot that was just taken. */
  readonly now: string;
  readonly id: string;
  readonly paths: readonly string[];
  /** By path: what it says instead. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** Under the lock. */
export async function restoreFiles(
  store: Store,
  { now, id, paths, texts = {} }: Wanted,
  signal: AbortSignal | undefined,
): Promise<void> {
  const wanted = new Set(paths);
  const whole = (await rawChanges(store, now, id)).filter(({ name }) => wanted.has(toText(name)));
  const changes = await withTexts(store, whole, texts, signal);
  if (changes.length === 0) return;
  const coming = changes.filter(({ to }) => to !== undefined).map(({ name }) => toText(name));
  for (const why of (await obstaclesTo(store, now, coming)).values())
    throw new ActError('changed', `Nothing was restored: ${why}.`);
  await bringIndexTo(store, now, signal);
  // Deleted first: where a folder comes in place of a file, both are never there.
  const lines = [...changes]
    .sort((a, b) => Number(a.to !== undefined) - Number(b.to !== undefined))
    .map(({ name, to }) => `${to?.mode ?? '0'} ${to?.id ?? '0'.repeat(40)}\t${name}`);
  const target = await withIndexCopy(store, async (index) => {
    await store.run(['update-index', '--replace', '-z', '--index-info'], {
      index,
      input: asInput(lines),
      signal,
    });
    return (await store.run(['write-tree'], { index, signal })).toString('latin1').trim();
  });
  await forgetLast(store);
  const readers = await readersOf(store.workTree, changes);
  await withIndexCopy(store, async (index, keep) => {
    try {
      // Two trees: what is not as the first has it, or is in the way and in neither, is not overwritten.
      await store.run(['read-tree', '-m', '-u', now, target], { index, signal });
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      throw new ActError('changed', whyNot(error.message), error);
    }
    await keep();
  });
  for (const [place, mode] of readers) await letRead(place, mode);
}

/** git knows of a mode whether a file may be run: who may read and write it is to stay as it is. By place. */
async function readersOf(
  workTree: string,
  changes: readonly RawChange[],
): Promise<ReadonlyMap<Buffer, number>> {
  const found = new Map<Buffer, number>();
  for (const { name, from, to } of changes) {
    if (!from || !to) continue;
    const place = placeOf(workTree, name);
    const stats = await lstat(place).catch(() => undefined);
    if (stats?.isFile()) found.set(place, stats.mode & 0o666);
  }
  return found;
}

async function letRead(place: Buffer, mode: number): Promise<void> {
  const stats = await lstat(place).catch(() => undefined);
  if (!stats?.isFile() || (stats.mode & 0o666) === mode) return;
  const run = (stats.mode & 0o100) === 0 ? 0 : (mode & 0o444) >> 2;
  await chmod(place, mode | run);
}

/** Its mode stays as it is now. */
async function withTexts(
  store: Store,
  changes: readonly RawChange[],
  texts: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<readonly RawChange[]> {
  const wanted: RawChange[] = [];
  for (const change of changes) {
    const text = texts[toText(change.name)];
    if (text === undefined || change.from === undefined) wanted.push(change);
    else {
      const written = await store.run(['hash-object', '-w', '--stdin'], { input: Buffer.from(text), signal });
      const id = written.toString('latin1').trim();
      wanted.push({ ...change, to: { mode: change.from.mode, id } });
    }
  }
  return wanted;
}

function whyNot(words: string): string {
  if (/not uptodate|would be overwritten|would lose untracked/i.test(words)) {
    const path = /Entry '(?<path>[^']+)'|path '(?<file>[^']+)'/.exec(words)?.groups;
    const name = path?.path ?? path?.file;
    return `Nothing was restored: ${name ?? 'a file'} changed at this moment, or something that no checkpoint holds is in its place. Look at the workspace and try again.`;
  }
  return `Not all could be restored: ${words.split('\n')[0]}. What was there before is kept as the newest checkpoint.`;
}

/**
 * What stands in the way of these paths, or in the way to them, and is no part of the snapshot of now: git would overwrite it
 * where it is ignored.
 */
export async function obstaclesTo(
  store: Store,
  now: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const kept = new Set((await entriesOf(store, now)).map(({ name }) => toText(name)));
  const found = new Map<string, string>();
  for (const path of paths) {
    const why =
      (await obstacleBefore(store.workTree, path, kept)) ?? (await obstacleAt(store.workTree, path, kept));
    if (why !== undefined) found.set(path, why);
  }
  return found;
}

async function obstacleBefore(
  workTree: string,
  path: string,
  kept: ReadonlySet<string>,
): Promise<string | undefined> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const stats = await lstat(join(workTree, folder)).catch(() => undefined);
    if (!stats || stats.isDirectory() || kept.has(folder)) continue;
    return stats.isSymbolicLink()
      ? `${folder} is a link to another place, which Earshot does not follow`
      : `${folder} is a file now that no checkpoint keeps`;
  }
  return undefined;
}

async function obstacleAt(
  workTree: string,
  path: string,
  kept: ReadonlySet<string>,
): Promise<string | undefined> {
  if (kept.has(path)) return undefined;
  const stats = await lstat(join(workTree, path)).catch(() => undefined);
  if (!stats) return undefined;
  if (!stats.isDirectory()) return `There is a file ${path} now that no checkpoint keeps`;
  const names = await readdir(join(workTree, path), { recursive: true, withFileTypes: true });
  const other = names.find((entry) => {
    const way = relative(workTree, join(entry.parentPath, entry.name)).split(sep).join('/');
    return !entry.isDirectory() && !kept.has(way);
  });
  return other && `${path} is a folder now, in which ${other.name} is kept by no checkpoint`;
}
