/** Inserts, removes and moves criteria; ids follow their positions, and references follow the ids. */
import type { DocumentEdit, Requirement, RequirementsDocument, SpecDocuments } from '../model';
import { countsItself, eolOf, linesOf, requirementOf } from './criterionLines';
import { nextId, rewriteReferences } from './rewriteReferences';

/** What stands at each place afterwards: an old criterion by its id, or a new text. */
type Order = readonly ({ readonly old: string } | { readonly text: string })[];

/** Puts a new criterion before the one at a position (from 0; at the end for any greater). */
export function insertCriterion(
  documents: SpecDocuments,
  requirement: string,
  position: number,
  text: string,
): readonly DocumentEdit[] {
  const found = documents.requirements?.requirements.find(({ id }) => id === requirement);
  if (found === undefined || found.criteria.length === 0) return [];
  const order: Order[number][] = found.criteria.map(({ id }) => ({ old: id }));
  order.splice(position, 0, { text });
  return reorder(documents, found, order);
}

/** Takes a criterion out. What named it alone names nothing afterwards, and is reported as such. */
export function removeCriterion(documents: SpecDocuments, id: string): readonly DocumentEdit[] {
  const found = requirementOf(documents.requirements, id);
  if (found === undefined || found.requirement.criteria.length === 1) return [];
  const order = found.requirement.criteria
    .filter((each) => each !== found.criterion)
    .map((each) => ({ old: each.id }));
  return reorder(documents, found.requirement, order);
}

/** Moves a criterion to another position of its list (from 0, counted without it). */
export function moveCriterion(
  documents: SpecDocuments,
  id: string,
  position: number,
): readonly DocumentEdit[] {
  const found = requirementOf(documents.requirements, id);
  if (found === undefined) return [];
  const order = found.requirement.criteria
    .filter((each) => each !== found.criterion)
    .map((each) => ({ old: each.id }));
  order.splice(position, 0, { old: id });
  return reorder(documents, found.requirement, order);
}

function reorder(documents: SpecDocuments, requirement: Requirement, order: Order): readonly DocumentEdit[] {
  const document = documents.requirements;
  const { criteria } = requirement;
  const first = criteria[0];
  // Where an id is used twice, nobody knows which criterion is meant.
  if (
    document === undefined ||
    first === undefined ||
    new Set(criteria.map(({ id }) => id)).size < criteria.length
  )
    return [];
  const idAt = (index: number) => nextId(first.id, index);
  const moved = new Map<string, readonly string[]>(criteria.map(({ id }) => [id, []]));
  order.forEach((item, index) => {
    if ('old' in item) moved.set(item.old, [idAt(index)]);
  });
  const unchanged = [...moved].filter(([id, [now]]) => id === now).map(([id]) => id);
  for (const id of unchanged) moved.delete(id);
  return [...lineEdits(document, requirement, order), ...rewriteReferences(documents, { criteria: moved })];
}

/** Puts each place's lines where they belong; places that keep theirs are not touched. */
function lineEdits(
  document: RequirementsDocument,
  requirement: Requirement,
  order: Order,
): readonly DocumentEdit[] {
  const { criteria } = requirement;
  const { kind, text } = document;
  const edits: DocumentEdit[] = [];
  const last = criteria.at(-1);
  const added: string[] = [];
  order.forEach((item, index) => {
    const place = criteria[index];
    const words = written(document, requirement, item, index);
    if (place === undefined) added.push(words);
    else if (words !== text.slice(linesOf(document, place).start, linesOf(document, place).end))
      edits.push({ document: kind, range: linesOf(document, place), newText: words });
  });
  if (last !== undefined && added.length > 0) {
    const { end } = linesOf(document, last);
    const eol = eolOf(text);
    const tail = edits.find(({ range }) => range.end === end);
    if (tail === undefined)
      edits.push({ document: kind, range: { start: end, end }, newText: eol + added.join(eol) });
    else edits.splice(edits.indexOf(tail), 1, { ...tail, newText: [tail.newText, ...added].join(eol) });
  }
  for (const place of criteria.slice(order.length)) {
    const range = linesOf(document, place);
    const start = text[range.start - 2] === '\r' ? range.start - 2 : range.start - 1;
    edits.push({ document: kind, range: { start: Math.max(0, start), end: range.end }, newText: '' });
  }
  return edits;
}

/** A criterion's lines as they read at a position. */
function written(
  document: RequirementsDocument,
  requirement: Requirement,
  item: Order[number],
  index: number,
): string {
  const { criteria } = requirement;
  const old = 'old' in item ? criteria.find(({ id }) => id === item.old) : criteria[0];
  if (old === undefined) return '';
  const { text } = document;
  const lines = linesOf(document, old);
  const number = text.slice(old.idRange.start, old.idRange.end);
  const first = text.slice(criteria[0]?.idRange.start, criteria[0]?.idRange.end);
  const id = number === '' || countsItself(document, requirement) ? number : nextId(first, index);
  const rest =
    'text' in item
      ? text.slice(old.idRange.end, old.range.start) + item.text
      : text.slice(old.idRange.end, lines.end);
  return text.slice(lines.start, old.idRange.start) + id + rest;
}
