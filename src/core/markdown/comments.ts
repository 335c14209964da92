/** HTML comments within a line of text: not seen by readers, so not read as text either. */
import type { TextRange } from '../util/textRange';

const OPEN = '<!--';
const CLOSE = '-->';

/** The comments of a text, in order. One that is never closed is none. */
export function commentsIn(text: string): readonly TextRange[] {
  const found: TextRange[] = [];
  for (let start = text.indexOf(OPEN); start !== -1; ) {
    const close = text.indexOf(CLOSE, start + OPEN.length);
    if (close === -1) break;
    const end = close + CLOSE.length;
    found.push({ start, end });
    start = text.indexOf(OPEN, end);
  }
  return found;
}

/** The text with its comments replaced by one character each place, of the same length. */
export function hideComments(text: string, mask: string): string {
  if (!text.includes(OPEN)) return text;
  let result = '';
  let copied = 0;
  for (const { start, end } of commentsIn(text)) {
    result += text.slice(copied, start) + mask.repeat(end - start);
    copied = end;
  }
  return result + text.slice(copied);
}

/** The end of what a text says: comments and blanks after it left out. */
export function endBeforeComments(text: string): number {
  if (!text.includes(OPEN)) return text.trimEnd().length;
  let end = text.trimEnd().length;
  for (const comment of [...commentsIn(text)].reverse()) {
    if (comment.end !== end) break;
    end = text.slice(0, comment.start).trimEnd().length;
  }
  return end;
}
