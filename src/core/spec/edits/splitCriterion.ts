import type { Criterion } from '../../ears/model';
import type { DocumentEdit, Requirement, RequirementsDocument, SpecDocuments } from '../model';
import { countsItself, eolOf, lineStart } from './criterionLines';
import { type Moved, nextId, rewriteReferences } from './rewriteReferences';

/**
 * Writes several criteria in the place of one. Those after it move down; what named it names all of its parts,
 * in every document. No edit where the spec has no such criterion.
 * @param texts Without list markers, one line each.
 */
export function splitCriterion(
  documents: SpecDocuments,
  criterionId: string,
  texts: readonly string[],
): readonly DocumentEdit[] {
  const document = documents.requirements;
  const requirement = document?.requirements.find(({ criteria }) =>
    criteria.some(({ id }) => id === criterionId),
  );
  const criterion = requirement?.criteria.find(({ id }) => id === criterionId);
  const [first, ...others] = texts;
  if (document === undefined || requirement === undefined || criterion === undefined || first === undefined)
    return [];
  const { kind } = document;
  const following = requirement.criteria.slice(requirement.criteria.indexOf(criterion) + 1);
  const moved: Map<string, readonly string[]> = new Map(shifted(following, others.length));
  moved.set(
    criterionId,
    texts.map((_, index) => nextId(criterionId, index)),
  );
  return [
    { document: kind, range: criterion.range, newText: first },
    ...insertAfter(document, requirement, criterion, others),
    ...shiftNumbers(document, requirement, following, others.length),
    ...rewriteReferences(documents, { criteria: moved }),
  ];
}

/** The new ids of criteria that make room. */
function shifted(criteria: readonly Criterion[], by: number): Moved {
  return new Map(criteria.map(({ id }) => [id, [nextId(id, by)]]));
}

/** New items below a criterion, with its own kind of marker. */
function insertAfter(
  document: RequirementsDocument,
  requirement: Requirement,
  { range, idRange }: Criterion,
  texts: readonly string[],
): readonly DocumentEdit[] {
  if (texts.length === 0) return [];
  const { text, kind } = document;
  const same = countsItself(document, requirement);
  const eol = eolOf(text);
  const before = text.slice(lineStart(text, range.start), idRange.start);
  const id = text.slice(idRange.start, idRange.end);
  const after = text.slice(idRange.end, range.start);
  const rest = text.slice(range.end).search(/[\r\n]/);
  const at = rest === -1 ? text.length : range.end + rest;
  const items = texts.map(
    (item, index) => `${eol}${before}${same ? id : nextId(id, index + 1)}${after}${item}`,
  );
  return [{ document: kind, range: { start: at, end: at }, newText: items.join('') }];
}

/** Written numbers and labels follow; a list that is written `1. 1. 1.` counts by itself. */
function shiftNumbers(
  document: RequirementsDocument,
  requirement: Requirement,
  following: readonly Criterion[],
  by: number,
): readonly DocumentEdit[] {
  if (countsItself(document, requirement)) return [];
  const { text, kind } = document;
  return following.flatMap(({ idRange }) => {
    const number = text.slice(idRange.start, idRange.end);
    return number === '' ? [] : [{ document: kind, range: idRange, newText: nextId(number, by) }];
  });
}
