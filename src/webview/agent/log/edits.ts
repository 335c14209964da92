/** A change to a file, in words and rows. Pure. */
import type { FileEdit } from '../../../core/agent/session/events';
import { diffFile, type FileDiff } from '../../shared/diffRows';

/** A file that was moved is not a new one. */
export function diffOf({ before, after, from }: FileEdit): FileDiff {
  return diffFile(from === undefined ? before : after, after, 1);
}

export function verbOf({ before, after, from }: FileEdit): string | undefined {
  if (from !== undefined) return `moved from ${from}`;
  return before === undefined ? 'new' : after === undefined ? 'deleted' : undefined;
}

/** Each file of an act. */
export function editsOf(edit: FileEdit | undefined): readonly FileEdit[] {
  if (!edit?.also) return edit ? [edit] : [];
  const { also, ...first } = edit;
  return [first, ...also];
}
