/** Servers of tools by the Model Context Protocol: how they are configured (kiro.dev's MCP pages, September 2026) and what they offer. */
import type { TextRange } from '../util/textRange';

export interface VariablePlace {
  readonly name: string;
  readonly range: TextRange;
}

interface Configured {
  /** Unique in the end: an agent's server stands before the workspace's, and that before the person's. */
  readonly name: string;
  readonly scope: 'user' | 'workspace' | 'agent' | 'power';
  /** Undefined: the person's own, of every workspace. */
  readonly root: string | undefined;
  /** The file that it stands in. */
  readonly path: string;
  readonly range: TextRange;
  readonly disabled: boolean;
  /** Names of tools; `*` is all. */
  readonly autoApprove: readonly string[];
  readonly disabledTools: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  readonly requestTimeout: number;
  /** A session waits for it as long as it may take to start. */
  readonly waitForReady?: boolean;
  /** Where variables stand: their values are filled in when it starts, where the person agreed to it. */
  readonly variables?: readonly VariablePlace[];
  /** The folder that its power may write in, where its configuration names it. */
  readonly data?: string;
  /** What consent is bound to: everything that decides what runs and who is told what. */
  readonly content: string;
}

export interface CommandServer extends Configured {
  readonly transport: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
}

export interface RemoteServer extends Configured {
  /** `http`: streamable HTTP, with the older SSE where the server knows no other. */
  readonly transport: 'http' | 'sse';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly oauth: OAuthSettings;
}

export interface OAuthSettings {
  readonly clientId?: string;
  /** A variable, as it is written. */
  readonly clientSecret?: string;
  readonly clientMetadataUrl?: string;
  readonly redirectUri?: string;
  readonly scopes?: readonly string[];
}

export type ServerConfig = CommandServer | RemoteServer;

export interface McpProblem {
  readonly path: string;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  readonly range: TextRange;
}

/**
 * `unapproved`: nobody agreed to it as it stands. `idle`: starts when it is needed. `waiting`: it failed and starts again by
 * itself. `signIn`: the person has to sign in. `signingIn`: they were sent to the browser for it, and it waits for them.
 */
export type ServerState =
  | 'disabled'
  | 'forbidden'
  | 'unapproved'
  | 'idle'
  | 'starting'
  | 'running'
  | 'waiting'
  | 'signIn'
  | 'signingIn'
  | 'failed';

export interface McpTool {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** It says so itself, so it is a hint for a person, never a permission. */
  readonly saysReadOnly: boolean;
  /** Estimated, of its definition. */
  readonly tokens: number;
  readonly enabled: boolean;
  readonly autoApproved: boolean;
}

export interface McpPrompt {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  }[];
}

export interface McpResource {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly mimeType: string | undefined;
  /** A template: `uri` holds `{…}`. */
  readonly template: boolean;
}

export interface McpServer {
  readonly id: string;
  readonly config: ServerConfig;
  readonly state: ServerState;
  /** Why it is in that state, where a person should know. */
  readonly message: string | undefined;
  /** Name and version as it says itself. */
  readonly about: string | undefined;
  readonly tools: readonly McpTool[];
  readonly prompts: readonly McpPrompt[];
  readonly resources: readonly McpResource[];
}

export interface LogLine {
  readonly at: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** What a call came to, as text that a model can read; pictures and other data are named with their kind and size. */
export interface McpResult {
  readonly ok: boolean;
  readonly text: string;
}
