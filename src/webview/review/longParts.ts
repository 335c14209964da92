/** Long sections around the requirements show their first lines until somebody wants the rest. Pure. */
import type { ReviewPart } from '../../protocol/review';
import { isOpen } from './filters';

/** As lines of a hundred characters; a few more than the first that are shown, so that a cut is worth it. */
const MOST_LINES = 9;
const WIDTH = 100;

/** Undefined: it is shown whole and cannot be otherwise, being short or having something to tell. */
export function isCut(part: ReviewPart, opened: readonly string[]): boolean | undefined {
  const { key, findings, threads, changed } = part;
  const tells = findings.length > 0 || threads.some(isOpen) || changed !== undefined;
  return tells || linesOf(part.text) <= MOST_LINES ? undefined : !opened.includes(key);
}

function linesOf(text: string): number {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.reduce((sum, line) => sum + Math.ceil(line.length / WIDTH), 0);
}
