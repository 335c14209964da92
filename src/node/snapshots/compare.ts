/** What is in snapshots: differences between two, and single files. */
import type { PathChange } from '../../core/checkpoints/model';
import { GitFailure, rawNames, toRaw, toText } from './git';
import type { Store } from './store';

/** Of one path in a tree; undefined: nothing. */
export interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

export interface RawChange {
  /** Raw. */
  readonly name: string;
  readonly from: TreeEntry | undefined;
  readonly to: TreeEntry | undefined;
}

const NOTHING = '000000';

export async function rawChanges(store: Store, from: string, to: string): Promise<readonly RawChange[]> {
  if (from === to) return [];
  const output = await store.run(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', from, to]);
  const parts = rawNames(output);
  const changes: RawChange[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [before = '', after = '', idBefore = '', idAfter = ''] = (parts[i] ?? '').slice(1).split(' ');
    changes.push({
      name: parts[i + 1] ?? '',
      from: before === NOTHING ? undefined : { mode: before, id: idBefore },
      to: after === NOTHING ? undefined : { mode: after, id: idAfter },
    });
  }
  return changes;
}

export function toPathChange({ name, from, to }: RawChange): PathChange {
  const path = toText(name);
  if (!from) return { path, change: 'added' };
  if (!to) return { path, change: 'deleted' };
  return { path, change: from.id === to.id ? 'mode' : 'changed' };
}

/** Bytes; nobody reads more as text. */
const LONGEST = 20_000_000;

export async function readFrom(
  store: Store,
  id: string,
  path: string,
): Promise<string | { readonly binary: number } | undefined> {
  const entry = await entryAt(store, id, path);
  if (!entry) return undefined;
  const { size } = entry;
  if (size > LONGEST) return { binary: size };
  const bytes = await store.run(['cat-file', 'blob', entry.id]);
  const text = bytes.includes(0) ? undefined : decode(bytes);
  return text ?? { binary: size };
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Of a file or a link. */
export async function entryAt(
  store: Store,
  id: string,
  path: string,
): Promise<(TreeEntry & { readonly size: number }) | undefined> {
  const output = await store.run(['ls-tree', '-z', '-l', '--full-tree', id, path]);
  const name = toRaw(path);
  return entriesIn(output).find((entry) => entry.name === name && entry.type === 'blob');
}

/** All files of a snapshot. */
export async function entriesOf(store: Store, id: string) {
  return entriesIn(await store.run(['ls-tree', '-r', '-z', '--full-tree', id]));
}

function entriesIn(output: Buffer) {
  return rawNames(output).map((line) => {
    const [mode = '', type = '', id = '', size] = line.slice(0, line.indexOf('\t')).split(/ +/);
    return { mode, type, id, size: Number(size ?? 0), name: line.slice(line.indexOf('\t') + 1) };
  });
}

/** No other word may come to git as one. */
export function isId(id: string): boolean {
  return /^[0-9a-f]{40}$/.test(id);
}

/** Are these snapshots that are still kept? */
export async function areKnown(store: Store, ids: readonly string[]): Promise<boolean> {
  try {
    for (const id of ids)
      if ((await store.run(['cat-file', '-t', id])).toString('latin1').trim() !== 'tree') return false;
    return true;
  } catch (error) {
    if (error instanceof GitFailure && !error.missing) return false;
    throw error;
  }
}
