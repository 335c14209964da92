/** The wire to servers of tools, on the SDK of the Model Context Protocol: nothing else of Earshot knows that package. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { ServerConfig } from '../../core/mcp/model';
import type { McpConnection, McpConnector, McpHost } from '../../core/mcp/ports';
import { createClient } from './client';
import { createConnection } from './connection';
import type { McpOptions } from './laterMcp';
import { nativeSignal } from './nativeSignal';
import { oauthMemory } from './oauth';
import { reachRemote, whyRefused } from './remote';
import { serverEnvironment } from './serverEnvironment';
import { createStdioTransport } from './stdioTransport';
import type { Challenge } from './wire';
import { wordsOf } from './words';

export function createConnector(options: McpOptions): Omit<McpConnector, 'variable'> {
  const { environment, homeFolder, secrets, openBrowser, version } = options;
  const wants = new Map<string, Challenge>();

  async function runHere(
    config: Extract<ServerConfig, { transport: 'stdio' }>,
    host: McpHost,
    signal: AbortSignal,
  ): Promise<McpConnection> {
    const cwd = config.cwd ?? config.root ?? homeFolder;
    const env = serverEnvironment(environment, config.env);
    const transport = createStdioTransport({ config, cwd, env, onLog: (line) => host.onLog(line) });
    const client = createClient(config.name, host, version);
    let closed = false;
    const close = async () => {
      closed = true;
      await transport.close();
    };
    try {
      await client.connect(transport, { signal, timeout: 2 ** 31 - 1 });
    } catch (error) {
      // It is gone already when it was the one that ended.
      const why = transport.ended;
      await close();
      throw new Error(why ?? wordsOf(error, config.name), { cause: error });
    }
    const tell = client.onclose;
    client.onclose = () => {
      tell?.();
      if (!closed) host.onClosed(transport.ended ?? `“${config.name}” ended.`);
    };
    return createConnection({
      client,
      config,
      host,
      ended: () => (closed ? undefined : transport.ended),
      close,
    });
  }

  async function reach(
    config: Exclude<ServerConfig, { transport: 'stdio' }>,
    host: McpHost,
    signal: AbortSignal,
  ): Promise<McpConnection> {
    const newClient = () => createClient(config.name, host, version);
    const flood = new AbortController();
    let ended: string | undefined;
    const onFlood = (why: string) => {
      ended = why;
      flood.abort();
    };
    const { client, transport, refused } = await reachRemote(
      { config, host, secrets, openBrowser, newClient, wants, onFlood },
      AbortSignal.any([signal, flood.signal]),
    ).catch((error) => {
      throw ended === undefined ? error : new Error(ended, { cause: error });
    });
    let closed = false;
    client.onclose = () => {
      if (!closed) host.onClosed(ended ?? `The connection to “${config.name}” ended.`);
    };
    flood.signal.addEventListener('abort', () => void client.close(), { once: true });
    const close = async () => {
      if (closed) return;
      closed = true;
      // A server that does not answer does not keep us.
      if (transport instanceof StreamableHTTPClientTransport)
        await Promise.race([transport.terminateSession().catch(() => {}), pause(1_000)]);
      await client.close();
    };
    wants.delete(config.url);
    const whyNot = (error: unknown) => {
      const challenge = refused(error);
      if (!challenge) return undefined;
      wants.set(config.url, challenge);
      return whyRefused(config, error, challenge);
    };
    return createConnection({ client, config, host, ended: () => ended, close, refused: whyNot });
  }

  return {
    async connect(config, host, signal) {
      const native = nativeSignal(signal);
      if (config.transport === 'stdio') return runHere(config, host, native);
      try {
        return await reach(config, host, native);
      } catch (error) {
        if (error instanceof Error && error.name === 'SignInNeeded') throw error;
        throw new Error(wordsOf(error, config.name), { cause: error });
      }
    },
    async signOut(config) {
      if (config.transport !== 'stdio') await oauthMemory(secrets, config).forget();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
