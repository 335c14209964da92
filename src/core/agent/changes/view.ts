/** A change set as it is shown: in pieces, each with where it is and what may be decided about it. Pure. */

import type { Changes } from './foldChanges';
import { hunksOf } from './hunks';
import type { ChangedFile, ChangeSet, Refused } from './model';

export interface HunkView {
  /** First lines, from 1, before and after. */
  readonly oldLine: number;
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export interface FileView {
  readonly path: string;
  readonly from: string | undefined;
  readonly kind: 'new' | 'deleted' | 'moved' | 'changed';
  readonly isText: boolean;
  /** Its pieces can be decided one by one; else only the whole file can. */
  readonly byHunk: boolean;
  readonly hunks: readonly HunkView[];
  readonly refused: Refused | undefined;
  /** Why it was not taken back. */
  readonly left: string | undefined;
}

export interface ChangesView {
  readonly state: ChangeSet['state'];
  readonly reviewed: boolean;
  readonly commands: boolean;
  readonly files: readonly FileView[];
}

type Pieces = Omit<FileView, 'refused' | 'left'>;

/** A file that stays the same in the set is not compared again. */
const known = new WeakMap<ChangedFile, Pieces>();

export function changesView({ set }: Changes): ChangesView | undefined {
  if (!set || set.files.length === 0) return undefined;
  const { state, reviewed, commands, files, refused, left } = set;
  return {
    state,
    reviewed,
    commands,
    files: files.map((file) => ({
      ...piecesOf(file),
      refused: refused[file.path],
      left: left.find(({ path }) => path === file.path)?.why,
    })),
  };
}

function piecesOf(file: ChangedFile): Pieces {
  const found = known.get(file) ?? compare(file);
  known.set(file, found);
  return found;
}

function compare({ path, from, before, after }: ChangedFile): Pieces {
  const isText = typeof before !== 'object' && typeof after !== 'object';
  const hunks = isText ? hunksOf(before ?? '', after ?? '') : [];
  const kind =
    from !== undefined ? 'moved' : before === undefined ? 'new' : after === undefined ? 'deleted' : 'changed';
  return {
    path,
    from,
    kind,
    isText,
    byHunk: typeof before === 'string' && typeof after === 'string' && hunks.length > 1,
    hunks: hunks.map(({ at, newAt, removed, added }) => ({
      oldLine: at + 1,
      line: newAt + 1,
      removed,
      added,
    })),
  };
}
