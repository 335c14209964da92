/**
 * A change to a text as pieces that can be taken or left, each by itself. Lines keep their ends, so that a text without
 * a last one, or with two kinds of them, comes out as it went in.
 */
import { diffArrays } from 'diff';

export interface Hunk {
  /** Lines of the text before that come first. */
  readonly at: number;
  /** And of the text after. */
  readonly newAt: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The cost of a comparison grows with the square of this: beyond it a change is one hunk. */
const MAX_EDITS = 2000;
/** Unchanged lines between two changes that make them one: a blank line, a brace. */
const NEAR = 1;

/** Changes that stand close together are one hunk. */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const lines = linesOf(before);
  const hunks: Hunk[] = [];
  for (const change of changesOf(lines, linesOf(after))) {
    const last = hunks.at(-1);
    const end = last ? last.at + last.removed.length : 0;
    if (last && change.at - end <= NEAR) hunks.splice(-1, 1, join(last, change, lines.slice(end, change.at)));
    else hunks.push(change);
  }
  return hunks;
}

function join(first: Hunk, second: Hunk, between: readonly string[]): Hunk {
  const { at, newAt } = first;
  return {
    at,
    newAt,
    removed: [...first.removed, ...between, ...second.removed],
    added: [...first.added, ...between, ...second.added],
  };
}

/** The text before with these of its hunks. All of them: the text after, to the last byte. */
export function withHunks(before: string, hunks: readonly Hunk[], takes: (index: number) => boolean): string {
  const lines = linesOf(before);
  const out: string[] = [];
  let from = 0;
  for (const [index, { at, removed, added }] of hunks.entries()) {
    out.push(...lines.slice(from, at), ...(takes(index) ? added : removed));
    from = at + removed.length;
  }
  return [...out, ...lines.slice(from)].join('');
}

/**
 * What two made of one text, together; undefined where both changed the same lines, or lines beside each other.
 * @param clash Of two changes, where lines beside each other may be by two
 */
export function mergeTexts(
  base: string,
  ours: string,
  theirs: string,
  clash: (a: Hunk, b: Hunk) => boolean = touches,
): string | undefined {
  if (ours === theirs || base === theirs) return ours;
  if (base === ours) return theirs;
  const lines = linesOf(base);
  const mine = changesOf(lines, linesOf(ours));
  const other = changesOf(lines, linesOf(theirs)).filter((hunk) => !mine.some((each) => isSame(each, hunk)));
  if (mine.some((hunk) => other.some((each) => clash(hunk, each)))) return undefined;
  const all = [...mine, ...other].sort((a, b) => a.at - b.at);
  return withHunks(base, all, () => true);
}

function isSame(a: Hunk, b: Hunk): boolean {
  return a.at === b.at && a.removed.length === b.removed.length && a.added.join('') === b.added.join('');
}

function touches(a: Hunk, b: Hunk): boolean {
  return a.at <= b.at + b.removed.length && b.at <= a.at + a.removed.length;
}

/** For lists, where each line stands for itself: lines that are replaced clash with none beside them. */
export function overlaps(a: Hunk, b: Hunk): boolean {
  if (a.removed.length === 0 || b.removed.length === 0) return touches(a, b);
  return a.at < b.at + b.removed.length && b.at < a.at + a.removed.length;
}

/** Runs of changed lines, none beside another. */
function changesOf(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  const found = diffArrays([...before], [...after], { maxEditLength: MAX_EDITS });
  if (!found) return [wholeChange(before, after)];
  const hunks: Hunk[] = [];
  let [at, newAt] = [0, 0];
  let open: { at: number; newAt: number; removed: string[]; added: string[] } | undefined;
  for (const { value, added, removed } of found) {
    if (!added && !removed) {
      open = undefined;
      at += value.length;
      newAt += value.length;
      continue;
    }
    if (!open) {
      open = { at, newAt, removed: [], added: [] };
      hunks.push(open);
    }
    open[added ? 'added' : 'removed'].push(...value);
    if (added) newAt += value.length;
    else at += value.length;
  }
  return hunks;
}

/** What is the same at both ends is left out. */
function wholeChange(before: readonly string[], after: readonly string[]): Hunk {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at++;
  let tail = 0;
  while (tail < most - at && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    at,
    newAt: at,
    removed: before.slice(at, before.length - tail),
    added: after.slice(at, after.length - tail),
  };
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
