/**
 * Brings changes into the workspace: all of them, or none. What is to be written is told to the disk first, so that a
 * process that dies in the middle leaves behind how to take it back; a file that somebody changed meanwhile is not touched.
 */
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, readlink, rmdir, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TreeId } from '../../core/tasks/run/worktrees';
import { isMissing } from '../toFileError';
import { removeLeftovers, writeWhole } from '../writeWhole';
import type { TreeChange, TreeEntry, TreeStore } from './treeStore';

const LINK = '120000';
const EXECUTABLE = '100755';

export interface Applying {
  readonly top: string;
  /** Where it is told what is being written. */
  readonly journal: string;
  readonly from: TreeId;
  readonly to: TreeId;
}

/** @returns paths that do not stand as in `from`; then nothing is written. */
export async function applyTree(store: TreeStore, applying: Applying): Promise<readonly string[]> {
  const { top, journal, from, to } = applying;
  const changes = goingFirst(await store.changes(from, to));
  if (changes.length === 0) return [];
  const blocked = await notAs(store, top, changes);
  if (blocked.length > 0) return blocked;
  const blobs = await blobsOf(store, changes);
  await writeWhole(journal, JSON.stringify({ from, to }));
  try {
    for (const change of changes) {
      // Looked at once more: the person may be typing.
      if (!(await standsAs(store, top, change.path, change.from))) {
        await takeBack(store, applying);
        return [change.path];
      }
      if (!(await put(blobs, top, change.path, change.to))) {
        await takeBack(store, applying);
        return [change.path];
      }
    }
  } catch (error) {
    await takeBack(store, applying);
    throw error;
  }
  await unlink(journal);
  return [];
}

/** What was written is as it was before; what somebody changed since then stays theirs. */
export async function takeBack(store: TreeStore, { top, journal, from, to }: Applying): Promise<void> {
  const changes = goingFirst(await store.changes(to, from));
  const blobs = await blobsOf(store, changes);
  const folders = new Set(changes.map(({ path }) => dirname(join(top, ...path.split('/')))));
  for (const folder of folders) await removeLeftovers(folder);
  for (const { path, from: now, to: before } of changes) {
    if (await standsAs(store, top, path, now)) await put(blobs, top, path, before);
  }
  await unlink(journal);
}

type Blobs = ReadonlyMap<string, Buffer>;

function blobsOf(store: TreeStore, changes: readonly TreeChange[]): Promise<Blobs> {
  return store.blobs(changes.flatMap(({ to }) => (to ? [to.blob] : [])));
}

/** What one that died in the middle left. */
export async function readJournal(journal: string): Promise<Pick<Applying, 'from' | 'to'> | undefined> {
  try {
    const told: unknown = JSON.parse(await readFile(journal, 'utf8'));
    if (typeof told !== 'object' || told === null || !('from' in told) || !('to' in told)) return undefined;
    const { from, to } = told;
    return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined;
  } catch {
    return undefined;
  }
}

/** A file may come where there was a folder. */
function goingFirst(changes: readonly TreeChange[]): readonly TreeChange[] {
  return [...changes].sort((a, b) => Number(a.to !== undefined) - Number(b.to !== undefined));
}

async function notAs(
  store: TreeStore,
  top: string,
  changes: readonly TreeChange[],
): Promise<readonly string[]> {
  const blocked: string[] = [];
  for (const { path, from } of changes) if (!(await standsAs(store, top, path, from))) blocked.push(path);
  return blocked;
}

async function standsAs(
  store: TreeStore,
  top: string,
  path: string,
  wanted: TreeEntry | undefined,
): Promise<boolean> {
  const now = await entryAt(store, top, path);
  if (now === 'other') return false;
  return kindOf(now) === kindOf(wanted) && now?.blob === wanted?.blob;
}

/** Windows knows no bit that lets a file be run. */
function kindOf(entry: TreeEntry | undefined): string | undefined {
  return process.platform === 'win32' && entry?.mode === EXECUTABLE ? '100644' : entry?.mode;
}

/** `other`: something that is no file of its own there: a folder, or a file beyond a link. */
async function entryAt(
  store: TreeStore,
  top: string,
  path: string,
): Promise<TreeEntry | undefined | 'other'> {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const above = await statOf(join(top, ...parts.slice(0, depth)));
    if (!above) return undefined;
    if (above.isSymbolicLink()) return 'other';
    // A file that goes before this one comes.
    if (!above.isDirectory()) return undefined;
  }
  const place = join(top, ...parts);
  const found = await statOf(place);
  if (!found) return undefined;
  if (found.isSymbolicLink()) return { mode: LINK, blob: hash(store, await readlink(place, 'buffer')) };
  if (found.isDirectory()) return undefined;
  if (!found.isFile()) return 'other';
  const executable = process.platform !== 'win32' && (found.mode & 0o100) !== 0;
  return { mode: executable ? EXECUTABLE : '100644', blob: hash(store, await readFile(place)) };
}

/** False: there is a folder with files that are not ours. */
async function put(blobs: Blobs, top: string, path: string, entry: TreeEntry | undefined): Promise<boolean> {
  const place = join(top, ...path.split('/'));
  const found = await statOf(place);
  if (!entry) {
    if (found) await unlink(place);
    await removeEmpty(top, dirname(place));
    return true;
  }
  const bytes = blobs.get(entry.blob);
  if (!bytes) throw new Error(`The new text of ${path} is missing.`);
  if (found?.isSymbolicLink() || (entry.mode === LINK && found?.isFile())) await unlink(place);
  if (found?.isDirectory() && !(await removeFolder(place))) return false;
  if (entry.mode === LINK) {
    await mkdir(dirname(place), { recursive: true });
    await symlink(bytes, place);
    return true;
  }
  await writeWhole(place, bytes);
  if (process.platform === 'win32') return true;
  const { mode } = await lstat(place);
  const wanted = entry.mode === EXECUTABLE ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
  if (wanted !== mode) await chmod(place, wanted);
  return true;
}

/** As git does: no folder without a file. */
async function removeEmpty(top: string, folder: string): Promise<void> {
  for (let at = folder; at !== top && at.startsWith(top); at = dirname(at))
    if (!(await removeFolder(at))) return;
}

/** Only an empty one goes. */
function removeFolder(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

function hash({ format }: TreeStore, bytes: Buffer): string {
  return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function statOf(path: string) {
  return lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
