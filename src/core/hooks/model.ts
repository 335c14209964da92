/** Hooks of every format as one: an event, a pattern for it, an action. */

import type { Rule } from '../agent/permissions/model';
import type { Severity } from '../spec/model';
import type { TextRange } from '../util/textRange';
import type { Schedule } from './schedule';

export const FILE_TRIGGERS = ['PostFileSave', 'PostFileCreate', 'PostFileDelete'] as const;
export type FileTrigger = (typeof FILE_TRIGGERS)[number];
/** Kiro's own, as `v1` files name them. */
export const KIRO_TRIGGERS = [
  ...FILE_TRIGGERS,
  'SessionStart',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'Stop',
  'PreTaskExec',
  'PostTaskExec',
  'Manual',
] as const;
/** Beyond Kiro, which leaves them out with a warning. */
export const OWN_TRIGGERS = [
  'OnApproval',
  'OnSpecChange',
  'OnCheckpointRestore',
  'OnGitCommit',
  'OnSchedule',
] as const;
export const TRIGGERS = [...KIRO_TRIGGERS, ...OWN_TRIGGERS] as const;
export type HookTrigger = (typeof TRIGGERS)[number];

export type HookAction =
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'agent'; readonly prompt: string };

/** `v1`: `*.json`; `0.x`: `*.kiro.hook`; `agent`: in the file of a custom agent, whose sessions alone fire it. */
export type HookFormat = 'v1' | '0.x' | 'agent';

/** Asks before a command of `Stop` runs. */
export interface HookConfirm {
  readonly question: string;
  readonly options: readonly {
    readonly id: string;
    readonly label: string;
    /** The command runs. */
    readonly run: boolean;
    /** What the agent is told, so that it goes on. */
    readonly continueReason?: string;
  }[];
}

/** A path, the names of a tool, the words of a prompt: one fits, and none that is left out. */
export interface HookCondition {
  /** Undefined: everything fits. */
  readonly include: readonly Pattern[] | undefined;
  readonly exclude: readonly Pattern[];
}

export interface Pattern {
  readonly regex: RegExp;
  /** A longer subject would take too long, and does not fit. */
  readonly maxLength: number;
}

export interface Hook {
  /** `<path>#<index>`, for a hook of the person's own with the workspace folder: one within a workspace. */
  readonly id: string;
  readonly format: HookFormat;
  /** From `~/.kiro/hooks`: it holds in every workspace folder, and is listed once for each. */
  readonly isHome: boolean;
  readonly name: string;
  readonly description: string | undefined;
  /** A trigger that Earshot does not fire yet is kept as it is written. */
  readonly trigger: string;
  /** As a person reads it: the regular expression, or the patterns of 0.x; undefined matches everything. */
  readonly matcher: string | undefined;
  /** What the matcher comes to. */
  readonly condition: HookCondition;
  readonly action: HookAction;
  /** Seconds; 0 is no limit. */
  readonly timeout: number;
  readonly enabled: boolean;
  readonly confirm?: HookConfirm;
  /** Dollars that one run of its agent may cost. */
  readonly budget?: number;
  /** Of its agent, beside the person's: they can only narrow. */
  readonly rules?: readonly Rule[];
  readonly schedule?: Schedule;
  /** The name of the custom agent that brings it. */
  readonly agent?: string;
  /** Where it stands in the agent’s file. */
  readonly at?: readonly (string | number)[];
  /** The power that brings it. */
  readonly power?: string;
  /** The folder that this power may write in, where the command names it. */
  readonly data?: string;
  /** Workspace folder. */
  readonly root: string;
  /** The file that it stands in. */
  readonly path: string;
  readonly index: number;
  /** What consent is bound to: everything that decides when and what runs. */
  readonly content: string;
}

export interface HookProblem {
  readonly path: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
}

export interface HookFile {
  readonly path: string;
  readonly hooks: readonly Hook[];
  readonly problems: readonly HookProblem[];
  /** It could not be read at all, as while somebody types. */
  readonly isBroken?: true;
}

/** One run, as the Hooks view shows it and the log keeps it. */
export interface HookRun {
  readonly hook: string;
  readonly at: number;
  readonly durationMs: number;
  readonly outcome: 'passed' | 'failed' | 'timedOut' | 'cancelled';
  readonly exitCode: number | undefined;
  /** The files that fired it, relative; empty when run by hand. */
  readonly files: readonly string[];
  readonly output: string;
  /** Of its own, where it is an agent's. */
  readonly session: string | undefined;
  /** Dollars, where a model was asked and the price is known. */
  readonly cost?: number;
  /** The session that fired it. */
  readonly within?: string;
  /** The hooks whose writes led to it, the first one first. */
  readonly chain?: readonly string[];
}

/** Something would have fired hooks and did not: a branch was switched, a limit was reached. */
export interface HookNotice {
  readonly at: number;
  readonly reason: string;
  /** Relative; the first hundred. */
  readonly files: readonly string[];
  /** Names. */
  readonly hooks: readonly string[];
}

/** A hook that an act would fire, and what would keep it from running. */
export interface WouldFire {
  readonly hook: Hook;
  readonly blocked?: string;
}

/** A hook as a `v1` file has it. */
export type HookJson = Readonly<Record<string, unknown>>;

/** What becomes of a file of 0.x. */
export interface HookMigration {
  readonly from: string;
  readonly to: string;
  /** The whole new file. */
  readonly text: string;
  /** What cannot be carried over as it was. */
  readonly notes: readonly string[];
}
