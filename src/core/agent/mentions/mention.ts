/** A kind of mention: what `#file:src/a.ts` may name, and what it stands for. To add one: a file beside this. */
import type { FileSystem } from '../../ports';
import type { Spec } from '../../spec/model';
import type { AbortSignal } from '../../util/abort';

export interface MentionContext {
  /** The workspace folder. */
  readonly root: string;
  readonly files: FileSystem;
  /** `~/.kiro`, or what takes its place. */
  readonly kiroHome?: string | undefined;
  /** The same files, but for those that a rule keeps from being read. */
  reading(): Promise<FileSystem>;
  /** Specs of that folder. */
  readonly specs: () => readonly Spec[];
  /** May the agent read it? Neither `.kiroignore` nor a rule keeps it from it. */
  isReadable(path: string): Promise<boolean>;
  /** Of a unified diff whose names begin at the folder `base` what the agent may read, with how much is left out. */
  readableDiff(diff: string, base: string): Promise<string>;
}

export interface MentionChoice {
  /** After the colon; `''` for a kind that takes nothing. */
  readonly argument: string;
  /** Shown after it. */
  readonly detail?: string;
}

export interface MentionKind {
  /** `file` */
  readonly name: string;
  readonly description: string;
  /** Takes an argument after a colon. */
  readonly takes: boolean;
  /** What may stand after the colon, best first; a few are enough. */
  choices?(query: string, context: MentionContext, signal: AbortSignal): Promise<readonly MentionChoice[]>;
  /** Undefined when there is nothing of that name. It is cut to a limit by who asks. */
  resolve(argument: string, context: MentionContext, signal: AbortSignal): Promise<string | undefined>;
}
