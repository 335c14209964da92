/** A command as data: what it is called, what it takes, what its help says, and what it does. */
import type { AbortSignal } from '../core/util/abort';
import type { Output } from './output';
import type { Prompt } from './prompt';

export const EXIT = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The command line cannot be understood, or names what is not there: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export interface Option {
  /** Placeholder of its value, `DIR`; undefined for a switch. */
  readonly value?: string;
  readonly help: string;
}

export interface Arguments {
  readonly operands: readonly string[];
  /** Is the switch set? */
  has(option: string): boolean;
  /** The option's value, if it was given. */
  value(option: string): string | undefined;
}

/** Where a command was started, what it writes to, and what stops it. */
export interface Terminal {
  readonly env: Environment;
  /** Native path. */
  readonly cwd: string;
  /** The person's own folder; native path. */
  readonly homeFolder: string;
  readonly out: Output;
  /** Undefined where nobody sits: nothing is asked then, and what would be is denied. */
  readonly prompt?: Prompt;
  /** Aborted by Ctrl+C and by the system's wish to end the process. */
  readonly signal: AbortSignal;
}

export interface Command {
  /** `spec list` */
  readonly name: string;
  /** `<spec> [id]` */
  readonly operands: string;
  /** The least and the most operands. */
  readonly arity: readonly [least: number, most: number];
  readonly summary: string;
  /** What the help says below the summary. */
  readonly details: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Throws `UsageError` (2), `Cancelled` (130), or what a person should read (1). */
  run(args: Arguments, terminal: Terminal): Promise<ExitCode>;
}

/** Options that several commands take. */
export const CWD: Readonly<Record<string, Option>> = {
  cwd: { value: 'DIR', help: 'Start in this folder instead of the current one.' },
};

export const MODEL: Readonly<Record<string, Option>> = {
  model: { value: 'NAME', help: 'The model to use instead of EARSHOT_MODEL.' },
  'base-url': { value: 'URL', help: 'The server to use instead of EARSHOT_BASE_URL.' },
};
