/** Where a comment stands in a text that may have changed since it was written. */
import { splitParts } from '../../spec/merge/parts';
import type { SpecDocument } from '../../spec/model';
import type { TextRange } from '../../util/textRange';
import type { Anchor } from './records';

/** Characters of a quote: enough to find it again, and short enough to show. */
const LONGEST = 300;

/** The part that a selection begins in, and the words selected; without a selection, the part's first line. */
export function anchorAt(document: SpecDocument, { start, end }: TextRange): Anchor {
  let at = 0;
  let anchor: Anchor = { part: '', quote: '' };
  for (const { id, number, words, gap } of splitParts(document)) {
    const next = at + number.length + words.length + gap.length;
    if (at <= start) {
      const whole = end > start ? document.text.slice(start, end) : (words.trim().split(/\r?\n/)[0] ?? '');
      anchor = { part: id, quote: whole.trim().slice(0, LONGEST) };
    }
    at = next;
  }
  return anchor;
}

/**
 * Where words that a person selected stand in the part around an offset, as it is drawn: without the marks of Markdown, and
 * with blanks for line ends. Where they do not stand in it so, it is about the part, and never about another.
 */
export function rangeOfWords(document: SpecDocument, start: number, words: string): TextRange {
  const exact = words.trim();
  const part = partAround(document, start);
  const text = document.text.slice(part.start, part.end);
  const at = exact === '' ? -1 : text.indexOf(exact, start - part.start);
  const found = at === -1 ? runOf(exact)?.exec(text) : { 0: exact, index: at };
  if (!found) return { start, end: start };
  return { start: part.start + found.index, end: part.start + found.index + found[0].length };
}

/** Its letters and digits, whatever stands between them; undefined where it has none. */
function runOf(words: string): RegExp | undefined {
  const runs = words.match(/[\p{L}\p{N}]+/gu);
  return runs === null ? undefined : new RegExp(runs.join('[^\\p{L}\\p{N}]+'), 'u');
}

function partAround(document: SpecDocument, offset: number): TextRange {
  let start = 0;
  for (const { number, words, gap } of splitParts(document)) {
    const end = start + number.length + words.length + gap.length;
    if (offset < end) return { start, end };
    start = end;
  }
  return { start, end: document.text.length };
}

export interface Placed {
  readonly range: TextRange;
  /** The words are no longer there: it stands where they were. */
  readonly lost: boolean;
  /** Nor is the part that they stood in. */
  readonly gone: boolean;
}

/**
 * Its words in its part; else its words where they stand once only, or where its part is no more: that is where it went;
 * else its part, as it now reads; else the beginning of the document.
 */
export function placeAnchor(document: SpecDocument, { part, quote }: Anchor): Placed {
  const { text } = document;
  const own = rangeOfPart(document, part);
  if (quote !== '') {
    const inside = own === undefined ? -1 : text.slice(0, own.end).indexOf(quote, own.start);
    const at = inside === -1 ? elsewhere(text, quote, own === undefined) : inside;
    if (at !== -1) return { range: { start: at, end: at + quote.length }, lost: false, gone: false };
  }
  return { range: own ?? { start: 0, end: 0 }, lost: true, gone: own === undefined };
}

/** -1: nowhere, or in several places of which none is known to be the one. */
function elsewhere(text: string, quote: string, takesFirst: boolean): number {
  const first = text.indexOf(quote);
  return takesFirst || text.indexOf(quote, first + 1) === -1 ? first : -1;
}

function rangeOfPart(document: SpecDocument, part: string): TextRange | undefined {
  let at = 0;
  for (const { id, number, words, gap } of splitParts(document)) {
    const start = at + number.length;
    const end = start + words.length;
    // The blank after a number is neither its own nor the words'.
    if (id === part) return { start: end - words.trimStart().length, end };
    at = end + gap.length;
  }
  return undefined;
}
