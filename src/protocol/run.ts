/** Messages between the extension and the run panel. One shape each way; see `channel.ts`. */
import type { Selection } from '../core/tasks/plan/model';
import type { RunState, TaskPhase } from '../core/tasks/run/model';
import type { Span } from '../core/tasks/run/spans';

export type RunTone = 'ok' | 'warn' | 'err' | 'dim' | 'plain';

/** What is chosen before a run begins. */
export interface RunChoices {
  readonly selection: Exclude<Selection, { readonly kind: 'task' }>;
  readonly parallel: number;
  /** How often the agent may try one task. */
  readonly tries: number;
  readonly reviewer: boolean;
  /** USD; undefined: none of its own. */
  readonly budget?: number | undefined;
}

export interface RunRow {
  readonly key: string;
  readonly id: string | undefined;
  readonly title: string;
  readonly optional: boolean;
  /**
   * `planned` before the run, `left` where the run leaves it out. As tasks.md says since: `reopened`, it was done and its
   * box is open; `ticked`, it was not and its box is ticked.
   */
  readonly phase: TaskPhase | 'planned' | 'left' | 'reopened' | 'ticked';
  /** When it was worked on. */
  readonly spans: readonly Span[];
  /** `$0.18`, `9 tests`. */
  readonly facts: readonly string[];
}

export interface RunWave {
  /** From 1. */
  readonly number: number;
  readonly rows: readonly RunRow[];
}

export interface CheckRow {
  readonly name: string;
  /** It is a command. */
  readonly command: boolean;
  readonly before: string;
  readonly after: string;
  readonly verdict: string;
  readonly tone: RunTone;
}

/** A file below the workspace folder, maybe with a line. */
export interface RunPlace {
  readonly path: string;
  readonly line?: number;
}

export interface RunFile {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted';
  readonly added: number;
  readonly removed: number;
  readonly outside: boolean;
}

export interface RunCriterion {
  readonly id: string;
  readonly proved: boolean;
  /** Why not, or which tests. */
  readonly why: string;
}

export interface ReviewLine {
  readonly id: string;
  readonly met: boolean;
  readonly why: string;
  readonly places: readonly string[];
}

export type RunAct = 'retry' | 'from' | 'changes' | 'restore' | 'skip' | 'session' | 'evidence' | 'markDone';

export interface RunDetail {
  readonly task: string;
  /** `Ticked`, `Not ticked`, `Open again`, `Ticked since`; undefined while it is open whether it will be. */
  readonly tag: string | undefined;
  readonly verdict: { readonly claim: string | undefined; readonly says: string; readonly why: string };
  readonly checks: readonly CheckRow[];
  /** Of the check that failed. */
  readonly output:
    | { readonly command: string; readonly text: string; readonly places: readonly RunPlace[] }
    | undefined;
  readonly files: readonly RunFile[];
  /** Of before the task: milliseconds since the epoch, or undefined where the time is not known. */
  readonly checkpoint: { readonly at: number | undefined } | undefined;
  readonly criteria: readonly RunCriterion[];
  /** Ways to a green check without the work, with what was seen. */
  readonly suspicions: readonly string[];
  readonly review: readonly ReviewLine[];
  /** `Try 1: Two tests failed.` */
  readonly earlier: readonly string[];
  /** Of a task that is yet to begin: what it is about. */
  readonly planned: { readonly boundary: readonly string[]; readonly checks: readonly string[] } | undefined;
  readonly acts: readonly RunAct[];
}

/** What the person should do next, in a sentence. */
export interface RunNotice {
  readonly tone: RunTone;
  readonly words: string;
  /** Task to look at. */
  readonly task: string | undefined;
  readonly act: 'session' | 'goOn' | 'retry' | undefined;
}

/** Before there is a run: what it would do, or that nothing is left. */
export type RunPanelStatus = 'plan' | 'nothing' | RunState['status'];

/** A requirement or a task that may be chosen. */
export interface RunOffer {
  readonly key: string;
  readonly words: string;
}

export interface RunPlanView {
  readonly choices: RunChoices;
  /** Of which *everything that covers it* can be run. */
  readonly requirements: readonly RunOffer[];
  /** From which can be begun again. */
  readonly tasks: readonly RunOffer[];
  /** Why there is nothing to run. */
  readonly empty: string | undefined;
  /** `about 25 min and $2.10, by earlier tasks`. */
  readonly estimate: string | undefined;
  /** What it may touch: the boundaries of its tasks, or that there are none. */
  readonly touches: string;
  readonly checks: readonly { readonly command: string; readonly source: string }[];
  readonly budget: string | undefined;
  /** What stands in the way, at its line. */
  readonly findings: readonly { readonly message: string; readonly line: number; readonly error: boolean }[];
}

export interface RunPanelModel {
  readonly spec: string;
  /** Its folder: names may be equal. */
  readonly path: string;
  /** Undefined: the plan of the next run. */
  readonly run: string | undefined;
  /** `Run 4`, `Plan`. */
  readonly title: string;
  /** `url-shortener, required tasks, 2 workers`. */
  readonly about: string;
  readonly status: RunPanelStatus;
  /** `Needs you: 3.2`, `Paused`; what tasks.md says since, where that is something else: `1 open again`. */
  readonly tag: { readonly words: string; readonly look: RunPanelStatus | 'reopened' | 'ticked' } | undefined;
  readonly notice: RunNotice | undefined;
  /** The host's clock, milliseconds since the epoch. */
  readonly now: number;
  readonly summary: { readonly done: string; readonly others: readonly string[] };
  /** `$1.84 of $5.00`. */
  readonly cost: string | undefined;
  /** `about 6 min and $0.70 left`. */
  readonly left: string | undefined;
  readonly waves: readonly RunWave[];
  readonly detail: RunDetail | undefined;
  readonly totals: readonly { readonly label: string; readonly value: string }[];
  readonly plan: RunPlanView | undefined;
  /** There are other runs to look at. */
  readonly hasHistory: boolean;
}

export type ToRun =
  | { readonly type: 'model'; readonly model: RunPanelModel }
  | { readonly type: 'error'; readonly message: string }
  /** Shows a task. */
  | { readonly type: 'reveal'; readonly task: string };

export type FromRun =
  | { readonly type: 'ready' }
  /** The task whose detail is wanted. */
  | { readonly type: 'choose'; readonly task: string | undefined }
  | { readonly type: 'plan'; readonly choices: RunChoices }
  | { readonly type: 'start'; readonly choices: RunChoices }
  | {
      readonly type: 'run';
      readonly act: 'pause' | 'goOn' | 'stopAfter' | 'stop' | 'report' | 'plan' | 'history';
    }
  | { readonly type: 'task'; readonly act: RunAct | 'line'; readonly task: string; readonly hint?: string }
  | { readonly type: 'open'; readonly place: RunPlace }
  /** A line of tasks.md, from 0. */
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'changesOf'; readonly task: string; readonly path: string };
