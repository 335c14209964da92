/** Gives requirements other ids; those of their criteria begin with them. */
import type { DocumentEdit, Requirement, RequirementsDocument } from '../model';
import { writtenId } from './criterionList';
import type { Moved } from './moved';

/**
 * @param now The new id of each requirement that gets one.
 * @returns What every requirement and criterion is called then, and the edits that write it where they stand.
 */
export function renumberRequirements(
  document: RequirementsDocument,
  now: ReadonlyMap<Requirement, string>,
): { readonly moved: Moved; readonly edits: readonly DocumentEdit[] } {
  const moved = new Map<string, readonly string[]>();
  const edits: DocumentEdit[] = [];
  const { kind } = document;
  for (const requirement of document.requirements) {
    const { id, idRange, criteria } = requirement;
    const named = now.get(requirement) ?? id;
    moved.set(id, [named]);
    if (named !== id) edits.push({ document: kind, range: idRange, newText: named });
    for (const criterion of criteria) {
      const own = criterion.id.startsWith(`${id}.`);
      const newText = own ? named + criterion.id.slice(id.length) : criterion.id;
      moved.set(criterion.id, [newText]);
      const isWritten = writtenId(document, criterion) === criterion.id;
      if (isWritten && newText !== criterion.id)
        edits.push({ document: kind, range: criterion.idRange, newText });
    }
  }
  return { moved, edits };
}
