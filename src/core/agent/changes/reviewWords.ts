/** What a review came to, for the person who reads the conversation later. */
import type { ChangeSet, LeftFile, Refused } from './model';

const MOST_NAMES = 5;

export function reviewInWords(
  { files, refused }: Pick<ChangeSet, 'files' | 'refused'>,
  left: readonly LeftFile[],
): string {
  const back = files.filter(({ path }) => refused[path] !== undefined).map(({ path }) => path);
  const count = files.length === 1 ? 'one file' : `${files.length} files`;
  if (back.length === 0) return `Reviewed: the changes of ${count} are kept.`;
  const isAll = back.length === files.length && back.every((path) => refused[path] === 'all');
  const names = named(back.map((path) => piecesOf(path, refused[path] ?? 'all')));
  const rest = isAll ? '' : ' The rest is kept.';
  const stays =
    left.length === 0
      ? ''
      : ` Not taken back, since it was changed meanwhile: ${named(left.map(({ path }) => path))}.`;
  return `Reviewed: refused ${isAll && back.length > 1 ? `the changes of ${count}` : names}.${rest}${stays}`;
}

function piecesOf(path: string, refused: Refused): string {
  if (refused === 'all') return path;
  return `${refused.length === 1 ? 'one piece' : `${refused.length} pieces`} of ${path}`;
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
