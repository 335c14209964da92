import { lineStarts } from '../util/textRange';

/** One line of a text, its terminator left out. */
export interface Line {
  /** Offset of its first character; the first line's byte order mark is left out. */
  readonly start: number;
  /** Offset after its last character. */
  readonly end: number;
  /** Offset of its first character that is neither space nor tab; `end` on a blank line. */
  readonly textStart: number;
  /** Width of its indentation in columns; a tab reaches to the next multiple of four. */
  readonly indent: number;
  readonly blank: boolean;
}

const TAB = 9;
const SPACE = 32;
const BYTE_ORDER_MARK = 0xfeff;

/** The lines of a text. There is always one, and as many as an editor shows. */
export function readLines(text: string): readonly Line[] {
  const starts = lineStarts(text);
  return starts.map((start, index) => {
    const end = endOfLine(text, start, starts[index + 1]);
    return readLine(text, index === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : start, end);
  });
}

function endOfLine(text: string, start: number, next: number | undefined): number {
  if (next === undefined) return text.length;
  let end = next - 1;
  if (end > start && text[end] === '\n' && text[end - 1] === '\r') end--;
  return end;
}

function readLine(text: string, start: number, end: number): Line {
  let textStart = start;
  let indent = 0;
  for (; textStart < end; textStart++) {
    const code = text.charCodeAt(textStart);
    if (code === SPACE) indent++;
    else if (code === TAB) indent += 4 - (indent % 4);
    else break;
  }
  return { start, end, textStart, indent, blank: textStart === end };
}
