/** Ids that an edit gives to something else: what an edit knows, and what it must not do. */
import { mentionsOf, referencesOf } from '../mentions';
import type { SpecDocuments } from '../model';
import type { Namespace } from '../proseReferences';

/** What each old id is called now; several where one became many, none where it is gone. */
export type Moved = ReadonlyMap<string, readonly string[]>;

/** By what they name. Requirements and their criteria share one map: `2`, `2.1`. */
export type MovedIds = { readonly [N in Namespace]?: Moved };

/** What an id is called now. What names no criterion of a requirement goes along with the requirement. */
export function nowOf(moved: Moved | undefined, id: string): readonly string[] {
  const now = moved?.get(id);
  if (now !== undefined || moved === undefined) return now ?? [id];
  const dot = id.lastIndexOf('.');
  const [parent, ...others] = dot === -1 ? [] : (moved.get(id.slice(0, dot)) ?? []);
  return parent === undefined || others.length > 0 ? [id] : [parent + id.slice(dot)];
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

function definedIds(documents: SpecDocuments, names: string): readonly string[] {
  return mentionsOf(documents)
    .filter(
      ({ role, kind }) => role === 'definition' && (kind === 'requirement' ? 'criterion' : kind) === names,
    )
    .map(({ id }) => id);
}

/** `1.2` → `1.3`; by `count` places. */
export function nextId(id: string, count = 1): string {
  const digits = /\d+$/.exec(id)?.[0] ?? '';
  return digits === '' ? id : id.slice(0, id.length - digits.length) + String(Number(digits) + count);
}
