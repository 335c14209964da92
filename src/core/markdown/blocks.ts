/**
 * Our own reader of Markdown's blocks, because spec documents are read at every keystroke and every block
 * needs exact offsets. It follows CommonMark where that matters to a spec and is more lenient in two ways:
 * indented code does not exist (a deeply indented `- [ ]` is still a task), and two columns nest a list item.
 */
import type { TextRange } from '../util/textRange';
import { bodyEnd, headingContent, isBreak, isDelimiterRow, openingFence, readMarker } from './blockStarts';
import { type Line, readLines } from './lines';

interface BlockBase {
  /** From its first visible character to the end of its last line, terminator left out. */
  readonly range: TextRange;
  /** First and last line, from 0. */
  readonly line: number;
  readonly endLine: number;
  /** How many list items it lies in. */
  readonly depth: number;
}

export interface HeadingBlock extends BlockBase {
  readonly kind: 'heading';
  readonly level: number;
  /** Without its marks. */
  readonly content: TextRange;
}

/** A list item's marker and first paragraph; what is nested in it are blocks of a greater depth. */
export interface ListItemBlock extends BlockBase {
  readonly kind: 'listItem';
  /** Of an ordered item, as written. */
  readonly number: number | undefined;
  /** The first paragraph, continuation lines included. */
  readonly content: TextRange;
}

export interface ParagraphBlock extends BlockBase {
  readonly kind: 'paragraph';
}

export interface FenceBlock extends BlockBase {
  readonly kind: 'fence';
  /** What follows the opening fence: `json`. */
  readonly info: string;
  /** The lines between the fences, their terminators included. */
  readonly body: TextRange;
}

export interface TableBlock extends BlockBase {
  readonly kind: 'table';
}

/** An HTML comment that begins a line. */
export interface CommentBlock extends BlockBase {
  readonly kind: 'comment';
}

/** A thematic break: `---`. */
export interface BreakBlock extends BlockBase {
  readonly kind: 'break';
}

export type Block =
  | HeadingBlock
  | ListItemBlock
  | ParagraphBlock
  | FenceBlock
  | TableBlock
  | CommentBlock
  | BreakBlock;

/** A list item that is still open: what is indented as far as its content lies in it. */
interface OpenItem {
  readonly indent: number;
  readonly contentColumn: number;
}

interface Source {
  readonly text: string;
  readonly lines: readonly Line[];
  /** The only state between two blocks. Empty after a block at column 0, so reading can resume there. */
  readonly open: OpenItem[];
}

/** The blocks of a text, in order, each line in at most one of them. Total and linear for any text. */
export function readBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  readBlocksFrom(text, readLines(text), 0, (block) => void blocks.push(block));
  return blocks;
}

/**
 * Reads blocks from a line on where nothing is open: the text's first, or a block that `isFresh`.
 * @param take Told each block; reading ends when it returns false.
 * @returns The line after the last block that was read.
 */
export function readBlocksFrom(
  text: string,
  lines: readonly Line[],
  from: number,
  take: (block: Block) => unknown,
): number {
  const source: Source = { text, lines, open: [] };
  let index = from;
  while (index < lines.length) {
    const line = lineAt(source, index);
    const block = line.blank ? undefined : readBlock(source, index, line);
    index = (block?.endLine ?? index) + 1;
    if (block !== undefined && take(block) === false) break;
  }
  return index;
}

/** Does what is read from a block on depend on nothing before it? So it is where no list item goes on. */
export function isFresh(block: Block, text: string): boolean {
  if (block.kind === 'listItem' || block.depth > 0) return false;
  const before = block.range.start - 1;
  return before < 0 || text[before] === '\n' || text[before] === '\r' || text[before] === '\uFEFF';
}

function lineAt(source: Source, index: number): Line {
  return source.lines[index] ?? { start: 0, end: 0, textStart: 0, indent: 0, blank: true };
}

function readBlock(source: Source, index: number, line: Line): Block {
  const marker = readMarker(source.text, line);
  if (marker !== undefined) {
    closeItems(source.open, line.indent, true);
    return readItem(source, index, line, marker);
  }
  closeItems(source.open, line.indent, false);
  return readLeaf(source, index, line);
}

/** @param near Is an item that begins two columns further in nested already? */
function closeItems(open: OpenItem[], indent: number, near: boolean): void {
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (indent >= top.contentColumn || (near && indent >= top.indent + 2)) return;
    open.pop();
  }
}

function readItem(
  source: Source,
  index: number,
  line: Line,
  marker: NonNullable<ReturnType<typeof readMarker>>,
): ListItemBlock {
  const depth = source.open.length;
  const fence = openingFence(source.text, marker.contentStart, line.end);
  let endLine = index;
  if (fence !== undefined) endLine = bodyEnd(source, index + 1, fence, marker.contentColumn).endLine;
  else if (marker.contentStart < line.end)
    endLine = paragraphEnd(source, index, 'item', marker.contentColumn);
  source.open.push({ indent: line.indent, contentColumn: marker.contentColumn });
  const end = lineAt(source, endLine).end;
  // Written out, not spread from `placed`: most blocks are items, and a spread costs as much as all the rest here.
  return {
    kind: 'listItem',
    range: { start: line.textStart, end },
    line: index,
    endLine,
    depth,
    number: marker.number,
    content: { start: marker.contentStart, end: fence === undefined ? end : line.end },
  };
}

function readLeaf(source: Source, index: number, line: Line): Block {
  const depth = source.open.length;
  const column = columnOf(source);
  const { text } = source;
  const heading = line.indent - column <= 3 ? headingContent(text, line) : undefined;
  if (heading !== undefined) return { kind: 'heading', ...placed(source, index, index, depth), ...heading };
  const fence = openingFence(text, line.textStart, line.end);
  if (fence !== undefined) {
    const { endLine, closed } = bodyEnd(source, index + 1, fence, column);
    const start = lineAt(source, index + 1).start;
    const body =
      endLine === index
        ? { start: line.end, end: line.end }
        : { start, end: endOfBody(source, endLine, closed) };
    return { kind: 'fence', ...placed(source, index, endLine, depth), info: fence.info, body };
  }
  if (text.startsWith('<!--', line.textStart)) {
    return { kind: 'comment', ...placed(source, index, commentEnd(source, index, line), depth) };
  }
  if (isBreak(text, line)) return { kind: 'break', ...placed(source, index, index, depth) };
  if (startsTable(source, index))
    return { kind: 'table', ...placed(source, index, tableEnd(source, index), depth) };
  return readParagraph(source, index, line, depth);
}

function endOfBody(source: Source, endLine: number, closed: boolean): number {
  const last = lineAt(source, endLine);
  return closed ? last.start : last.end;
}

function readParagraph(source: Source, index: number, line: Line, depth: number): Block {
  const column = columnOf(source);
  const last = paragraphEnd(source, index, 'paragraph', column);
  const underline = lineAt(source, last + 1);
  const level = last + 1 < source.lines.length ? underlineLevel(source.text, underline, column) : undefined;
  if (level === undefined) return { kind: 'paragraph', ...placed(source, index, last, depth) };
  const content = { start: line.textStart, end: lineAt(source, last).end };
  return { kind: 'heading', ...placed(source, index, last + 1, depth), level, content };
}

/** Of a paragraph at a column; a line left of it is text that goes on. */
function underlineLevel(text: string, line: Line, column: number): 1 | 2 | undefined {
  if (line.blank || line.indent < column || line.indent > column + 3) return undefined;
  const mark = text[line.textStart];
  if (mark !== '=' && mark !== '-') return undefined;
  const rest = text.slice(line.textStart, line.end).trimEnd();
  for (const character of rest) if (character !== mark) return undefined;
  return mark === '=' ? 1 : 2;
}

/** The last line of the paragraph that begins at a line, be it an item's or one of its own. */
function paragraphEnd(source: Source, index: number, where: 'item' | 'paragraph', column: number): number {
  let last = index;
  while (last + 1 < source.lines.length && continues(source, last + 1, where, column)) last++;
  return last;
}

function continues(
  source: Source,
  index: number,
  where: 'item' | 'paragraph' | 'table',
  column: number,
): boolean {
  const line = lineAt(source, index);
  const { text } = source;
  // A table does not go on left of its item.
  if (line.blank || (where === 'table' && line.indent < column)) return false;
  // Nearly every line that goes on begins with a letter, and so can begin a table at most.
  if (isLetter(text.charCodeAt(line.textStart)))
    return where === 'table' || line.indent < column || !startsTable(source, index);
  if (where === 'paragraph' && underlineLevel(text, line, column) !== undefined) return false;
  if (isBreak(text, line) || headingContent(text, line) !== undefined) return false;
  if (openingFence(text, line.textStart, line.end) !== undefined) return false;
  if (text.startsWith('<!--', line.textStart)) return false;
  // What is left of its item goes on as text, or begins something outside; a table it cannot begin.
  if (where !== 'table' && line.indent >= column && startsTable(source, index)) return false;
  const marker = readMarker(text, line);
  // CommonMark: in running text only a bullet or `1.` begins a list, so that a line may begin with a year.
  if (marker === undefined) return true;
  // Left of the item that the text lies in, it is that item's next sibling.
  const leaves = line.indent < column;
  return where === 'paragraph' && !leaves && marker.number !== undefined && marker.number !== 1;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Where the content of the innermost open item begins. */
function columnOf({ open }: Source): number {
  return open.at(-1)?.contentColumn ?? 0;
}

function startsTable(source: Source, index: number): boolean {
  if (index + 1 >= source.lines.length) return false;
  const next = lineAt(source, index + 1);
  if (next.blank || !isDelimiterRow(source.text, next)) return false;
  const line = lineAt(source, index);
  const pipe = source.text.indexOf('|', line.start);
  return pipe !== -1 && pipe < line.end;
}

function tableEnd(source: Source, index: number): number {
  let last = index + 1;
  while (last + 1 < source.lines.length && continues(source, last + 1, 'table', columnOf(source))) last++;
  return last;
}

function commentEnd(source: Source, index: number, line: Line): number {
  const close = source.text.indexOf('-->', line.textStart + 2);
  if (close === -1) return source.lines.length - 1;
  let last = index;
  while (lineAt(source, last).end < close) last++;
  return last;
}

function placed(source: Source, index: number, endLine: number, depth: number): BlockBase {
  const range = { start: lineAt(source, index).textStart, end: lineAt(source, endLine).end };
  return { range, line: index, endLine, depth };
}
