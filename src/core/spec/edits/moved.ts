/** Ids that an edit gives to something else: what an edit knows, and what it must not do. */

import type { SpecDocuments } from '../model';
import { mentionsOf, referencesOf } from '../references/mentions';
import type { Namespace } from '../references/proseReferences';

/** What each old id is called now; several where one became many, none where it is gone. */
export type Moved = ReadonlyMap<string, readonly string[]>;

/** By what they name. Requirements and their criteria share one map: `2`, `2.1`. */
export type MovedIds = { readonly [N in Namespace]?: Moved };

/** What an id is called now. What names no criterion of a requirement goes along with the requirement. */
export function nowOf(moved: Moved | undefined, id: string): readonly string[] {
  const now = moved?.get(id);
  if (now !== undefined || moved === undefined) return now ?? [id];
  const before = parentOf(id);
  const [parent, ...others] = moved.get(before) ?? [];
  return parent === undefined || others.length > 0 ? [id] : [parent + id.slice(before.length)];
}

/** Does an old id name two things, or would a new one? Then nobody knows what is meant. */
export function isAmbiguous(documents: SpecDocuments, moved: MovedIds): boolean {
  return Object.entries(moved).some(([names, ids]) => {
    const defined = definedIds(documents, names);
    const now = [...ids.values()].flat();
    const kept = defined.filter((id) => !ids.has(id));
    return hasTwins(defined.filter((id) => ids.has(id))) || hasTwins([...now, ...new Set(kept)]);
  });
}

function hasTwins(ids: readonly string[]): boolean {
  return new Set(ids).size < ids.length;
}

/** Would something that names nothing today name something then? */
export function adoptsOrphans(documents: SpecDocuments, moved: MovedIds): boolean {
  return referencesOf(documents).some(({ names, reference }) => {
    const ids = moved[names];
    if (ids === undefined) return false;
    const given = new Set([...ids.values()].flat());
    return reference.ids.some((id) => !ids.has(id) && nowOf(ids, id).some((now) => given.has(now)));
  });
}

/** A list that gets longer or shorter: the id of its last place until now, and by how many places. */
export interface Growth {
  readonly last: string;
  readonly by: number;
}

/** What is new at the very end takes the place of nothing: an id that was named before it was there may well mean it. */
export function growthOf<T>(places: readonly T[], order: readonly (T | 'new')[]): number {
  return order.at(-1) === 'new' ? 0 : order.length - places.length;
}

/**
 * Ids that are named, but are nothing: those beyond the end of a list move with its end, so that they do not come to
 * name what gets a new place.
 */
export function withOrphans(
  documents: SpecDocuments,
  names: Namespace,
  moved: Moved,
  lists: readonly Growth[],
): Moved {
  const growing = lists.filter(({ last, by }) => last !== '' && by !== 0);
  if (growing.length === 0) return moved;
  const defined = new Set(definedIds(documents, names));
  const all = new Map(moved);
  const named = referencesOf(documents).flatMap((each) => (each.names === names ? each.reference.ids : []));
  for (const id of named.flatMap((each) => [each, parentOf(each)])) {
    const list = growing.find(({ last }) => isBeyond(id, last));
    if (list !== undefined && !defined.has(id)) all.set(id, [nextId(id, list.by)]);
  }
  return all;
}

/** `1.2` → `1`; empty for `1`. */
function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('.')));
}

function isBeyond(id: string, last: string): boolean {
  const [beginning, number] = splitId(id);
  const [same, end] = splitId(last);
  return beginning === same && number > end;
}

/** `1.2` → `1.` and 2. */
function splitId(id: string): readonly [beginning: string, number: number] {
  const digits = /\d+$/.exec(id)?.[0] ?? '';
  return [id.slice(0, id.length - digits.length), Number(digits)];
}

function definedIds(documents: SpecDocuments, names: string): readonly string[] {
  return mentionsOf(documents)
    .filter(
      ({ role, kind }) => role === 'definition' && (kind === 'requirement' ? 'criterion' : kind) === names,
    )
    .map(({ id }) => id);
}

/** `1.2` → `1.3`; by `count` places. */
export function nextId(id: string, count = 1): string {
  const [beginning, number] = splitId(id);
  return beginning === id ? id : beginning + String(number + count);
}
