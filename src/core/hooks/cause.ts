/** What fired a hook, and what came of it. */
import type { HookRun } from './model';

export interface HookCause {
  readonly trigger: string;
  /** Relative paths. */
  readonly files: readonly string[];
  /** The hooks that led here, the first one first. */
  readonly chain: readonly string[];
  /** What else a command is told on its input. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** `USER_PROMPT`, where it is not the event itself. */
  readonly words?: string;
  /** The session that fired it. */
  readonly within?: string;
  /** Where that works, if not in the workspace folder. */
  readonly place?: string;
  /** Some hook hears of files there. */
  readonly watched?: boolean;
}

/** A run, with what the command said: for whoever fired it. */
export interface Ran extends HookRun {
  readonly stdout?: string;
  readonly stderr?: string;
}

export type Outcome = Pick<Ran, 'outcome' | 'output'> &
  Partial<Pick<Ran, 'exitCode' | 'session' | 'stdout' | 'stderr' | 'cost'>>;

/** A burst of thousands would be the whole text. */
const NAMED = 200;

export function namedFiles(files: readonly string[]): string {
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  return `${files.slice(0, NAMED).join(', ')}${more}`;
}
