import type { SpecDocument } from '../spec/model';

/** The ids that are nowhere written: `1.2` before the second item below requirement 1. */
export function idHints(document: SpecDocument): readonly { readonly offset: number; readonly id: string }[] {
  if (document.kind !== 'requirements' && document.kind !== 'bugfix') return [];
  return document.requirements.flatMap(({ criteria }) =>
    criteria
      .filter(({ id, idRange }) => document.text.slice(idRange.start, idRange.end) !== id)
      .map(({ id, range }) => ({ offset: range.start, id })),
  );
}
