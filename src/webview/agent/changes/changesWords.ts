/** What is decided about changes so far, in numbers and choices. Pure. */
import type { Refused } from '../../../core/agent/changes/model';
import type { FileView } from '../../../core/agent/changes/view';

export function countPieces(files: readonly FileView[]): {
  readonly pieces: number;
  readonly refused: number;
} {
  const count = ({ byHunk, hunks }: FileView) => (byHunk ? hunks.length : 1);
  const out = (file: FileView) => {
    if (file.refused === undefined) return 0;
    return file.refused === 'all' || !file.byHunk ? count(file) : file.refused.length;
  };
  const sum = (of: (file: FileView) => number) => files.reduce((total, file) => total + of(file), 0);
  return { pieces: sum(count), refused: sum(out) };
}

export function isRefused({ refused }: FileView, hunk: number): boolean {
  return refused === 'all' || refused?.includes(hunk) === true;
}

/** The choice with one piece decided the other way; all of them are the whole file. */
export function toggled(file: FileView, hunk: number): Refused | undefined {
  const all = file.hunks.map((_, index) => index);
  const now = all.filter((index) => isRefused(file, index) !== (index === hunk));
  if (now.length === 0) return undefined;
  // A file that was moved stays where it is now, as long as that was not refused as well.
  return now.length === all.length && file.from === undefined ? 'all' : now;
}

const KINDS = { new: 'new', deleted: 'deleted', changed: '' } as const;

export function kindWord({ kind, from, isText }: FileView): string {
  const word = kind === 'moved' ? `moved from ${from}` : KINDS[kind];
  return isText ? word : [word, 'not text'].filter((part) => part !== '').join(', ');
}
