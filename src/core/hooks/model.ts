/** Hooks as Kiro's `v1` files describe them: an event, a pattern for it, an action. */

import type { Severity } from '../spec/model';
import type { TextRange } from '../util/textRange';

export const FILE_TRIGGERS = ['PostFileSave', 'PostFileCreate', 'PostFileDelete'] as const;
export type FileTrigger = (typeof FILE_TRIGGERS)[number];
export type HookTrigger = FileTrigger | 'Manual';

export type HookAction =
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'agent'; readonly prompt: string };

export interface Hook {
  /** `<path>#<index>`: one within a workspace. */
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** A trigger that Earshot does not fire yet is kept as it is written. */
  readonly trigger: string;
  /** Tested against the path relative to the workspace folder; undefined matches everything. */
  readonly matcher: string | undefined;
  readonly action: HookAction;
  /** Seconds; 0 is no limit. */
  readonly timeout: number;
  readonly enabled: boolean;
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
  readonly session: string | undefined;
}
