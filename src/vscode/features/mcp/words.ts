/** What the view says of servers and their tools. Pure. */
import type { McpServer, McpTool, ServerState } from '../../../core/mcp/model';
import { basename, dirname } from '../../../core/util/path';

export interface Look {
  readonly icon: string;
  readonly color?: string;
  readonly words: string;
}

const LOOKS: Readonly<Record<ServerState, Look>> = {
  disabled: { icon: 'circle-slash', words: 'disabled' },
  forbidden: { icon: 'lock', words: 'not allowed' },
  unapproved: { icon: 'shield', color: 'charts.yellow', words: 'not agreed to' },
  idle: { icon: 'server', words: 'starts when needed' },
  starting: { icon: 'loading~spin', words: 'starting' },
  running: { icon: 'server', color: 'charts.green', words: 'running' },
  waiting: { icon: 'history', color: 'charts.yellow', words: 'tries again soon' },
  signIn: { icon: 'account', color: 'charts.yellow', words: 'sign in' },
  signingIn: { icon: 'account', color: 'charts.yellow', words: 'waiting for sign-in' },
  failed: { icon: 'error', color: 'charts.red', words: 'failed' },
};

export function lookOf({ state }: McpServer): Look {
  return LOOKS[state];
}

const SCOPES: Readonly<Record<McpServer['config']['scope'], string>> = {
  user: 'yours',
  workspace: 'workspace',
  agent: 'agent',
  power: 'power',
};

/** `running · 13 tools · ≈ 2.4k tokens · yours`: what matters most stands first, since a narrow view cuts the rest. */
export function serverDescription(server: McpServer): string {
  const { words } = lookOf(server);
  const parts = [words];
  const on = server.tools.filter(({ enabled }) => enabled);
  if (server.tools.length > 0) {
    const count =
      on.length === server.tools.length ? `${on.length}` : `${on.length} of ${server.tools.length}`;
    parts.push(server.tools.length === 1 ? `${count} tool` : `${count} tools`);
    parts.push(tokensText(on.reduce((sum, { tokens }) => sum + tokens, 0)));
  }
  const { scope, path } = server.config;
  // A power lies in a folder of its name.
  parts.push(scope === 'power' ? `power ${basename(dirname(path))}` : SCOPES[scope]);
  return parts.join(' · ');
}

/** Below its server a message need not name it. */
export function whyWords(server: string, message = ''): string {
  const named = `“${server}” `;
  if (!message.startsWith(named)) return message;
  const rest = message.slice(named.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

export function tokensText(tokens: number): string {
  return `≈ ${tokens < 1000 ? tokens : `${(tokens / 1000).toFixed(1)}k`} tokens`;
}

/** That one asks is usual and goes without saying, which leaves its size in sight in a narrow view. */
export function toolDescription({ tokens, enabled, autoApproved }: McpTool): string {
  if (!enabled) return 'off';
  return autoApproved ? `runs unasked · ${tokensText(tokens)}` : tokensText(tokens);
}

/** The same in whole sentences. */
export function toolConsent({ enabled, autoApproved }: McpTool): string {
  if (!enabled) return 'The agent does not see it.';
  return autoApproved ? 'The agent may call it without asking you.' : 'It asks you before it runs.';
}

/** Flags that menus read. */
export function serverFlags({ state, config }: McpServer): string {
  const isLive = state === 'running' || state === 'starting' || state === 'waiting';
  // One that waits for a sign-in is started by that.
  const canStart = state === 'idle' || state === 'failed' || state === 'waiting';
  const flags = [
    'mcpServer',
    config.disabled ? 'isOff' : 'isOn',
    isLive ? 'live' : 'still',
    ...(canStart ? ['startable'] : []),
    ...(state === 'unapproved' ? ['unagreed'] : []),
    ...(state === 'signIn' || state === 'signingIn' ? [state] : []),
    ...(config.transport === 'stdio' ? [] : ['remote']),
    // What an agent or a power brings is changed where that stands.
    ...(config.scope === 'user' || config.scope === 'workspace' ? ['own'] : []),
  ];
  return flags.join(' ');
}
