/** The workspace as it was at a moment, kept in a store outside of it. */

/** What it was taken for. */
export type Cause =
  /**
   * Before the agent acts on the person's words. `turn`: number of the event that holds them (`seq` of `user`), so that
   * `Sessions.fork(session, turn)` is the conversation at that moment.
   */
  | { readonly kind: 'turn'; readonly session: string; readonly turn: number }
  | {
      readonly kind: 'task';
      readonly run?: string;
      readonly session?: string;
      readonly spec: string;
      readonly task: string;
      readonly when: 'before' | 'after';
    }
  | {
      readonly kind: 'hook';
      readonly hook: string;
      readonly session?: string;
      readonly when: 'before' | 'after';
    }
  /** Taken before a restore, so that the restore can be undone. */
  | { readonly kind: 'restore'; readonly of: string }
  | { readonly kind: 'person'; readonly label: string };

export interface Checkpoint {
  /** Names the snapshot in the store; the same for the same files. */
  readonly id: string;
  readonly root: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cause: Cause;
  /** Where the user's own repository stood: the commit of HEAD, and the branch. Undefined where there is none. */
  readonly head?: string;
  /** What the turn or the hook left when it was over, as an id: *what it changed* lies between `id` and this. Undefined while it works. */
  readonly after?: string;
  /** Against the checkpoint before it. */
  readonly changed: number;
  /** What could not be kept, and why: `dist/video.mp4: larger than 100 MB`. */
  readonly left: readonly string[];
}

export interface PathChange {
  /** Below the workspace folder. */
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted' | 'mode';
}

/** What a restore would do to one path. */
export interface RestoreStep extends PathChange {
  /** Not as any checkpoint left it: a person, or a program nobody watched, changed it since. */
  readonly byPerson: boolean;
  /** Others changed it since what is taken back: what they did stays. */
  readonly partly?: true;
}

/** All of it, these files, or what one task or turn changed. */
export type RestoreScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  /**
   * Takes back what changed between two checkpoints, and keeps what came after: other files, and other lines; and what was
   * done in the `pauses`, in the order in which they were.
   */
  | {
      readonly kind: 'between';
      readonly from: string;
      readonly to: string;
      readonly pauses?: readonly Pause[] | undefined;
    };

/** Checkpoints between which a task lay still: what differs between them is nobody's work of it. */
export interface Pause {
  readonly left: string;
  readonly again: string;
}

export interface RestorePlan {
  readonly checkpoint: string;
  readonly root: string;
  readonly scope: RestoreScope;
  readonly steps: readonly RestoreStep[];
  /** What files are to say of which only a part is taken back, by path. */
  readonly texts: Readonly<Record<string, string>>;
  /** The workspace as it was when this was planned: where a step's file is another since, the plan is stale. */
  readonly now: string;
  /** Sentences that a person should know before: a rebase is in progress, another branch is checked out than then. */
  readonly notes: readonly string[];
  /** Paths that cannot be restored, and why. */
  readonly refused: readonly { readonly path: string; readonly why: string }[];
}
