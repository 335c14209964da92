/**
 * Permission rules, as Kiro's `permissions.yaml` has them, and what is judged by them. The strictest effect of all
 * rules that match wins, wherever it comes from: a scope can add a fence and never take one away.
 */
export const EFFECTS = ['deny', 'ask', 'allow'] as const;
export type Effect = (typeof EFFECTS)[number];

/** From the strongest; where two rules say the same, the first of these is named. */
export const SCOPES = ['administration', 'user', 'workspace', 'agent', 'session', 'preset'] as const;
export type Scope = (typeof SCOPES)[number];

export const CAPABILITIES = [
  'fs_read',
  'fs_write',
  'filesystem',
  'shell',
  'web_fetch',
  'web_search',
  'mcp',
  'subagent',
  'skill',
  'power',
  'context',
  'diagnostics',
  'sandbox_network',
  'builtin',
  'all',
] as const;

export interface Rule {
  /** One of `CAPABILITIES`; a rule of another one matches nothing. */
  readonly capability: string;
  /** Any of these. `**` is everything. */
  readonly match: readonly string[];
  /** And none of these. */
  readonly exclude: readonly string[];
  readonly effect: Effect;
}

export interface ScopedRule extends Rule {
  readonly scope: Scope;
  /** Where it is written, if it is. */
  readonly file?: string;
}

/** All rules that hold for a call. */
export interface Ruleset {
  readonly rules: readonly ScopedRule[];
  /** Autopilot: what cannot be read runs, too, unless it names what is protected. */
  readonly trusting: boolean;
  /** Why everything asks: a file of rules that cannot be read might deny. */
  readonly broken: string | undefined;
}

/** One thing that must be allowed. */
export interface Need {
  readonly capability: 'fs_read' | 'fs_write' | 'shell' | 'web_fetch' | 'mcp' | 'subagent';
  /** A path relative to the workspace folder, a simple command in its plainest spelling, a host, `server/tool`, an agent. What “allow” is tested on. */
  readonly text: string;
  /** Names of the very same: the whole path, the whole address. “Deny” and “ask” are tested on these, too, and an exclusion of it holds for them. */
  readonly same: readonly string[];
  /** What it comes to as well: “deny” and “ask” are tested on each of these, and each has to be excluded by itself. */
  readonly alike: readonly string[];
}

/** A path that a command may name. */
export interface Mention extends Need {
  /** Nothing of that name is there to be read: a rule about all files says nothing of a mere word. */
  readonly absent?: boolean;
}

/** What a tool call needs. */
export interface Call {
  /** Each must be allowed. */
  readonly needs: readonly Need[];
  /** Paths that a command names: denied where a rule denies the file. */
  readonly mentions: readonly Mention[];
  /** Files that it may touch without naming them: see `reach.ts`. */
  readonly unnamed: readonly Need[];
  /** Why no rule can allow it: nobody can tell what it does. */
  readonly unclear: string | undefined;
  /** Why it may at most be asked for, and is refused where a tool writes: what it names is protected. */
  readonly guarded: string | undefined;
}
