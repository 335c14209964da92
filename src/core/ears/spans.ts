import type { TextRange } from '../util/textRange';
import { trimCharacters } from '../util/trimCharacters';

const SEPARATORS = ' \t\r\n\u00A0,;:，；：、';

/** The part of a span that says something: surrounding blanks, separators and unpaired emphasis left out. */
export function trimSpan(text: string, span: TextRange): TextRange {
  const words = trimCharacters(text, span, SEPARATORS);
  return trimCharacters(text, withoutEmphasis(text, words), SEPARATORS);
}

/** `**System**` loses its stars, and so does `WHEN** a user` cut out of `**WHEN** a user`. */
function withoutEmphasis(text: string, { start, end }: TextRange): TextRange {
  const words = text.slice(start, end);
  if (!words.includes('**')) return { start, end };
  const count = words.split('**').length - 1;
  const before = words.startsWith('**') ? 2 : 0;
  const after = words.endsWith('**') ? 2 : 0;
  if (count === 2 && before + after === 4) return { start: start + 2, end: end - 2 };
  if (count % 2 === 0) return { start, end };
  return before > 0 ? { start: start + before, end } : { start, end: end - after };
}

/** As `trimSpan`, a full stop at the end left out as well. */
export function trimSentence(text: string, span: TextRange): TextRange {
  const { start, end } = trimSpan(text, span);
  const words = trimCharacters(text, { start, end }, '.。');
  return words.start === words.end ? { start, end: start } : trimSpan(text, { start, end: words.end });
}

/** A span counted from elsewhere. */
export function shift(span: TextRange, offset: number): TextRange {
  return { start: span.start + offset, end: span.end + offset };
}
