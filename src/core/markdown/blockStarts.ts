/** How each kind of Markdown block is recognised from its first line, and where a fenced one ends. */
import type { TextRange } from '../util/textRange';
import type { Line } from './lines';

export interface Marker {
  /** Of an ordered item. */
  readonly number: number | undefined;
  /** Offset of the first character after the marker and its space. */
  readonly contentStart: number;
  /** Column from which lines belong to the item. */
  readonly contentColumn: number;
}

export interface Fence {
  readonly mark: string;
  readonly length: number;
  readonly info: string;
}

/** The list marker that begins a line: `-`, `*`, `+`, `1.` or `1)`. */
export function readMarker(text: string, line: Line): Marker | undefined {
  const first = text[line.textStart];
  let after = line.textStart;
  let number: number | undefined;
  if (first === '-' || first === '*' || first === '+') {
    if (isBreak(text, line)) return undefined;
    after++;
  } else {
    while (after < line.end && isDigit(text.charCodeAt(after)) && after - line.textStart < 9) after++;
    if (after === line.textStart || (text[after] !== '.' && text[after] !== ')')) return undefined;
    number = Number(text.slice(line.textStart, after));
    after++;
  }
  if (after > line.end) return undefined;
  if (after < line.end && text[after] !== ' ' && text[after] !== '\t') return undefined;
  return markerOf(text, line, after, number);
}

function markerOf(text: string, line: Line, after: number, number: number | undefined): Marker {
  const markerEnd = line.indent + (after - line.textStart);
  let contentStart = after;
  let column = markerEnd;
  for (; contentStart < line.end; contentStart++) {
    if (text[contentStart] === ' ') column++;
    else if (text[contentStart] === '\t') column += 4 - (column % 4);
    else break;
  }
  const near = contentStart < line.end && column - markerEnd <= 4;
  return { number, contentStart, contentColumn: near ? column : markerEnd + 1 };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Level and content of a `#` heading. */
export function headingContent(text: string, line: Line): { level: number; content: TextRange } | undefined {
  let start = line.textStart;
  while (start < line.end && text[start] === '#') start++;
  const level = start - line.textStart;
  if (level === 0 || level > 6) return undefined;
  if (start < line.end && text[start] !== ' ' && text[start] !== '\t') return undefined;
  let end = trimEnd(text, start, line.end);
  let closing = end;
  while (closing > start && text[closing - 1] === '#') closing--;
  if (closing < end && (closing === start || isBlank(text[closing - 1]))) end = trimEnd(text, start, closing);
  while (start < end && isBlank(text[start])) start++;
  return { level, content: { start, end } };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function trimEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && isBlank(text[last - 1])) last--;
  return last;
}

/** A fence that opens at an offset: at least three backticks or tildes. */
export function openingFence(text: string, start: number, end: number): Fence | undefined {
  const mark = text[start];
  if (mark !== '`' && mark !== '~') return undefined;
  let after = start;
  while (after < end && text[after] === mark) after++;
  if (after - start < 3) return undefined;
  const info = text.slice(after, end).trim();
  return mark === '`' && info.includes('`') ? undefined : { mark, length: after - start, info };
}

/** The last line of a fenced block whose body begins at `from`: its closing fence, or where its list item ends. */
export function bodyEnd(
  source: { readonly text: string; readonly lines: readonly Line[] },
  from: number,
  fence: Fence,
  column: number,
): { endLine: number; closed: boolean } {
  for (let index = from; index < source.lines.length; index++) {
    const line = source.lines[index];
    if (line === undefined || line.blank) continue;
    if (line.indent < column) return { endLine: index - 1, closed: false };
    const closing = openingFence(source.text, line.textStart, line.end);
    if (closing?.mark === fence.mark && closing.length >= fence.length && closing.info === '') {
      return { endLine: index, closed: true };
    }
  }
  return { endLine: source.lines.length - 1, closed: false };
}

/** Three or more of `-`, `*` or `_`, alone on a line. */
export function isBreak(text: string, line: Line): boolean {
  const mark = text[line.textStart];
  if (mark !== '-' && mark !== '*' && mark !== '_') return false;
  let count = 0;
  for (let index = line.textStart; index < line.end; index++) {
    if (text[index] === mark) count++;
    else if (!isBlank(text[index])) return false;
  }
  return count >= 3;
}

/** The row under a table's head: `|---|:--:|`. */
export function isDelimiterRow(text: string, line: Line): boolean {
  let pipes = 0;
  let dashes = 0;
  for (let index = line.textStart; index < line.end; index++) {
    const character = text[index];
    if (character === '|') pipes++;
    else if (character === '-') dashes++;
    else if (character !== ':' && !isBlank(character)) return false;
  }
  return pipes > 0 && dashes > 0;
}
