/** What a review comes to, for the model: it is told with its next message. */
import { hunksOf } from './hunks';
import type { ChangedFile, ChangeSet, Choices, Refused } from './model';

const MOST = 4000;

/** Nothing where nothing was refused: then there is nothing to know. */
export function tellReview({ files, left }: Pick<ChangeSet, 'files' | 'left'>, refused: Choices): string {
  const back = files.filter(({ path }) => refused[path] !== undefined);
  if (back.length === 0) return '';
  const kept = files.filter(({ path }) => refused[path] === undefined).map(({ path }) => path);
  const lines = back.map((file) => {
    const why = left.find(({ path }) => path === file.path)?.why;
    const state = why === undefined ? '' : ' (not taken back: the person changed the file meanwhile)';
    return `- ${describe(file, refused[file.path] ?? [])}${state}`;
  });
  const text = [
    'The person reviewed what you changed. Refused, and taken back on the disk:',
    ...lines,
    ...(kept.length > 0 ? [`Kept: ${kept.join(', ')}.`] : []),
    'Do not make the refused changes again unless you are asked to. Read a file again before you edit it.',
  ].join('\n');
  return text.length <= MOST ? text : `${text.slice(0, MOST)}…\n(The rest is left out.)`;
}

function describe(file: ChangedFile, refused: Refused): string {
  const { path, from, before, after } = file;
  if (refused === 'all' || typeof before !== 'string' || typeof after !== 'string') {
    if (from !== undefined) return `${path}: it is at ${from} again, as it was`;
    if (before === undefined) return `${path}: the new file is gone`;
    return after === undefined ? `${path}: it is not deleted` : `${path}: all of it`;
  }
  const hunks = hunksOf(before, after);
  const parts = refused.flatMap((index) => {
    const hunk = hunks[index];
    if (!hunk) return [];
    const signed = [...hunk.removed.map((line) => `-${line}`), ...hunk.added.map((line) => `+${line}`)];
    return [signed.map((line) => `  ${line.replace(/\r?\n$/, '')}`).join('\n')];
  });
  return `${path}, only these lines:\n${parts.join('\n  …\n')}`;
}
