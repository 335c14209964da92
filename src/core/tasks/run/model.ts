/**
 * A run of tasks: an append-only event log of its own under `~/.earshot`, beside those of its sessions. `RunState` is a fold
 * over it; panels, lenses, the tree, reports and the command line render that.
 */

import type { Pause } from '../../checkpoints/model';
import type { CheckResult, Evidence } from '../evidence/model';
import type { Selection } from '../plan/model';
import type { Span } from './spans';

export const RUN_VERSION = 1;

export interface RunOptions {
  readonly selection: Selection;
  /** Tasks side by side, each in a worktree of its own. 1: in the workspace itself. */
  readonly parallel: number;
  /** How often the agent may try one task, the first time included. It is told what was missing, in the same session. */
  readonly tries: number;
  /** USD; the run stops before it would be exceeded. */
  readonly budget?: number;
  /** A second session with a fresh context judges each task. */
  readonly reviewer: boolean;
}

/** What a run does where nobody says otherwise. */
export const RUN_OPTIONS: RunOptions = {
  selection: { kind: 'required' },
  parallel: 1,
  tries: 3,
  reviewer: false,
};

/** A task as it was when the run was planned. They stand in document order: so they begin, where more than one could. */
export interface RunTaskEntry {
  readonly key: string;
  readonly id: string | undefined;
  readonly title: string;
  readonly wave: number;
  readonly after: readonly string[];
  readonly optional: boolean;
  /** It was done when the run was planned, and is done again. */
  readonly again?: true;
}

/** Why a task is skipped, where the person said so. */
export const SKIPPED = 'You skipped it.';

export type TaskPhase =
  | 'waiting'
  | 'working'
  | 'checking'
  | 'reviewing'
  | 'merging'
  | 'done'
  /** The agent ended well and nothing proves it. */
  | 'unproven'
  | 'failed'
  | 'skipped'
  | 'stopped'
  /** It was worked on when the process of its run went away. Never in a log: `Runs` shows it so. */
  | 'interrupted';

/** Why a run waits for the person, with what they can do. */
export type Need =
  | { readonly kind: 'permission'; readonly session: string }
  /** Others go on without it: it can be tried again meanwhile. */
  | { readonly kind: 'failed'; readonly task: string }
  /** Its work does not fit to what was done beside it: nothing of it was taken over. */
  | { readonly kind: 'conflict'; readonly task: string; readonly paths: readonly string[] }
  /** The test that must fail before a bug is fixed does not, or one of those that come before the fix is not proved. */
  | { readonly kind: 'exploration'; readonly task: string }
  | { readonly kind: 'budget' };

type Body =
  | {
      readonly type: 'run.started';
      readonly version: number;
      readonly run: string;
      /** Counts the runs of a spec, from 1. */
      readonly number: number;
      readonly root: string;
      readonly spec: string;
      readonly options: RunOptions;
      readonly tasks: readonly RunTaskEntry[];
      readonly owner: string;
    }
  /** `budget`: what the whole run may cost from now on; null: nothing is said any more. */
  | { readonly type: 'run.resumed'; readonly owner: string; readonly budget?: number | null }
  /** So many tasks at a time, and not as many as were wanted: why. */
  | { readonly type: 'run.fewer'; readonly most: number; readonly reason: string }
  /** The machine slept since then, or this process did not come to its turn: nobody worked. */
  | { readonly type: 'run.slept'; readonly from: number }
  /** Tasks that somebody unknown had ticked: their boxes were opened again. */
  | { readonly type: 'run.reopened'; readonly tasks: readonly string[] }
  | { readonly type: 'run.paused' }
  | { readonly type: 'run.unpaused' }
  | { readonly type: 'run.stopping' }
  | { readonly type: 'task.started'; readonly task: string; readonly try: number; readonly hint?: string }
  | {
      readonly type: 'task.baseline';
      readonly task: string;
      readonly command: string;
      readonly result: CheckResult;
    }
  /**
   * The state of the workspace before its first try (what *Restore to Before* goes back to), when it was left, and when it
   * was begun again after that.
   */
  | {
      readonly type: 'task.checkpoint';
      readonly task: string;
      readonly when: 'before' | 'after' | 'again';
      readonly checkpoint: string;
    }
  | {
      readonly type: 'task.session';
      readonly task: string;
      readonly session: string;
      readonly role: 'work' | 'review' | 'merge';
    }
  | { readonly type: 'task.checking'; readonly task: string; readonly command: string }
  | { readonly type: 'task.judged'; readonly task: string; readonly evidence: Evidence }
  | { readonly type: 'task.merging'; readonly task: string }
  /** The copy in which it failed went, for another task: another try begins anew. */
  | { readonly type: 'task.dropped'; readonly task: string }
  | {
      readonly type: 'task.ended';
      readonly task: string;
      readonly phase: TaskPhase;
      readonly reason?: string;
      /** Skipped since it could not be found any more: it is open all the same. */
      readonly gone?: true;
    }
  | { readonly type: 'run.needs'; readonly need: Need }
  | { readonly type: 'run.answered'; readonly answer: string }
  | { readonly type: 'run.ended'; readonly status: 'done' | 'failed' | 'stopped'; readonly reason?: string };

/** `seq` from 0 without gaps; `at` in milliseconds since the epoch. */
export type RunEvent = Body & { readonly seq: number; readonly at: number };
export type RunEventBody = Body;

export interface RunningTask extends RunTaskEntry {
  readonly phase: TaskPhase;
  readonly reason: string | undefined;
  /** Skipped by nobody: it is not in tasks.md any more. */
  readonly gone?: true | undefined;
  readonly try: number;
  /** What the person added to this try, and how many sessions there were before. */
  readonly hint?: { readonly words: string; readonly after: number } | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** When it was worked on, in order. */
  readonly spans: readonly Span[];
  readonly sessions: readonly { readonly id: string; readonly role: 'work' | 'review' | 'merge' }[];
  /** What it changed is not kept any more, and is not in the workspace. */
  readonly dropped?: true | undefined;
  /** Of each try, in order. */
  readonly evidence: readonly Evidence[];
  readonly baseline: Readonly<Record<string, CheckResult>>;
  /** The command that runs now. */
  readonly checking: string | undefined;
  /** `after`: none while it is worked on again; `pauses`: where others may have worked between its tries. */
  readonly checkpoints: {
    readonly before?: string;
    readonly after?: string;
    readonly pauses?: readonly Pause[];
  };
}

export interface RunState {
  readonly id: string;
  readonly number: number;
  readonly root: string;
  readonly spec: string;
  readonly options: RunOptions;
  readonly owner: string;
  /** `interrupted`: its process is gone. */
  readonly status:
    | 'running'
    | 'paused'
    | 'stopping'
    | 'needsYou'
    | 'interrupted'
    | 'done'
    | 'failed'
    | 'stopped';
  /** What it waits for the person with, oldest first; `needOf` says which comes now. */
  readonly needs: readonly Need[];
  /** So many tasks at a time, where more were wanted, and why. */
  readonly fewer?: { readonly most: number; readonly reason: string } | undefined;
  /** Tasks, as a person calls them, that a program had ticked. */
  readonly reopened?: readonly string[] | undefined;
  readonly reason: string | undefined;
  readonly tasks: readonly RunningTask[];
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** When its log said something last: nobody knows of anything later where its process is gone. */
  readonly heardAt: number;
}
