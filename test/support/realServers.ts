/** Servers of tools from npm, as a configuration starts them here. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { CommandServer, RemoteServer } from '../../src/core/mcp/model';
import type { McpHost } from '../../src/core/mcp/ports';
import { onTestEnd } from './testStore';

const PACKAGES = resolve(__dirname, '../../node_modules/@modelcontextprotocol');

export const EVERYTHING = join(PACKAGES, 'server-everything/dist/index.js');
export const FILESYSTEM = join(PACKAGES, 'server-filesystem/dist/index.js');
export const MEMORY = join(PACKAGES, 'server-memory/dist/index.js');

const about = {
  scope: 'workspace',
  root: undefined,
  path: '/project/.kiro/settings/mcp.json',
  range: { start: 0, end: 0 },
  disabled: false,
  autoApprove: [],
  disabledTools: [],
  timeout: 60_000,
  requestTimeout: 60_000,
  content: '',
} as const;

export function commandServer(
  name: string,
  args: readonly string[],
  more: Partial<CommandServer> = {},
): CommandServer {
  return {
    ...about,
    name,
    transport: 'stdio',
    command: process.execPath,
    args,
    env: {},
    cwd: undefined,
    ...more,
  };
}

export function remoteServer(name: string, url: string, more: Partial<RemoteServer> = {}): RemoteServer {
  return { ...about, name, transport: 'http', url, headers: {}, oauth: {}, ...more };
}

/** Hears nothing and says no. */
export function quietHost(more: Partial<McpHost> = {}): McpHost {
  return {
    roots: [],
    interactive: false,
    canAsk: false,
    onLog: () => {},
    onListChanged: () => {},
    onClosed: () => {},
    onSigningIn: () => {},
    onSignInNeeded: () => {},
    elicit: async () => ({ action: 'decline' }),
    sample: async () => ({ model: 'm', text: '' }),
    ...more,
  };
}

/** The server that has everything, over HTTP. Resolves with its origin; ended when the test ends. */
export async function startEverything(transport: 'sse' | 'streamableHttp'): Promise<string> {
  const env = { ...process.env, PORT: '0' };
  const args = ['--import', join(__dirname, 'onlyHere.mjs'), EVERYTHING, transport];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((over) => child.once('exit', () => over()));
  onTestEnd(() => {
    child.kill();
    return ended;
  });
  let said = '';
  return new Promise((found, fail) => {
    child.once('exit', () => fail(new Error(`It ended: ${said}`)));
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      const [, origin] = /Here: (\S+)\n/.exec(said) ?? [];
      if (origin !== undefined) found(origin);
    });
  });
}
