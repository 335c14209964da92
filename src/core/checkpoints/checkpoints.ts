/** The door to checkpoints: taking, looking, and going back. */
import type { AbortSignal } from '../util/abort';
import type { Event } from '../util/event';
import type { Cause, Checkpoint, PathChange, RestorePlan, RestoreScope } from './model';

export interface CheckpointFilter {
  readonly root?: string;
  readonly session?: string;
  readonly spec?: string;
  readonly run?: string;
}

export interface Checkpoints {
  /**
   * Never rejects and never blocks the work longer than its deadline: undefined, with a notice through `onDidFail`, where
   * no checkpoint could be taken.
   * @param touched Paths that edit tools changed, also ignored ones
   */
  take(
    root: string,
    cause: Cause,
    touched?: readonly string[],
    signal?: AbortSignal,
  ): Promise<Checkpoint | undefined>;
  /** Newest first. */
  list(filter?: CheckpointFilter): Promise<readonly Checkpoint[]>;
  /** @param to Undefined: the workspace as it is now. */
  diff(root: string, from: string, to?: string): Promise<readonly PathChange[]>;
  /** Undefined: no such file there. Bytes as text where they are UTF-8. */
  read(
    root: string,
    checkpoint: string,
    path: string,
  ): Promise<string | { readonly binary: number } | undefined>;
  plan(root: string, checkpoint: string, scope: RestoreScope): Promise<RestorePlan>;
  /**
   * Takes a checkpoint first. Resolves with that one: restoring it undoes the restore. Rejects with an `ActError` where the plan is stale.
   * @param plan As `plan` gave it, or with fewer `steps`: paths that the person left out stay as they are
   */
  restore(plan: RestorePlan): Promise<Checkpoint>;
  readonly onDidChange: Event<string>;
  /** Sentences for a person: why there is no checkpoint. */
  readonly onDidFail: Event<{ readonly root: string; readonly message: string }>;
}
