import type { TextRange } from '../util/textRange';

/** The verb that makes a sentence a requirement. */
export interface Modal {
  /** SHALL, or the weaker word in its place; a NOT that follows is left out. */
  readonly word: TextRange;
  /** Including a NOT. */
  readonly whole: TextRange;
  readonly weak: boolean;
}

const WEAK = /\b(?:should|must|will|may|can|needs? to|(?:is|are) required to|ha(?:s|ve) to)\b/gi;
const NOT = /\s+not\b/iy;

/** The first SHALL of a sentence; one in capitals counts before others. */
export function findShall(masked: string, from: number): Modal | undefined {
  const capitals = matchFrom(masked, /\bSHALL\b/g, from);
  const match = capitals ?? matchFrom(masked, /\bshall\b/gi, from);
  return match === undefined ? undefined : modalAt(masked, match.index, match[0].length, false);
}

/** The words that may stand in SHALL's place, in order. */
export function findWeakModals(masked: string, from: number, to: number): readonly Modal[] {
  const words = masked.slice(from, to);
  // Nearly always there is none: looking costs less than setting out to list them.
  if (words.search(WEAK) === -1) return NONE;
  return [...words.matchAll(WEAK)].map((match) => modalAt(masked, from + match.index, match[0].length, true));
}

const NONE: readonly Modal[] = [];

function matchFrom(masked: string, pattern: RegExp, from: number): RegExpExecArray | undefined {
  pattern.lastIndex = from;
  return pattern.exec(masked) ?? undefined;
}

function modalAt(masked: string, start: number, length: number, weak: boolean): Modal {
  const end = start + length;
  NOT.lastIndex = end;
  const whole = { start, end: NOT.test(masked) ? NOT.lastIndex : end };
  return { word: { start, end }, whole, weak };
}
