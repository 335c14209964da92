/** Servers that are reached over HTTP: streamable, with the older SSE where a server knows no other, signed in where it asks. */
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport, SseError } from '@modelcontextprotocol/sdk/client/sse.js';
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { RemoteServer } from '../../core/mcp/model';
import { type McpHost, SignInNeeded } from '../../core/mcp/ports';
import { createCallbackServer } from './callbackServer';
import type { SecretStore } from './laterMcp';
import { createSignIn, oauthMemory, redirectOf, type SignIn } from './oauth';
import { fetchWithHeaders } from './ownHeaders';

type RemoteTransport = StreamableHTTPClientTransport | SSEClientTransport;

export interface Reached {
  readonly client: Client;
  readonly transport: RemoteTransport;
}

export interface RemoteOptions {
  readonly config: RemoteServer;
  readonly host: McpHost;
  readonly secrets: SecretStore;
  readonly openBrowser: ((url: string) => Promise<void>) | undefined;
  readonly newClient: () => Client;
}

export async function reachRemote(options: RemoteOptions, signal: AbortSignal): Promise<Reached> {
  const { config, host, secrets, openBrowser } = options;
  const memory = oauthMemory(secrets, config);
  // Who brings a key of their own is not sent to a browser when it is wrong.
  const ownKey = Object.keys(config.headers).some((name) => name.toLowerCase() === 'authorization');
  const kept = ownKey ? {} : await memory.read();
  const redirect = kept.redirect ?? redirectOf(config.oauth.redirectUri).url.href;
  const provider = kept.tokens
    ? createSignIn({ config, memory, redirect, openBrowser: undefined })
    : undefined;
  try {
    const reached = await connectBoth(options, provider, signal);
    if (!provider) await requireOpen(reached, signal);
    return reached;
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
    if (ownKey) throw new Error(`“${config.name}” refuses the key in its headers (Authorization).`);
    if (!host.interactive || !openBrowser)
      throw error instanceof SignInNeeded
        ? error
        : new SignInNeeded(`Sign in to “${config.name}” to use it.`);
    return signIn({ ...options, openBrowser }, kept.redirect, signal);
  }
}

async function signIn(
  options: RemoteOptions & { readonly openBrowser: (url: string) => Promise<void> },
  registered: string | undefined,
  signal: AbortSignal,
): Promise<Reached> {
  const { config, secrets, openBrowser } = options;
  const wanted = redirectOf(config.oauth.redirectUri);
  const again = !wanted.pinned && registered !== undefined ? new URL(registered) : wanted.url;
  const callback = await createCallbackServer(again).catch((error) => {
    if (wanted.pinned)
      throw new Error(`Nobody can come back to ${wanted.url.href}: the port is in use.`, { cause: error });
    return createCallbackServer(wanted.url);
  });
  try {
    const provider = createSignIn({
      config,
      memory: oauthMemory(secrets, config),
      redirect: callback.redirect,
      openBrowser,
    });
    let transport: RemoteTransport | undefined;
    try {
      return await connectBoth(options, provider, signal, (made) => {
        transport = made;
      });
    } catch (error) {
      if (!(error instanceof UnauthorizedError) || !transport) throw error;
    }
    const back = await callback.wait(signal);
    provider.check(back);
    await transport.finishAuth(back.code);
    return await connectBoth(options, provider, signal);
  } finally {
    callback.close();
  }
}

async function connectBoth(
  options: RemoteOptions,
  provider: SignIn | undefined,
  signal: AbortSignal,
  onTransport: (transport: RemoteTransport) => void = () => {},
): Promise<Reached> {
  const { config, newClient, host } = options;
  const url = new URL(config.url);
  const shared = {
    fetch: fetchWithHeaders(url, config.headers),
    ...(provider ? { authProvider: provider } : {}),
  };
  async function connect(transport: RemoteTransport): Promise<Reached> {
    onTransport(transport);
    const client = newClient();
    try {
      await client.connect(transport, { signal, timeout: 2 ** 31 - 1 });
      return { client, transport };
    } catch (error) {
      await client.close().catch(() => {});
      throw error;
    }
  }
  if (config.transport === 'sse') return connect(new SSEClientTransport(url, shared));
  try {
    return await connect(new StreamableHTTPClientTransport(url, shared));
  } catch (error) {
    if (!(error instanceof StreamableHTTPError) || ![400, 404, 405].includes(error.code ?? 0)) throw error;
    host.onLog({ level: 'info', text: 'It does not speak streamable HTTP; the older SSE is tried.' });
    // What the first way said is what a person should read, if the second fails too.
    return connect(new SSEClientTransport(url, shared)).catch((second) => {
      throw isUnauthorized(second) ? second : error;
    });
  }
}

/** Some let anybody in, and want to know who it is only when something is asked of them. */
async function requireOpen({ client }: Reached, signal: AbortSignal): Promise<void> {
  if (!client.getServerCapabilities()?.tools) return;
  try {
    await client.request({ method: 'tools/list', params: {} }, ResultSchema, {
      signal,
      timeout: 2 ** 31 - 1,
    });
  } catch (error) {
    if (!isUnauthorized(error)) return;
    await client.close().catch(() => {});
    throw error;
  }
}

function isUnauthorized(error: unknown): boolean {
  if (error instanceof UnauthorizedError || error instanceof SignInNeeded) return true;
  return (error instanceof StreamableHTTPError || error instanceof SseError) && error.code === 401;
}
