/**
 * What the core needs from the world. Adapters live in `src/node` (files, processes, the model's wire)
 * and `src/vscode/adapters` (settings, secrets, the person). The core names no host.
 *
 * Paths are absolute with forward slashes (`util/path.ts`). Every async call that can last takes an
 * `AbortSignal` last and rejects with the signal's reason when it is aborted.
 */

import type { Administration } from './administration/administration';
import type { KeptFile } from './agent/changes/model';
import type { EditorServices } from './agent/editorServices';
import type { Model } from './agent/turn/model';
import type { WebAccess } from './agent/webAccess';
import type { PathChange } from './checkpoints/model';
import type { CheckpointSettings } from './checkpoints/settings';
import type { FileSystem, FileWatcher } from './files';
import type { LintConfig } from './lint/config';
import type { EditorTools, McpConnector, McpPerson } from './mcp/ports';
import type { ModelRole, ModelSettings } from './modelSettings';
import type { Worktrees } from './tasks/run/worktrees';
import type { Limits } from './usage/limits';
import type { Price } from './usage/price';
import type { AbortSignal } from './util/abort';
import type { Disposable } from './util/disposable';
import type { Event } from './util/event';

export * from './files';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** The calendar day at a time, where the person is: `2026-11-27`. */
  localDay(at: number): string;
  /** Calls back once after `ms`, unless disposed before. */
  after(ms: number, run: () => void): Disposable;
}

export interface Hasher {
  /** Lower-case hex of the SHA-256 of the text's UTF-8 bytes. */
  sha256(text: string): string;
}

export interface Ids {
  uuid(): string;
}

export interface Logger {
  info(message: string): void;
  warn(message: string, error?: unknown): void;
  error(message: string, error?: unknown): void;
}

export interface RunCommand {
  /** A shell command line. */
  readonly command: string;
  readonly cwd: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Milliseconds; the whole process group is ended after it. Undefined: no limit. */
  readonly timeout?: number;
  readonly onOutput?: (text: string) => void;
  /** In the sandbox, where a person wants one: for what the agent runs, not for what a person agreed to word for word. */
  readonly sandboxed?: true;
}

export interface CommandResult {
  /** Undefined when it was ended by a signal, a time-out or a cancellation. */
  readonly exitCode: number | undefined;
  readonly outcome: 'exited' | 'timedOut' | 'cancelled' | 'notStarted';
  /** Standard output and error as they came, capped; the middle is left out with a note when too long. */
  readonly output: string;
  readonly stderr: string;
  /** Standard output alone, capped likewise; not there where nobody keeps the two apart. */
  readonly stdout?: string;
  readonly durationMs: number;
}

/** Runs commands in process groups of their own: ending one ends its children. Never rejects on a failing command. */
/** `unavailable`: it was wanted. `required`: commands are not run without it. */
export type SandboxState =
  | { readonly kind: 'off' }
  | { readonly kind: 'on'; readonly hosts: readonly string[] }
  | { readonly kind: 'unavailable'; readonly why: string; readonly required: boolean };

export interface SandboxSettings {
  readonly mode: 'off' | 'whenAvailable' | 'required';
  /** That commands in it may reach. */
  readonly hosts: readonly string[];
}

export interface ProcessRunner {
  run(command: RunCommand, signal?: AbortSignal): Promise<CommandResult>;
  /** Whether commands that are to be sandboxed are. Undefined: there is none to be had. */
  sandbox?(): Promise<SandboxState>;
  /** A token that names this process; stored in logs. */
  readonly owner: string;
  /** Does the process that a token names still live? */
  isAlive(owner: string): boolean;
}

/** A fast look through many files: only which ones are worth reading. */
export interface TextSearch {
  /**
   * Absolute paths of files below a folder of which a line may hold the text, letter case aside. Files that `.gitignore`
   * names may be missing. Undefined: it cannot tell.
   */
  find(folder: string, text: string, signal: AbortSignal): Promise<ReadonlySet<string> | undefined>;
}

/** Copies of single files, kept out of the workspace by their content. */
export interface FileCopies {
  /** Copies the file as it lies on the disk; undefined: there is none. Rejects when it cannot be copied. */
  keep(path: string): Promise<KeptFile | undefined>;
  /** Writes the very bytes, and whether it may be run. Rejects when the copy is gone or damaged. */
  putBack(path: string, kept: KeptFile): Promise<void>;
}

export interface SnapshotLimits {
  /** Bytes; a larger file is left out. */
  readonly file: number;
  /** Bytes on the disk that the snapshots of a workspace folder may take. */
  readonly store: number;
  /** Milliseconds that one snapshot may take. */
  readonly deadline: number;
  /** As many are kept, for as many milliseconds. */
  readonly keep: number;
  readonly age: number;
}

export interface Snapshot {
  /** The same for the same files. */
  readonly id: string;
  /** Commit and branch that the person's own repository stands at, `3f2a… main`. Undefined where there is none. */
  readonly head: string | undefined;
  /** What the person has begun there: `a rebase`. */
  readonly underway: string | undefined;
  /** What could not be kept, and why. */
  readonly left: readonly { readonly path: string; readonly why: string }[];
}

/**
 * All files of a workspace folder as they were, kept out of it; a repository in it stays untouched. What the workspace
 * ignores is left out, but for files that were touched. Paths are relative to the folder. Rejects with an `ActError`.
 */
export interface SnapshotStore {
  take(
    root: string,
    wanted: {
      /** Kept from now on, also where they are ignored. */
      readonly touched: readonly string[];
      /** Look for small ignored files beside others, and keep those from now on. */
      readonly ignored?: boolean;
      /** False: only to compare with, and gone when the store is tidied. */
      readonly keep: boolean;
      readonly limits: SnapshotLimits;
    },
    signal?: AbortSignal,
  ): Promise<Snapshot>;
  /** Of those that are kept. */
  known(root: string): Promise<ReadonlySet<string>>;
  diff(root: string, from: string, to: string): Promise<readonly PathChange[]>;
  read(root: string, id: string, path: string): Promise<string | { readonly binary: number } | undefined>;
  /** Which of these paths the rules of then ignored, so that it is not known whether they were there; or those of now. */
  ignoredIn(root: string, id: string | undefined, paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** Why some of these paths are not to be written: something else is in their way. By path. */
  obstacles(root: string, now: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Makes these paths what they were in `id`, or what `texts` says of them; writes nothing where one is not as in `now`.
   * Links are never followed.
   */
  restore(
    root: string,
    wanted: {
      readonly now: string;
      readonly id: string;
      readonly paths: readonly string[];
      readonly texts?: Readonly<Record<string, string>>;
    },
  ): Promise<void>;
}

/**
 * `ask`: before each write and command. `supervised`: before commands; what is written is reviewed when the turn is
 * over. `edit-workspace`: before commands. `dev-shell`: before commands that do more than look, test and build.
 * `autopilot`: neither.
 */
export const AUTONOMIES = ['ask', 'supervised', 'edit-workspace', 'dev-shell', 'autopilot'] as const;
export type Autonomy = (typeof AUTONOMIES)[number];

export interface SettingsValues extends ModelSettings {
  readonly baseUrl: string;
  readonly autonomy: Autonomy;
  /** For the agent's commands; undefined: none. */
  readonly sandbox?: SandboxSettings;
  /** The most requests one task may send to the model. */
  readonly maxTurns: number;
  /** Estimated tokens of a request, at the most. */
  readonly contextTokens: number;
  readonly limits: Limits;
  /** By the model's name; before the list prices. */
  readonly prices: Readonly<Record<string, Price>>;
  /** May the agent ask for pages of the web? Each host is a question of its own. */
  readonly webFetch: boolean;
  /** Tasks of a run side by side, where nobody says how many. Undefined: one. */
  readonly parallel?: number;
  /** Undefined: as `DEFAULT_CHECKPOINTS` has it. */
  readonly checkpoints?: CheckpointSettings;
  /** Off: hooks are listed but nothing fires by itself. `auto`: off where the host itself runs Kiro's hooks. */
  readonly hooks: 'auto' | 'on' | 'off';
  /** What the person says about rules; a workspace's own file has the last word. */
  readonly lint: Partial<LintConfig>;
}

export interface Settings {
  get(): SettingsValues;
  readonly onDidChange: Event<void>;
}

/** Has the person said that this workspace may run things? */
export interface Trust {
  readonly trusted: boolean;
  readonly onDidGrant: Event<void>;
}

/**
 * `hook`, `check` and `server`: to run exactly this; `agent`: to be led by it; `power`: to install all that it brings;
 * `unapproved-spec`: to work from text that nobody approved.
 */
export type QuestionKind = 'hook' | 'check' | 'server' | 'agent' | 'power' | 'unapproved-spec';

/** A question with named answers. `detail` shows exactly what would run or change. */
export interface Question {
  /** Comes in the middle of other work: a notice first. */
  readonly quiet?: boolean;
  /** What kind of consent it asks for. */
  readonly kind: QuestionKind;
  readonly title: string;
  readonly detail: string;
  /** The first is the proposed one. */
  readonly answers: readonly { readonly id: string; readonly label: string }[];
}

/** The one who decides. */
export interface Person {
  /** False when headless: an agent's permissions are not asked for then but denied. */
  readonly present: boolean;
  /** The id of the chosen answer; undefined when dismissed. */
  ask(question: Question, signal?: AbortSignal): Promise<string | undefined>;
  /** Who approves: shown in approval records (git's user name or the system's). */
  name(): Promise<string>;
  /** The text of a task list as it was last saved in this window's editor; undefined where it was not. */
  savedText?(path: string): string | undefined;
}

/**
 * Ed25519 (RFC 8032), keys and signatures in base64url; or a key of SSH as in its `.pub` file (`ssh-ed25519 AAAA…`) with
 * the signature of `ssh-keygen -Y sign` as one line of base64.
 */
export interface Signatures {
  /** False for what is no key or no signature, too. */
  verify(key: string, text: string, signature: string): boolean;
}

/** Signs in the person's name. The private key stays where the host keeps secrets, or where their own keys are. */
export interface Signer {
  /** The public key; Earshot's own is made when it is first asked for. */
  key(): Promise<string>;
  sign(text: string): Promise<string>;
}

/** The model to use now, or why there is none. */
export interface Models {
  /** Without a role only to know whether there is one: then no server is asked for its newest. */
  current(
    role?: ModelRole,
    /** Instead of the one that is set: what a custom agent names. */
    named?: string,
  ): Promise<{ readonly model: Model } | { readonly missing: 'key' | 'setting'; readonly message: string }>;
  readonly onDidChange: Event<void>;
}

export interface Ports {
  readonly files: FileSystem;
  readonly copies: FileCopies;
  readonly snapshots: SnapshotStore;
  readonly watcher: FileWatcher;
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly ids: Ids;
  readonly log: Logger;
  readonly processes: ProcessRunner;
  readonly settings: Settings;
  readonly trust: Trust;
  readonly person: Person;
  readonly models: Models;
  readonly signatures: Signatures;
  /** Undefined where nobody can approve: in a terminal. */
  readonly signer: Signer | undefined;
  /** The editor's problems and language servers; none on the command line. */
  readonly editor?: EditorServices;
  readonly web?: WebAccess;
  /** Undefined: each file is read. */
  readonly textSearch?: TextSearch | undefined;
  /** Copies of the workspace for tasks side by side; undefined: they run one after the other. */
  readonly worktrees?: Worktrees;
  /** The wire to servers of tools; undefined: there are none. */
  readonly mcp?: McpConnector;
  readonly mcpPerson?: McpPerson;
  /** Undefined: the editor has none, or there is no editor. */
  readonly editorTools?: EditorTools | undefined;
  /** What an organisation fixes; undefined: nothing. `settings` and `models` are limited by it already. */
  readonly administration?: Administration;
}
