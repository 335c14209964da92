/** Servers that are reached over HTTP: streamable, with the older SSE where a server knows no other, signed in where it asks. */
import { randomBytes } from 'node:crypto';
import { auth, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport, SseError } from '@modelcontextprotocol/sdk/client/sse.js';
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { RemoteServer } from '../../core/mcp/model';
import { type McpHost, SignInNeeded } from '../../core/mcp/ports';
import { onAbort } from '../../core/util/abort';
import type { Resolve } from '../web/publicAddress';
import { createCallbackServer } from './callbackServer';
import type { SecretStore } from './laterMcp';
import { createSignIn, oauthMemory, redirectOf, type SignIn, signInNeeded } from './oauth';
import { fetchWithHeaders } from './ownHeaders';
import { createSignInFetch, type SignInFetch } from './signInFetch';
import { type Challenge, createWire, type Wire } from './wire';

type RemoteTransport = StreamableHTTPClientTransport | SSEClientTransport;

export interface Reached {
  readonly client: Client;
  readonly transport: RemoteTransport;
  /** Where it wants to know who one is, or gives them too few rights; undefined: it is another failure. */
  refused(error: unknown): Challenge | undefined;
}

export interface RemoteOptions {
  readonly config: RemoteServer;
  readonly host: McpHost;
  readonly secrets: SecretStore;
  readonly openBrowser: ((url: string) => Promise<void>) | undefined;
  readonly newClient: () => Client;
  /** Addresses of servers that asked for a sign-in only after they had let us in, and what they want of it. */
  readonly wants: ReadonlyMap<string, Challenge>;
  /** It sends without end. */
  readonly onFlood: (why: string) => void;
  /** Of names to addresses; undefined: the system's. */
  readonly resolve?: Resolve | undefined;
}

export async function reachRemote(options: RemoteOptions, signal: AbortSignal): Promise<Reached> {
  const { config, host, secrets, openBrowser, wants } = options;
  const memory = oauthMemory(secrets, config);
  const ownKey = hasOwnKey(config);
  const kept = ownKey ? {} : await memory.read();
  const way = wayTo(options);
  const redirect = kept.redirect ?? redirectOf(config.oauth.redirectUri).url.href;
  const shared = { config, memory, redirect, state: '', refused: way.refused };
  const provider = kept.tokens ? createSignIn({ ...shared, openBrowser: undefined }) : undefined;
  const canSignIn = host.interactive && openBrowser !== undefined && !ownKey;
  let wanted = wants.get(config.url);
  try {
    // It lets anybody in, and wants to know who it is, or more rights, when a tool is called.
    if (wanted && (!provider || (wanted.more && canSignIn))) throw signInNeeded(config.name);
    const reached = await connectBoth(options, way, provider, signal);
    if (provider || (await isOpen(reached, signal))) return reached;
    wanted = way.challenge;
    throw signInNeeded(config.name);
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
    if (!canSignIn) throw whyRefused(config, error);
    return signIn({ ...options, openBrowser }, way, { registered: kept.redirect, wanted }, signal);
  }
}

interface Known {
  /** Where the browser came back to before. */
  readonly registered: string | undefined;
  /** Undefined: it wants a sign-in before anything else. */
  readonly wanted: Challenge | undefined;
}

async function signIn(
  options: RemoteOptions & { readonly openBrowser: (url: string) => Promise<void> },
  way: Way,
  { registered, wanted: challenge }: Known,
  signal: AbortSignal,
): Promise<Reached> {
  const { config, secrets, openBrowser, host } = options;
  const wanted = redirectOf(config.oauth.redirectUri);
  const again = !wanted.pinned && registered !== undefined ? new URL(registered) : wanted.url;
  const state = randomBytes(24).toString('base64url');
  let provider: SignIn | undefined;
  const expected = {
    state,
    check: (issuer: string | undefined) => provider?.checkIssuer(issuer),
    onStray: () =>
      host.onLog({
        level: 'warning',
        text: 'Somebody came back from a sign-in that was not asked for. Still waiting for yours.',
      }),
  };
  const callback = await createCallbackServer(again, expected).catch((error) => {
    if (wanted.pinned)
      throw new Error(`Nobody can come back to ${wanted.url.href}: the port is in use.`, { cause: error });
    return createCallbackServer(wanted.url, expected);
  });
  try {
    const memory = oauthMemory(secrets, config);
    const { redirect } = callback;
    const more = challenge?.more ? (challenge.scope ?? '') : undefined;
    const browse = async (url: string) => {
      const open = () => openBrowser(url);
      host.onSigningIn({ host: new URL(url).host, open });
      // The editor may ask whether it should: who has given up does not wait for that.
      await Promise.race([open(), untilAborted(signal)]);
    };
    const shared = { config, memory, redirect, state, more, refused: way.refused };
    provider = createSignIn({ ...shared, openBrowser: browse });
    const asked = { serverUrl: new URL(config.url), fetchFn: way.fetch };
    const scope = challenge?.scope === undefined ? {} : { scope: challenge.scope };
    let transport: RemoteTransport | undefined;
    try {
      const reached = await connectBoth(options, way, provider, signal, (made) => {
        transport = made;
      });
      if (!challenge) return reached;
      await reached.client.close().catch(() => {});
      transport = undefined;
      if ((await auth(provider, { ...asked, ...scope })) === 'AUTHORIZED')
        return await connectBoth(options, way, provider, signal);
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
    }
    const code = await callback.wait(signal);
    host.onSigningIn(undefined);
    if (transport) await transport.finishAuth(code);
    else await auth(provider, { ...asked, authorizationCode: code });
    return await connectBoth(options, way, provider, signal);
  } finally {
    provider?.finish();
    callback.close();
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => onAbort(signal, () => reject(signal.reason)));
}

interface Way extends SignInFetch, Pick<Wire, 'attach' | 'challenge'> {}

function wayTo({ config: { name, url, headers }, onFlood, resolve }: RemoteOptions): Way {
  const server = new URL(url);
  const wire = createWire({ name, fetch: fetchWithHeaders(server, headers), onFlood });
  return {
    ...createSignInFetch({ name, server, own: wire.fetch, resolve }),
    attach: wire.attach,
    get challenge() {
      return wire.challenge;
    },
  };
}

/** Who brings a key of their own is not sent to a browser when it is wrong. */
function hasOwnKey({ headers }: RemoteServer): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
}

/** What a person should read where a server wants to know who it is. */
export function whyRefused(config: RemoteServer, error: unknown, challenge?: Challenge): Error {
  if (hasOwnKey(config)) return new Error(`“${config.name}” refuses the key in its headers (Authorization).`);
  if (challenge?.more) {
    const rights = challenge.scope === undefined ? '' : ` (${challenge.scope})`;
    return new SignInNeeded(
      `“${config.name}” wants more rights than you gave it${rights}. Sign in again to give them.`,
    );
  }
  return error instanceof SignInNeeded ? error : signInNeeded(config.name);
}

async function connectBoth(
  options: RemoteOptions,
  way: Way,
  provider: SignIn | undefined,
  signal: AbortSignal,
  onTransport: (transport: RemoteTransport) => void = () => {},
): Promise<Reached> {
  const { config, newClient, host } = options;
  const url = new URL(config.url);
  const shared = {
    fetch: way.fetch,
    ...(provider ? { authProvider: provider } : {}),
  };
  async function connect(transport: RemoteTransport): Promise<Reached> {
    onTransport(transport);
    way.attach(transport);
    const client = newClient();
    try {
      await client.connect(transport, { signal, timeout: 2 ** 31 - 1 });
      return { client, transport, refused: (error) => challengeIn(error, way) };
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
async function isOpen({ client }: Reached, signal: AbortSignal): Promise<boolean> {
  if (!client.getServerCapabilities()?.tools) return true;
  try {
    await client.request({ method: 'tools/list', params: {} }, ResultSchema, {
      signal,
      timeout: 2 ** 31 - 1,
    });
  } catch (error) {
    if (!isUnauthorized(error)) return true;
    await client.close().catch(() => {});
    return false;
  }
  return true;
}

function challengeIn(error: unknown, { challenge }: Way): Challenge | undefined {
  const none = { scope: undefined, more: false };
  if (isUnauthorized(error)) return challenge ?? none;
  // The SDK asks for more rights by itself, which it gets only from a person.
  return error instanceof StreamableHTTPError && error.code === 403 && challenge?.more
    ? challenge
    : undefined;
}

function isUnauthorized(error: unknown): boolean {
  if (error instanceof UnauthorizedError || error instanceof SignInNeeded) return true;
  return (error instanceof StreamableHTTPError || error instanceof SseError) && error.code === 401;
}
