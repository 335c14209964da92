/** Reads lists of requirement and criterion ids: `1.1, 2.3-2.5, 4`. */
import type { TextRange } from '../../util/textRange';
import type { Finding, Reference } from '../model';

export interface References {
  /** In order, ranges expanded, each once. Free text (`All`, `Performance`) is left out. */
  readonly ids: readonly string[];
  readonly references: readonly Reference[];
  readonly findings: readonly Finding[];
}

const NUMBER = String.raw`\d{1,6}(?:\.\d{1,6}){0,4}`;
const PREFIX = String.raw`(?:(?:requirements?|req\.?|criteri(?:on|a)|ac)[-\s:]*|r(?=\d))?`;
/** The code of a requirement: `US-2`, `FR-AUTH-2`, `NFR2`. */
export const CODE = String.raw`(?:[A-Z]{1,12}(?:-[A-Z]{1,12})?-|(?:US|FR|NFR|TR|UC)(?=\d))\d{1,6}`;
const PIECE = new RegExp(
  String.raw`^${PREFIX}(?:(?<first>${NUMBER})(?:\s*(?:-|–|—|to|through)\s*r?(?<last>${NUMBER}))?(?:\.x|\.\*)?|(?<named>${CODE}(?:\.\d{1,6}){0,4}))[.\s]*$`,
  'di',
);
/** What nearly every reference is. */
const SINGLE = /^\d{1,6}(?:\.\d{1,6}){0,4}$/;
/** A range longer than this is a slip of the pen, and expanding it would cost memory. */
const LONGEST_RANGE = 200;

/**
 * Reads a list of ids leniently: what is not an id is free text and says nothing.
 * @param range Where the list stands in the document.
 */
export function readReferences(text: string, range: TextRange): References {
  const references: Reference[] = [];
  const findings: Finding[] = [];
  const list = withoutParentheses(text.slice(range.start, range.end));
  if (SINGLE.test(list)) {
    const reference = { range, ids: [list], tokens: [{ id: list, range }] };
    return { ids: reference.ids, references: [reference], findings };
  }
  let start = range.start;
  for (const piece of list.split(/[,;、，；&]|\b(?:and|or)\b/)) {
    const at = list.indexOf(piece, start - range.start) + range.start;
    const trimmed = piece.trim();
    const from = at + piece.length - piece.trimStart().length;
    if (SINGLE.test(trimmed)) {
      const range = { start: from, end: from + trimmed.length };
      references.push({ range, ids: [trimmed], tokens: [{ id: trimmed, range }] });
    } else {
      const match = PIECE.exec(trimmed);
      if (match !== null) readPiece(match, from, references, findings);
    }
    start = at + piece.length;
  }
  return { ids: [...new Set(references.flatMap(({ ids }) => ids))], references, findings };
}

function withoutParentheses(list: string): string {
  if (!list.includes('(')) return list;
  return list.replace(/\([^()]*\)/g, (note) => ' '.repeat(note.length));
}

function readPiece(match: RegExpExecArray, at: number, references: Reference[], findings: Finding[]): void {
  const { first, last, named } = match.groups ?? {};
  const token = (written: string, group: string) => {
    const [start, end] = match.indices?.groups?.[group] ?? [0, 0];
    return { id: written.toUpperCase(), range: { start: at + start, end: at + end } };
  };
  const head = first === undefined ? token(named ?? '', 'named') : token(first, 'first');
  if (last === undefined) {
    references.push({ range: head.range, ids: [head.id], tokens: [head] });
    return;
  }
  const tail = token(last, 'last');
  const range = { start: head.range.start, end: tail.range.end };
  const expanded = expandRange(head.id, tail.id);
  // `1.2-4` ends with criterion 1.4.
  const end = { ...tail, id: expanded?.at(-1) ?? tail.id };
  references.push({ range, ids: expanded ?? [head.id, tail.id], tokens: [head, end] });
  if (expanded !== undefined) return;
  findings.push({
    rule: 'reference-range',
    message: `“${head.id}-${tail.id}” is not a range within one requirement, so only its two ends are counted. List the ids one by one.`,
    range,
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
