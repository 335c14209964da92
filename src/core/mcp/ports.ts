/** What the servers need from the world: a wire, and a person who is asked things by a server. */
import type { AbortSignal } from '../util/abort';
import type { FormField } from './forms/form';
import type { LogLine, McpPrompt, McpResource, McpResult, McpTool, ServerConfig } from './model';

/** A server as it answers; each call rejects with an `Error` whose message a person can read. */
export interface McpConnection {
  readonly about: string;
  /** Undefined: it has none of these. */
  tools(signal: AbortSignal): Promise<readonly Omit<McpTool, 'enabled' | 'autoApproved' | 'tokens'>[]>;
  prompts(signal: AbortSignal): Promise<readonly McpPrompt[]>;
  resources(signal: AbortSignal): Promise<readonly McpResource[]>;
  call(
    tool: string,
    input: unknown,
    signal: AbortSignal,
    onProgress: (text: string) => void,
  ): Promise<McpResult>;
  readResource(uri: string, signal: AbortSignal): Promise<string>;
  prompt(name: string, input: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string>;
  /** Ends it with all that it started. Can be called twice. */
  close(): Promise<void>;
}

/** What a connection tells, and what a server asks. */
export interface McpHost {
  /** The workspace folders that it may know of. */
  readonly roots: readonly string[];
  /** A person asked for it and waits: a browser may be opened to sign in. */
  readonly interactive: boolean;
  /** Somebody is there whom a server may ask things. */
  readonly canAsk: boolean;
  onLog(line: Pick<LogLine, 'level' | 'text'>): void;
  onListChanged(what: 'tools' | 'prompts' | 'resources'): void;
  /** It is gone, without having been closed. */
  onClosed(message: string): void;
  /** The person is sent to this page in the browser; undefined: they are back. */
  onSigningIn(page: SignInPage | undefined): void;
  /** It does not know the person any more. */
  onSignInNeeded(message: string): void;
  elicit(request: Elicitation, signal: AbortSignal): Promise<ElicitationAnswer>;
  sample(request: SamplingRequest, signal: AbortSignal): Promise<SamplingAnswer>;
}

export interface SignInPage {
  /** Where it is, without what is said there: `login.example`. */
  readonly host: string;
  open(): Promise<void>;
}

/** Starts or reaches a server. `${VAR}` is filled in already. Rejects with a `SignInNeeded`, or an `Error` that a person can read. */
export interface McpConnector {
  /** A variable of the environment; undefined: it is not set. */
  variable(name: string): string | undefined;
  connect(config: ServerConfig, host: McpHost, signal: AbortSignal): Promise<McpConnection>;
  /** Forgets tokens and registrations of a server. */
  signOut(config: ServerConfig): Promise<void>;
}

export class SignInNeeded extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SignInNeeded';
  }
}

export type ElicitationContent = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export type Elicitation =
  | {
      readonly type: 'form';
      readonly server: string;
      readonly message: string;
      readonly fields: readonly FormField[];
    }
  | { readonly type: 'url'; readonly server: string; readonly message: string; readonly url: string };

export type ElicitationAnswer =
  | {
      readonly action: 'accept';
      readonly content: ElicitationContent;
    }
  | { readonly action: 'decline' | 'cancel' };

export interface SamplingRequest {
  readonly server: string;
  readonly system: string | undefined;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  readonly maxTokens: number;
}

export interface SamplingAnswer {
  readonly model: string;
  readonly text: string;
}

/** Tools of servers that are configured in the editor itself, which it runs and asks for in its own way, too. */
export interface EditorTools {
  /** As they are now; without those that are ours. */
  list(): readonly Pick<McpTool, 'name' | 'description' | 'inputSchema'>[];
  call(name: string, input: unknown, signal: AbortSignal): Promise<McpResult>;
}

/** The person, as servers may reach them. Undefined in `Ports`: nobody is there, so all that is asked is declined. */
export interface McpPerson {
  elicit(request: Elicitation, signal: AbortSignal): Promise<ElicitationAnswer>;
  /** Is told that a server wants to know who they are; true: they sign in now. Undefined: they come by themselves. */
  signIn?(server: string, signal: AbortSignal): Promise<boolean>;
  /** May this server ask the model this? */
  mayAsk(request: SamplingRequest, signal: AbortSignal): Promise<boolean>;
}
