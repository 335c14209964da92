/** What it takes to bring the work of a task into the workspace, beside what others did there meanwhile. */
import type { AbortSignal } from '../../util/abort';

/** A file that two sides changed. Undefined: it is not there, or no text. */
export interface Versions {
  readonly path: string;
  readonly base: string | undefined;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/** Of one task: where it was worked on, what is to be brought in lies, as it will be in the workspace. */
export interface Bringing {
  /** Runs the task's checks there. @returns what is worse than it was with the task alone, in sentences */
  check(signal: AbortSignal): Promise<readonly string[]>;
  /** Has the files put right, which hold both versions between marks. Rejects with an `ActError` where nobody can. */
  resolve(clashes: readonly Versions[], signal: AbortSignal): Promise<void>;
  /** The workspace is about to be written to. */
  readonly beforeWriting: () => Promise<void>;
}

/** `conflict`: paths that do not fit; nothing was written. */
export type Brought = 'merged' | { readonly conflict: readonly string[]; readonly reason: string };
