/** Reads lists of requirement and criterion ids: `1.1, 2.3-2.5, 4`. */
import type { TextRange } from '../util/textRange';
import type { Problem } from './model';

export interface References {
  /** In order, ranges expanded, each once. Free text (`All`, `Performance`) is left out. */
  readonly ids: readonly string[];
  readonly problems: readonly Problem[];
}

const NUMBER = String.raw`\d{1,6}(?:\.\d{1,6}){0,4}`;
const PREFIX = String.raw`(?:(?:requirements?|req\.?|criteri(?:on|a)|ac)[-\s:]*)?`;
const PIECE = new RegExp(
  String.raw`^${PREFIX}(?:(${NUMBER})(?:\s*(?:-|–|—|to|through)\s*(${NUMBER}))?(\.x|\.\*)?|([A-Z]{1,5}-\d{1,6}(?:\.\d{1,6}){0,4}))[.\s]*$`,
  'i',
);
/** A range longer than this is a slip of the pen, and expanding it would cost memory. */
const LONGEST_RANGE = 200;

/**
 * Reads a list of ids leniently: what is not an id is free text and says nothing.
 * @param range Where the list stands in the document.
 */
export function readReferences(text: string, range: TextRange): References {
  const ids = new Set<string>();
  const problems: Problem[] = [];
  const list = withoutParentheses(text.slice(range.start, range.end));
  let start = range.start;
  for (const piece of list.split(/[,;、，；&]|\band\b/)) {
    const at = list.indexOf(piece, start - range.start) + range.start;
    const match = PIECE.exec(piece.trim());
    if (match !== null) readPiece(match, at + piece.length - piece.trimStart().length, ids, problems);
    start = at + piece.length;
  }
  return { ids: [...ids], problems };
}

function withoutParentheses(list: string): string {
  return list.replace(/\([^()]*\)/g, (note) => ' '.repeat(note.length));
}

function readPiece(match: RegExpExecArray, at: number, ids: Set<string>, problems: Problem[]): void {
  const [whole, first, last, , named] = match;
  if (named !== undefined) ids.add(named.toUpperCase());
  if (first === undefined) return;
  if (last === undefined) {
    ids.add(first);
    return;
  }
  const expanded = expandRange(first, last);
  for (const id of expanded ?? [first, last]) ids.add(id);
  if (expanded !== undefined) return;
  problems.push({
    rule: 'reference-range',
    severity: 'warning',
    message: `“${first}-${last}” is not a range within one requirement, so only its two ends are counted. List the ids one by one.`,
    range: { start: at, end: at + whole.trimEnd().length },
  });
}

/** `1.2`–`1.4`, `1.2`–`4` and `3`–`5`; undefined when the ends do not span one requirement upwards. */
function expandRange(first: string, last: string): readonly string[] | undefined {
  const low = first.split('.');
  const high = last.split('.');
  const parent = low.slice(0, -1).join('.');
  const sameParent = high.length === 1 && low.length > 1 ? true : high.slice(0, -1).join('.') === parent;
  const from = Number(low.at(-1));
  const to = Number(high.at(-1));
  if (!sameParent || to < from || to - from >= LONGEST_RANGE) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) =>
    [...low.slice(0, -1), String(from + index)].join('.'),
  );
}
