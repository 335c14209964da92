/** The desk for other agents over this process's streams, or over HTTP. */
import { join, resolve } from 'node:path';
import { version } from '../../../package.json';
import { lazy } from '../../core/util/lazy';
import { normalizePath } from '../../core/util/path';
import { createConsoleLog } from '../../node/consoleLog';
import { managedSettingsPath } from '../../node/managedSettingsPath';
import type { ServerOptions } from '../../node/mcpServer/options';
import { serveStdio } from '../../node/mcpServer/stdio';
import { fromNativePath } from '../../node/nativePath';
import { createNodeFiles } from '../../node/nodeFiles';
import { nodeClock, nodeHasher, nodeIds } from '../../node/nodePorts';
import { nodeSignatures } from '../../node/signing/signatures';
import { settingsOf } from '../cliSettings';
import { type Arguments, type Terminal, UsageError } from '../command';
import { workspaceRoot } from '../workspaceRoot';

/** Characters that a token of one's own must have: enough that nobody guesses it. */
const SHORTEST_TOKEN = 32;

export async function serve(args: Arguments, terminal: Terminal): Promise<void> {
  const options = optionsOf(args, terminal);
  if (!args.has('http')) {
    if (args.value('port') !== undefined) throw new UsageError('--port is for --http.');
    await serveStdio(options, process, terminal.signal);
    return;
  }
  const token = terminal.env.EARSHOT_MCP_TOKEN || undefined;
  if (token !== undefined && token.length < SHORTEST_TOKEN)
    throw new UsageError(`EARSHOT_MCP_TOKEN needs ${SHORTEST_TOKEN} characters or more.`);
  const { serveHttp } = await import('../../node/mcpServer/http');
  const onReady = (address: string, made: string): void => {
    terminal.out.line(`Listening at ${address}`);
    if (token === undefined) terminal.out.line(`Authorization: Bearer ${made}`);
  };
  await serveHttp({ ...options, port: portOf(args), onReady, ...(token && { token }) }, terminal.signal);
}

function optionsOf(args: Arguments, { env, cwd, homeFolder }: Terminal): ServerOptions {
  const root = workspaceRoot({ cwd, given: args.value('cwd'), homeFolder });
  const homePath = resolve(env.EARSHOT_HOME || join(homeFolder, '.earshot'));
  const home = normalizePath(fromNativePath(homePath));
  const values = settingsOf(env, args);
  const log = { ...createConsoleLog(), info() {} };
  const ports = {
    files: createNodeFiles(homePath),
    hasher: nodeHasher,
    clock: nodeClock,
    ids: nodeIds,
    signatures: nodeSignatures,
    settings: { get: () => values, onDidChange: () => ({ dispose() {} }) },
    log,
  };
  const desk = lazy(async () => {
    const { createDesk } = await import('../../core/mcpServer/desk');
    return createDesk(ports, { root, home, managed: managedSettingsPath() });
  });
  return { desk, version, log };
}

function portOf(args: Arguments): number {
  const said = args.value('port') ?? '0';
  const port = /^\d{1,5}$/.test(said) ? Number(said) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`“${said}” is no port. Write a number up to 65535.`);
  return port;
}
