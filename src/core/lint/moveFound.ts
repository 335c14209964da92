import { shift } from '../ears/spans';
import type { Fix } from '../spec/model';
import type { Found } from './rule';

/** What was found in a piece of a document, with its places in the document. */
export function moveFound(found: Found, offset: number): Found {
  const range = shift(found.range, offset);
  if (found.fixes === undefined) return { ...found, range };
  const fixes = found.fixes.map(
    (fix): Fix => ({
      ...fix,
      // Edits that name their document count in it already.
      edits: () =>
        fix
          .edits()
          .map((edit) =>
            edit.document === undefined ? { ...edit, range: shift(edit.range, offset) } : edit,
          ),
    }),
  );
  return { ...found, range, fixes };
}
