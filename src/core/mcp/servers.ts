/** The servers of the open workspace folders: what there is, in which state, and what a person may do to them. */
import type { AbortSignal } from '../util/abort';
import type { Disposable } from '../util/disposable';
import type { Event } from '../util/event';
import type { LogLine, McpProblem, McpResult, McpServer } from './model';

export interface McpServers extends Disposable {
  readonly all: readonly McpServer[];
  readonly problems: readonly McpProblem[];
  /** Configurations are read; nothing was started for that. */
  readonly ready: Promise<void>;
  /** Newest last. */
  log(id: string): readonly LogLine[];
  /** Asks for consent where there is none yet. Resolves when it runs; rejects with an `ActError`. */
  start(id: string): Promise<void>;
  stop(id: string): Promise<void>;
  restart(id: string): Promise<void>;
  /** Edits of its file that keep all else. */
  setEnabled(id: string, enabled: boolean): Promise<void>;
  setToolEnabled(id: string, tool: string, enabled: boolean): Promise<void>;
  setAutoApprove(id: string, tool: string, on: boolean): Promise<void>;
  /** Adds `{ command … }` or `{ url … }` to the file of a workspace folder, or the person's own where `root` is undefined. */
  add(root: string | undefined, name: string, config: Readonly<Record<string, unknown>>): Promise<void>;
  remove(id: string): Promise<void>;
  /** By a person's hand, so without further permission. */
  call(id: string, tool: string, input: unknown, signal: AbortSignal): Promise<McpResult>;
  readResource(id: string, uri: string, signal: AbortSignal): Promise<string>;
  /** The words that a prompt stands for. */
  prompt(
    id: string,
    name: string,
    input: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<string>;
  /** The page that a server which is `signingIn` waits for, once more. */
  openSignInPage(id: string): Promise<void>;
  /** It does not wait any more; the person can sign in later. */
  cancelSignIn(id: string): void;
  /** Forgets tokens and registrations. */
  signOut(id: string): Promise<void>;
  readonly onDidChange: Event<void>;
}
