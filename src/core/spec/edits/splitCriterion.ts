import type { DocumentEdit, SpecDocuments } from '../model';
import { countsItself, findCriterion, markerOf, writtenId } from './criterionList';
import { eolOf, linesAround } from './lines';
import { listStarts, numbersOfLists } from './listNumbers';
import { isAmbiguous, type MovedIds, nextId, withOrphans } from './moved';
import { readsBack } from './readBack';
import { rewriteReferences, rewriteText } from './rewriteReferences';

/**
 * Writes several criteria in the place of one. Those after it move down; what named it names all of its parts,
 * in every document. No edit where the spec has no such criterion, or two of them.
 * @param texts Without list markers, one line each.
 */
export function splitCriterion(
  documents: SpecDocuments,
  criterionId: string,
  texts: readonly string[],
): readonly DocumentEdit[] {
  const document = documents.requirements;
  const found = findCriterion(document, criterionId);
  if (document === undefined || found === undefined || texts.length === 0) return [];
  const { requirement, criterion, index } = found;
  const { text, kind } = document;
  const by = texts.length - 1;
  const following = requirement.criteria.slice(index + 1);
  const criteria = new Map<string, readonly string[]>(following.map(({ id }) => [id, [nextId(id, by)]]));
  criteria.set(
    criterionId,
    texts.map((_, part) => nextId(criterionId, part)),
  );
  const last = requirement.criteria.at(-1)?.id ?? '';
  const moved: MovedIds = { criterion: withOrphans(documents, 'criterion', criteria, [{ last, by }]) };
  if (isAmbiguous(documents, moved)) return [];
  const same = countsItself(document, requirement);
  const numberAt = (written: string, places: number) => (same ? written : nextId(written, places));
  const order = [
    ...requirement.criteria.slice(0, index + 1),
    ...new Array<'new'>(by).fill('new'),
    ...following,
  ];
  const numbers =
    listStarts(document, requirement).length > 1 ? numbersOfLists(document, requirement, order) : [];
  const [first = '', ...others] = texts.map((part) => rewriteText(documents, moved, part));
  const { end } = linesAround(text, criterion.range);
  const added = others.map((part, at) => {
    const written = numbers[index + at + 1] ?? numberAt(writtenId(document, criterion), at + 1);
    return eolOf(text) + markerOf(document, criterion, written) + part;
  });
  // What the old text named is written anew in the texts.
  const references = rewriteReferences(documents, moved).filter(
    ({ document: where, range }) =>
      where !== kind || range.end <= criterion.range.start || range.start >= criterion.range.end,
  );
  const edits = [
    { document: kind, range: criterion.range, newText: first },
    ...(added.length === 0 ? [] : [{ document: kind, range: { start: end, end }, newText: added.join('') }]),
    ...following.flatMap(({ idRange }, at) => {
      const written = text.slice(idRange.start, idRange.end);
      const newText = numbers[index + by + at + 1] ?? numberAt(written, by);
      return newText === written ? [] : [{ document: kind, range: idRange, newText }];
    }),
    ...references,
  ];
  const expected = [...requirement.criteria.slice(0, index), first, ...others, ...following];
  return readsBack(document, edits, [{ requirement, order: expected }]) ? edits : [];
}
