/** Inserts, removes and moves whole lines among their likes: criteria of a list, requirements, tasks. */
import { applyEdits, type TextEdit, type TextRange } from '../../util/textRange';

/** Where something stands: from the start of its first line to the end of its last, terminator left out. */
export type Lines = TextRange;

export function linesAround(text: string, { start, end }: TextRange): Lines {
  return { start: lineStart(text, start), end: lineEnd(text, end) };
}

/** A byte order mark is no part of the first line. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !'\r\n\uFEFF'.includes(text.charAt(start - 1))) start--;
  return start;
}

function lineEnd(text: string, offset: number): number {
  const rest = text.slice(offset).search(/[\r\n]/);
  return rest === -1 ? text.length : offset + rest;
}

export function eolOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}

/**
 * Puts lines before those at a position, from 0; after all others for any greater.
 * @param close Where something else stands between two of them: next to which of both.
 */
export function insertLines(
  text: string,
  likes: readonly Lines[],
  position: number,
  words: string,
  gap = gapOf(text, likes),
  close: 'above' | 'below' = 'above',
): TextEdit {
  const before = likes[Math.min(position, likes.length) - 1];
  const after = likes[position];
  if (
    after !== undefined &&
    (before === undefined || close === 'below' || isBlank(text.slice(before.end, after.start)))
  )
    return { range: { start: after.start, end: after.start }, newText: words + gap };
  const at = before?.end ?? text.length;
  return { range: { start: at, end: at }, newText: gap + words };
}

/** Takes lines out, with the blank ones after them, or before them where something else follows. */
export function removeLines(
  text: string,
  likes: readonly Lines[],
  index: number,
): TextEdit & { /** The blank lines. */ readonly gap: string } {
  const { start, end } = likes[index] ?? { start: 0, end: 0 };
  const rest = text.slice(end).search(/\S/);
  const next = rest === -1 ? text.length : lineStart(text, end + rest);
  if (likes.some((like) => like.start === next) || isBlank(text.slice(0, start)))
    return { range: { start, end: next }, newText: '', gap: text.slice(end, next) };
  const previous = Math.min(lineEnd(text, text.slice(0, start).trimEnd().length), start);
  return { range: { start: previous, end }, newText: '', gap: text.slice(previous, start) };
}

/**
 * Moves lines to a position among others, or among their own: right above or below the one that they pass.
 * @param edits Of the same text. Those of the lines that move go along.
 */
export function moveLines(
  text: string,
  from: { readonly likes: readonly Lines[]; readonly index: number },
  to: { readonly likes: readonly Lines[]; readonly position: number },
  edits: readonly TextEdit[],
): readonly TextEdit[] {
  const lines = from.likes[from.index] ?? { start: 0, end: 0 };
  const within = ({ range }: TextEdit) => lines.start <= range.start && range.end <= lines.end;
  const { gap, ...removal } = removeLines(text, from.likes, from.index);
  const likes = to.likes.filter(({ start }) => start !== lines.start);
  const words = textWith(text, lines, edits.filter(within));
  const own = likes.length < to.likes.length;
  const upwards = own && to.position < from.index;
  // Among its own it keeps the blank lines that it had; elsewhere it gets those of the others.
  const between = gap !== '' && (own || likes.length === 1) ? gap : gapOf(text, likes);
  const insertion = insertLines(text, likes, to.position, words, between, upwards ? 'below' : 'above');
  return [...edits.filter((edit) => !within(edit)), removal, insertion];
}

/** A piece of a text as edits that lie in it leave it. */
export function textWith(text: string, { start, end }: TextRange, edits: readonly TextEdit[]): string {
  const shifted = edits.map(({ range, newText }) => ({
    range: { start: range.start - start, end: range.end - start },
    newText,
  }));
  return applyEdits(text.slice(start, end), shifted);
}

/** What stands between two of them: one line break in a tight list, more in a loose one. */
function gapOf(text: string, likes: readonly Lines[]): string {
  const gaps = likes.flatMap(({ end }, index) => {
    const next = likes[index + 1];
    return next === undefined ? [] : [text.slice(end, next.start)];
  });
  return gaps.find(isBlank) ?? eolOf(text);
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
