/** Takes one thing out of a list, with what would be left dangling. */
import type { TextEdit, TextRange } from '../../util/textRange';
import { REQUIREMENTS } from '../specWords';
import { linesAround } from './lines';

const BEFORE = /[,;、，；]\s*$/;
const AFTER = /^\s*[,;、，；]\s*/;
/** `_Requirements: `, `**Validates: Requirements `, `_Depends: `: what begins a line of references. */
const LABEL = new RegExp(
  String.raw`^\s*(?:[-*+]\s+)?[_*]*(?:${REQUIREMENTS}|validates|depends)\s*[:：]?[_*]*[:：]?\s*(?:${REQUIREMENTS}\s*[:：]?\s*)?$`,
  'iu',
);
/** `Requirement 1.2`, of which only the number is the reference. */
const NOUN = /(?<=[,;:]\s*)(?:requirement|criterion|ac|task)[ \t-]+$/i;
/** How far a separator may be: an array may be written on several lines. */
const NEAR = 80;

/** One of a list, with the quotes around it and the separator after it, or else before it. */
export function takeOut(text: string, { start, end }: TextRange): TextEdit {
  const quoted = text.charAt(start - 1) === '"' && text.charAt(end) === '"';
  const noun = NOUN.exec(text.slice(Math.max(0, start - NEAR), start))?.[0].length ?? 0;
  const from = quoted ? start - 1 : start - noun;
  const to = quoted ? end + 1 : end;
  const after = AFTER.exec(text.slice(to, to + NEAR))?.[0].length ?? 0;
  const before = after > 0 ? 0 : (BEFORE.exec(text.slice(Math.max(0, from - NEAR), from))?.[0].length ?? 0);
  return { range: { start: from - before, end: to + after }, newText: '' };
}

/** A reference of a list; with the only one goes the whole line. */
export function takeOutReference(text: string, range: TextRange): TextEdit {
  const line = linesAround(text, range);
  const alone =
    LABEL.test(text.slice(line.start, range.start)) && /^[\s_*.]*$/.test(text.slice(range.end, line.end));
  if (!alone) return takeOut(text, range);
  const before = /(?:\r\n|\r|\n)$/.exec(text.slice(Math.max(0, line.start - 2), line.start))?.[0].length ?? 0;
  return { range: { start: line.start - before, end: line.end }, newText: '' };
}
