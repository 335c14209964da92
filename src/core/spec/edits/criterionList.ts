/** The criteria of one requirement as a list: the lines of each, its marker, and what numbers its places. */
import type { Criterion } from '../../ears/model';
import type { Block } from '../../markdown/blocks';
import type { Requirement, RequirementsDocument } from '../model';
import { type Lines, lineStart, linesAround } from './lines';
import { nextId } from './moved';

/** Each criterion's lines, with all that is nested in its item. */
export function criterionLines(
  { text, blocks }: RequirementsDocument,
  { criteria }: Requirement,
): readonly Lines[] {
  return criteria.map(({ range, idRange }, index) => {
    const own = linesAround(text, { start: Math.min(idRange.start, range.start), end: range.end });
    const next = criteria[index + 1]?.range.start ?? text.length;
    return { start: own.start, end: Math.max(own.end, endOfItem(blocks, range.start, next)) };
  });
}

/** Where what is nested in the item at an offset ends, before the next criterion at the latest. */
function endOfItem(blocks: readonly Block[], offset: number, next: number): number {
  let end = offset;
  let depth: number | undefined;
  for (const block of blocks) {
    if (block.range.start <= offset) depth = block.depth;
    else if (depth === undefined || block.depth <= depth || block.range.start >= next) return end;
    else end = block.range.end;
  }
  return end;
}

/** What stands before a criterion's text: indentation, marker and label. */
export function markerOf({ text }: RequirementsDocument, { range, idRange }: Criterion, id: string): string {
  const start = lineStart(text, Math.min(idRange.start, range.start));
  return text.slice(start, idRange.start) + id + text.slice(idRange.end, range.start);
}

/** What names a criterion in the document: `2`, `1.2`, or nothing. */
export function writtenId({ text }: RequirementsDocument, { idRange }: Criterion): string {
  return text.slice(idRange.start, idRange.end);
}

/** Are all criteria named in one way, or none of them? Then one may take the place of another. */
export function isWrittenAlike(document: RequirementsDocument, { criteria }: Requirement): boolean {
  const [first, ...others] = criteria.map((criterion) => writtenId(document, criterion) === '');
  return others.every((other) => other === first);
}

/** Is the list written `1. 1. 1.`, counting by itself? */
export function countsItself(document: RequirementsDocument, { criteria }: Requirement): boolean {
  const [first, ...others] = criteria.map((criterion) => writtenId(document, criterion));
  return others.length > 0 && others.every((written) => written === first);
}

/** The ids of a list's places, and what is written there: those that there are, then the next ones. */
export function placesOf(
  document: RequirementsDocument,
  requirement: Requirement,
  count: number,
): readonly { readonly id: string; readonly written: string }[] {
  const { criteria } = requirement;
  const same = countsItself(document, requirement);
  const last = criteria.at(-1);
  return Array.from({ length: count }, (_, index) => {
    const criterion = criteria[index] ?? last;
    const beyond = criteria[index] === undefined ? index - criteria.length + 1 : 0;
    const written = criterion === undefined ? '' : writtenId(document, criterion);
    return { id: nextId(criterion?.id ?? '', beyond), written: same ? written : nextId(written, beyond) };
  });
}

export function findCriterion(
  document: RequirementsDocument | undefined,
  id: string,
): { readonly requirement: Requirement; readonly index: number; readonly criterion: Criterion } | undefined {
  for (const requirement of document?.requirements ?? []) {
    const index = requirement.criteria.findIndex((criterion) => criterion.id === id);
    const criterion = requirement.criteria[index];
    if (criterion !== undefined) return { requirement, index, criterion };
  }
  return undefined;
}
