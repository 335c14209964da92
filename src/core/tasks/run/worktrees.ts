/** Copies of the workspace, each for one task, and ways to bring what a task did there into the workspace. */
import type { PathChange } from '../../checkpoints/model';
import type { AbortSignal } from '../../util/abort';
import type { CopySize } from './copyLimits';

/** All files of the workspace's repository at a moment, kept in a store of ours. Equal names, equal files. */
export type TreeId = string;

export interface Worktree {
  readonly name: string;
  /** The folder that stands for the workspace folder. */
  readonly root: string;
  /** What it began with. */
  readonly base: TreeId;
  /** Made just now: nothing of an earlier try is in it. */
  readonly isFresh: boolean;
}

export interface TreeConflict {
  /** Below the workspace folder; `../x` where it lies beside it. */
  readonly path: string;
  /** `lines`: the merged tree holds the file with both versions between marks. `whole`: it holds the workspace's. */
  readonly kind: 'lines' | 'whole';
}

export interface MergedTree {
  readonly tree: TreeId;
  readonly conflicts: readonly TreeConflict[];
}

/** Of one run. Paths are relative to the workspace folder. */
export interface WorktreeStore {
  /** What a copy takes. It is counted no further than to `most`. */
  size(most: CopySize, signal?: AbortSignal): Promise<CopySize>;
  /** The workspace as it is now. */
  snapshot(signal?: AbortSignal): Promise<TreeId>;
  /** A copy of the workspace as it is now; one that a process of this run left behind is found again as it stands. */
  take(name: string, signal?: AbortSignal): Promise<Worktree>;
  /** What a worktree holds now. */
  capture(worktree: Worktree, signal?: AbortSignal): Promise<TreeId>;
  /** What it holds when its task is over: told to the disk, and the same however often it is asked for. */
  finish(worktree: Worktree, signal?: AbortSignal): Promise<TreeId>;
  /** What was done between `base` and `theirs`, done to `ours`. Specs and evidence are none of a task's: `ours` stays. */
  merge(base: TreeId, ours: TreeId, theirs: TreeId, signal?: AbortSignal): Promise<MergedTree>;
  /** Makes a worktree hold this tree, right after it was captured. */
  show(worktree: Worktree, tree: TreeId, signal?: AbortSignal): Promise<void>;
  /**
   * Writes what differs between two trees to the workspace, all of it or nothing. @returns paths that stand there
   * otherwise than in `from`: then nothing was written
   */
  apply(from: TreeId, to: TreeId): Promise<readonly string[]>;
  changes(from: TreeId, to: TreeId): Promise<readonly PathChange[]>;
  /** Undefined: no such file there. */
  read(tree: TreeId, path: string): Promise<string | { readonly binary: number } | undefined>;
  /** Never rejects. */
  remove(worktree: Pick<Worktree, 'name'>): Promise<void>;
  /** Removes all of it. Never rejects. */
  close(): Promise<void>;
  /** Leaves it for this run to go on with, until another run of this workspace begins, side by side or not. Never rejects. */
  leave(): Promise<void>;
}

export interface Worktrees {
  /** Rejects with an `ActError` that says why there can be none here. Goes on with what this run left behind. */
  open(root: string, run: string, signal?: AbortSignal): Promise<WorktreeStore>;
  /**
   * A merge that a dead process left half done is taken back. Never rejects.
   * @param run A run that begins: what others left to go on with is removed
   */
  settle(root: string, run?: string): Promise<void>;
}
