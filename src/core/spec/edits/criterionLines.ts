/** The lines of a criterion, as an editor moves them: its item with all that belongs to it. */
import type { Criterion } from '../../ears/model';
import type { TextRange } from '../../util/textRange';
import type { Requirement, RequirementsDocument } from '../model';

/** From the start of its first line to the end of its last, terminator left out. */
export function linesOf({ text }: RequirementsDocument, { range, idRange }: Criterion): TextRange {
  const start = lineStart(text, Math.min(idRange.start, range.start));
  const rest = text.slice(range.end).search(/[\r\n]/);
  return { start, end: rest === -1 ? text.length : range.end + rest };
}

export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

export function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Is the list written `1. 1. 1.`, counting by itself? */
export function countsItself({ text }: RequirementsDocument, { criteria }: Requirement): boolean {
  const numbers = criteria.map(({ idRange }) => text.slice(idRange.start, idRange.end));
  return numbers.length > 1 && numbers.every((number) => number === numbers[0]);
}

export function requirementOf(
  document: RequirementsDocument | undefined,
  criterion: string,
): { readonly requirement: Requirement; readonly criterion: Criterion; readonly index: number } | undefined {
  for (const requirement of document?.requirements ?? []) {
    const index = requirement.criteria.findIndex(({ id }) => id === criterion);
    const found = requirement.criteria[index];
    if (found !== undefined) return { requirement, criterion: found, index };
  }
  return undefined;
}
