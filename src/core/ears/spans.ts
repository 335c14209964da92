import { hideComments } from '../markdown/comments';
import type { TextRange } from '../util/textRange';
import { trimCharacters } from '../util/trimCharacters';

const SEPARATORS = ' \t\r\n\u00A0,;:，；：、';

/**
 * The part of a span that says something: surrounding blanks, separators, comments and unpaired emphasis left
 * out.
 */
export function trimSpan(text: string, span: TextRange): TextRange {
  const words = withoutMarker(text, trimCharacters(text, span, SEPARATORS));
  // Most have neither comments nor emphasis: then this is all that trimming costs.
  if (!MAY_BE_MARKED.test(text.slice(words.start, words.end))) return words;
  return trimCharacters(text, withoutEmphasis(text, withoutComments(text, words)), SEPARATORS);
}

const MAY_BE_MARKED = /[*<]/;

/** `a key fits\n  -` cut out before the item `- **THEN** …` loses the marker of the item. */
function withoutMarker(text: string, { start, end }: TextRange): TextRange {
  const last = text[end - 1];
  if (last !== '-' && last !== '+' && last !== ']' && last !== '*') return { start, end };
  const from = Math.max(start, end - LONGEST_MARKER);
  const marker = MARKER.exec(text.slice(from, end));
  return marker === null
    ? { start, end }
    : trimCharacters(text, { start, end: from + marker.index }, SEPARATORS);
}

const LONGEST_MARKER = 60;
const MARKER = /[\r\n][ \t]*[-+](?:[ \t]+\[[ xX]\])?(?:[ \t]*\*{1,3})?$/;

function withoutComments(text: string, { start, end }: TextRange): TextRange {
  if (!text.startsWith('<!--', start) && !text.endsWith('-->', end)) return { start, end };
  const visible = hideComments(text.slice(start, end), ' ');
  return shift(trimCharacters(visible, { start: 0, end: visible.length }, SEPARATORS), start);
}

/** `**System**` loses its stars, and so does `WHEN** a user` cut out of `**WHEN** a user`. */
function withoutEmphasis(text: string, { start, end }: TextRange): TextRange {
  const words = text.slice(start, end);
  if (!words.includes('*')) return { start, end };
  const stars = words.match(/\*+/g);
  const [first, last] = [stars?.[0], stars?.at(-1)];
  if (stars === null || first === undefined || last === undefined) return { start, end };
  const before = words.startsWith(first) ? first.length : 0;
  const after = words.endsWith(last) ? last.length : 0;
  if (stars.length === 2 && before > 0 && before === after)
    return { start: start + before, end: end - after };
  if (stars.length % 2 === 0) return { start, end };
  return before > 0 ? { start: start + before, end } : { start, end: end - after };
}

/** As `trimSpan`, a full stop at the end left out as well. */
export function trimSentence(text: string, span: TextRange): TextRange {
  const words = trimSpan(text, span);
  const said = trimCharacters(text, words, '.。');
  if (said === words) return words;
  const { start } = words;
  return said.start === said.end ? { start, end: start } : trimSpan(text, { start, end: said.end });
}

/** A span counted from elsewhere. */
export function shift(span: TextRange, offset: number): TextRange {
  return { start: span.start + offset, end: span.end + offset };
}
