/** A change to a text as rows to draw: unchanged stretches are folded, changed words are marked. Pure. */
import { diffWordsWithSpace, structuredPatch } from 'diff';

/** A piece of a line; `changed` words are marked inside a changed line. */
export interface DiffPart {
  readonly text: string;
  readonly changed: boolean;
}

export type DiffRow =
  | {
      readonly kind: 'same' | 'added' | 'removed';
      /** Line number from 1: in the new text, for removed lines in the old one. */
      readonly line: number;
      readonly parts: readonly DiffPart[];
    }
  /** Lines left out. */
  | { readonly kind: 'gap'; readonly lines: number };

type LineRow = Exclude<DiffRow, { readonly kind: 'gap' }>;

export interface FileDiff {
  readonly added: number;
  readonly removed: number;
  /** Undefined: the texts differ too much to compare here. */
  readonly rows: readonly DiffRow[] | undefined;
}

// The cost grows with its square: at this size it is a tenth of a second.
const MAX_EDITS = 1000;
const MAX_WORD_LINE = 400;

/** @param context unchanged lines that stay around a change */
export function diffFile(before: string | undefined, after: string | undefined, context = 2): FileDiff {
  const options = { context, maxEditLength: MAX_EDITS };
  const patch = structuredPatch('', '', before ?? '', after ?? '', '', '', options);
  if (!patch) return { added: countLines(after), removed: countLines(before), rows: undefined };
  const rows: DiffRow[] = [];
  let next = 1;
  for (const hunk of patch.hunks) {
    // An empty side begins at line 0 in a patch.
    const start = Math.max(1, hunk.newStart);
    if (start > next) rows.push({ kind: 'gap', lines: start - next });
    rows.push(...markWords(lineRows(hunk.lines, hunk.oldStart, start)));
    next = start + hunk.newLines;
  }
  const left = countLines(after) - next + 1;
  if (left > 0 && rows.length > 0) rows.push({ kind: 'gap', lines: left });
  const count = (kind: DiffRow['kind']): number => rows.filter((row) => row.kind === kind).length;
  return { added: count('added'), removed: count('removed'), rows };
}

function countLines(text: string | undefined): number {
  if (!text) return 0;
  const lines = text.split('\n').length;
  return text.endsWith('\n') ? lines - 1 : lines;
}

function lineRows(lines: readonly string[], oldStart: number, newStart: number): LineRow[] {
  let oldLine = oldStart;
  let newLine = newStart;
  const rows: LineRow[] = [];
  for (const line of lines) {
    const parts = [{ text: line.slice(1), changed: false }];
    if (line.startsWith('-')) rows.push({ kind: 'removed', line: oldLine++, parts });
    else if (line.startsWith('+')) rows.push({ kind: 'added', line: newLine++, parts });
    else if (line.startsWith(' ')) {
      rows.push({ kind: 'same', line: newLine++, parts });
      oldLine++;
    }
  }
  return rows;
}

/** Marks words where a run of removed lines is followed by as many added ones. */
function markWords(rows: readonly LineRow[]): LineRow[] {
  const result = [...rows];
  for (let i = 0; i < rows.length; ) {
    const removed = runOf(rows, i, 'removed');
    const added = runOf(rows, i + removed, 'added');
    if (removed > 0 && removed === added) {
      for (let k = i; k < i + removed; k++) markPair(result, k, k + removed);
    }
    i += Math.max(1, removed + added);
  }
  return result;
}

function runOf(rows: readonly LineRow[], from: number, kind: LineRow['kind']): number {
  let count = 0;
  while (rows[from + count]?.kind === kind) count++;
  return count;
}

function markPair(rows: LineRow[], oldAt: number, newAt: number): void {
  const before = rows[oldAt];
  const after = rows[newAt];
  if (!before || !after) return;
  const [left, right] = [textOf(before), textOf(after)];
  if (left.length > MAX_WORD_LINE || right.length > MAX_WORD_LINE) return;
  const words = diffWordsWithSpace(left, right);
  const kept = words
    .filter((word) => !word.added && !word.removed)
    .reduce((sum, word) => sum + word.value.trim().length, 0);
  // Lines with little in common are two lines, not one that was changed.
  if (kept * 2 < Math.min(left.trim().length, right.trim().length)) return;
  const parts = (side: 'added' | 'removed'): DiffPart[] =>
    words
      .filter((word) => word[side] || (!word.added && !word.removed))
      .map((word) => ({ text: word.value, changed: word[side] }));
  rows[oldAt] = { ...before, parts: parts('removed') };
  rows[newAt] = { ...after, parts: parts('added') };
}

function textOf(row: LineRow): string {
  return row.parts.map((part) => part.text).join('');
}
