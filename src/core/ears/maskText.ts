import { hideComments } from '../markdown/comments';
import type { TextRange } from '../util/textRange';

/** Stands for a hidden character: neither letter, space nor punctuation that the grammar knows. */
export const HIDDEN = '\u00A4';

const LITERALS =
  /`+[^`]*`+|"[^"]{0,300}"|“[^“”]{0,300}”|「[^「」]{0,300}」|‘[^‘’]{1,100}’|(?<![\p{L}\p{N}])'[^'\r\n]{1,60}'(?![\p{L}\p{N}])/gu;
const FULL_WIDTH: Readonly<Record<string, string>> = {
  '，': ',',
  '、': ',',
  '；': ';',
  '：': ':',
  '。': '.',
};

/** What may begin something that is hidden, or is written otherwise for the grammar. */
const MAY_HIDE = /[`"“「‘'<]/;
const MAY_CHANGE = /[`"“「‘'<(（*，、；：。]|[^\S ]/;
/** A sentence may go on in the items of a list: `- **THEN** …`. */
const MARKER = /([\r\n][ \t]*)([-+](?=[ \t])(?:[ \t]+\[[ xX]\](?=[ \t]))?)/g;

/**
 * Hides code and quoted text, which mean what they say and are no part of the grammar; of comments nothing is
 * left but blanks. Same length.
 */
export function maskLiterals(text: string): string {
  if (!MAY_HIDE.test(text)) return text;
  return hideComments(text, ' ').replace(LITERALS, (literal) => HIDDEN.repeat(literal.length));
}

/**
 * The text as the grammar sees it, of the same length: code, quoted text and parentheses hidden, comments,
 * emphasis and line breaks as spaces, full-width punctuation as ASCII.
 */
export function maskText(text: string): string {
  // Most sentences are plain: then this is all that masking costs.
  if (!MAY_CHANGE.test(text)) return text;
  const plain = withoutMarkers(maskLiterals(text)).replace(
    /[\s*]|[，、；：。]/g,
    (character) => FULL_WIDTH[character] ?? ' ',
  );
  return /[(（]/.test(plain) ? hideParentheses(plain) : plain;
}

function withoutMarkers(text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  return text.replace(MARKER, (_, before: string, marker: string) => before + ' '.repeat(marker.length));
}

/** Hides balanced parentheses; one that is never closed hides nothing. */
function hideParentheses(text: string): string {
  const open: number[] = [];
  /** Outermost pairs so far. */
  const pairs: TextRange[] = [];
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '(' || character === '（') open.push(index);
    const start = character === ')' || character === '）' ? open.pop() : undefined;
    if (start === undefined) continue;
    while ((pairs.at(-1)?.start ?? -1) > start) pairs.pop();
    pairs.push({ start, end: index + 1 });
  }
  let result = '';
  let copied = 0;
  for (const { start, end } of pairs) {
    result += text.slice(copied, start) + HIDDEN.repeat(end - start);
    copied = end;
  }
  return result + text.slice(copied);
}
