/**
 * Taking back what changed between two checkpoints in a file that others changed since: their lines stay, or all of it
 * where they cannot be told apart. Pure.
 */
import { mergeTexts, overlaps } from '../agent/changes/hunks';

/** As `Checkpoints.read` has it. */
export type Content = string | { readonly binary: number } | undefined;

export interface Versions {
  /** Before what is taken back. */
  readonly from: Content;
  /** After it. */
  readonly to: Content;
  readonly now: Content;
}

/** What the file is to say; `nothing`: nothing of it is left to take back; else why it stays as it is. */
export type TakenBack = { readonly text: string } | { readonly why: string } | 'nothing';

export function takeBack(path: string, { from, to, now }: Versions): TakenBack {
  if (now === undefined) return stays('It was deleted since');
  if (RECORDS.test(path) && from === undefined) return takeBack(path, { from: '', to, now });
  if (from === undefined) return stays('It was made then, and changed since');
  if (to === undefined) return stays('It was deleted then, and is there again');
  if (typeof from !== 'string' || typeof to !== 'string' || typeof now !== 'string')
    return stays('It was changed since, and is no text');
  const text = RECORDS.test(path)
    ? withoutRecords(from, to, now)
    : mergeTexts(to, now, from, LISTS.test(path) ? overlaps : undefined);
  if (text === undefined) return stays('The same lines, or lines beside them, were changed since');
  return text === now ? 'nothing' : { text };
}

function stays(why: string): TakenBack {
  return { why: `${why}, so it stays as it is now.` };
}

/** A box of a task stands in the line of another. */
const LISTS = /(?:^|\/)tasks\.md$/;

/** They say how records merge, and are for those of all tasks. */
export function isForRecords(path: string): boolean {
  return /(?:^|\/)\.earshot\/\.gitattributes$/.test(path);
}

/** One a line, in any order. */
const RECORDS = /(?:^|\/)\.earshot\/[^/]+\.jsonl$/;

function withoutRecords(from: string, to: string, now: string): string {
  const lines = (text: string) => text.split(/(?<=\n)/).filter((line) => line !== '');
  const [before, after, is] = [from, to, now].map((text) => new Set(lines(text)));
  const kept = lines(now).filter((line) => before?.has(line) || !after?.has(line));
  const back = lines(from).filter((line) => !after?.has(line) && !is?.has(line));
  return [...kept, ...back].join('');
}
