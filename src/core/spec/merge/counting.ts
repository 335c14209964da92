/** The numbers of lists in a document that was put together from the parts of others. */
import type { Part } from './parts';

/** A number of a list, and what stands around it. */
const COUNTED = /^(\s*)(\d+)([.)])$/;

function countOf(part: Part | undefined): RegExpExecArray | undefined {
  return COUNTED.exec(part?.number ?? '') ?? undefined;
}

/** Do all its lists count without gaps? */
export function countsOn(parts: readonly Part[]): boolean {
  return parts.every((part, index) => {
    const [before, own] = [countOf(parts[index - 1]), countOf(part)];
    return before === undefined || own === undefined || Number(own[2]) === Number(before[2]) + 1;
  });
}

/**
 * Numbers lists from their first number on: where two inserted a third criterion, one of them is the fourth.
 * @param left Those that are left out: a list still begins with the number that its first one had.
 */
export function countAnew(parts: readonly Part[], left: ReadonlySet<Part> = new Set()): readonly Part[] {
  let last: number | undefined;
  return parts.flatMap((part) => {
    const own = countOf(part);
    if (own === undefined) {
      last = undefined;
      return left.has(part) ? [] : part;
    }
    if (left.has(part)) {
      last ??= Number(own[2]) - 1;
      return [];
    }
    last = last === undefined ? Number(own[2]) : last + 1;
    return { ...part, number: `${own[1]}${last}${own[3]}` };
  });
}
