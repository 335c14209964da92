/** Reads again only what an edit touched: a keystroke costs a few blocks, however long the document is. */
import type { TextRange } from '../util/textRange';
import { type Block, isFresh, readBlocks, readBlocksFrom } from './blocks';
import { readLines } from './lines';

export interface ReadText {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export interface UpdatedText extends ReadText {
  /** How many lines were read again. */
  readonly linesRead: number;
}

/** The same blocks as `readBlocks(text)`, made from those of an earlier text. */
export function updateBlocks(previous: ReadText, text: string): UpdatedText {
  if (text === previous.text) return { ...previous, linesRead: 0 };
  const start = commonStart(previous.text, text);
  const end = commonEnd(previous.text, text, start);
  const shift = text.length - previous.text.length;
  const lines = readLines(text);
  const first = restart(previous, start);
  const from = first === 0 ? 0 : (previous.blocks[first]?.line ?? 0);
  const blocks = previous.blocks.slice(0, first);
  /** The first old block that is as it was, and the one before which it may be found. */
  let next = firstAfter(previous.blocks, previous.text.length - end);
  let rest = previous.blocks.length;
  const to = readBlocksFrom(text, lines, from, (block) => {
    const was = block.range.start - shift;
    while (next < previous.blocks.length && (previous.blocks[next]?.range.start ?? 0) < was) next++;
    const same = previous.blocks[next];
    if (same?.range.start === was && isFresh(same, previous.text) && isFresh(block, text)) {
      rest = next;
      return false;
    }
    blocks.push(block);
    return true;
  });
  const lineShift =
    rest < previous.blocks.length
      ? lineOf(lines, (previous.blocks[rest]?.range.start ?? 0) + shift) - (previous.blocks[rest]?.line ?? 0)
      : 0;
  for (const block of previous.blocks.slice(rest)) blocks.push(moved(block, shift, lineShift));
  return { text, blocks, linesRead: to - from };
}

/** The last block from which reading can begin anew, with all that decided where it begins before the edit. */
function restart({ text, blocks }: ReadText, edit: number): number {
  for (let index = firstAfter(blocks, edit); index > 0; index--) {
    const block = blocks[index];
    const following = block === undefined ? undefined : endOfNextLine(text, block.range.start);
    if (block !== undefined && following !== undefined && following < edit && isFresh(block, text))
      return index;
  }
  return 0;
}

/** Where the line below the one at an offset ends: a paragraph's first line looks as far. */
function endOfNextLine(text: string, offset: number): number | undefined {
  const line = text.indexOf('\n', offset);
  const next = line === -1 ? -1 : text.indexOf('\n', line + 1);
  return next === -1 ? undefined : next;
}

/** The first block that begins at an offset or after it. */
function firstAfter(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.range.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineOf(lines: ReturnType<typeof readLines>, offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function moved(block: Block, shift: number, lines: number): Block {
  if (shift === 0 && lines === 0) return block;
  const range = movedRange(block.range, shift);
  const place = { range, line: block.line + lines, endLine: block.endLine + lines };
  switch (block.kind) {
    case 'heading':
    case 'listItem':
      return { ...block, ...place, content: movedRange(block.content, shift) };
    case 'fence':
      return { ...block, ...place, body: movedRange(block.body, shift) };
    default:
      return { ...block, ...place };
  }
}

function movedRange({ start, end }: TextRange, shift: number): TextRange {
  return { start: start + shift, end: end + shift };
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let count = 0;
  while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count++;
  return count;
}

/** Reads a text for the first time. */
export function readText(text: string): ReadText {
  return { text, blocks: readBlocks(text) };
}
