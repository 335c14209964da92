/** Signing in to a remote server: PKCE by the SDK, tokens where the host keeps secrets, the browser by the person's act alone. */
import { createHash } from 'node:crypto';
import type { OAuthClientProvider, OAuthDiscoveryState } from '@modelcontextprotocol/sdk/client/auth.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import type { RemoteServer } from '../../core/mcp/model';
import { SignInNeeded } from '../../core/mcp/ports';
import type { SecretStore } from './laterMcp';
import { isLocal } from './localHost';

interface Kept {
  readonly client?: OAuthClientInformationMixed | undefined;
  readonly tokens?: OAuthTokens | undefined;
  /** What the client was registered with. */
  readonly redirect?: string | undefined;
}

export interface SignIn extends OAuthClientProvider {
  /** Throws where somebody else answers than who was asked. */
  checkIssuer(issuer: string | undefined): void;
  /** From now on no browser is opened: nobody waits for it to come back. */
  finish(): void;
}

export interface OAuthMemory {
  read(): Promise<Kept>;
  write(kept: Kept): Promise<void>;
  forget(): Promise<void>;
}

export function oauthMemory(secrets: SecretStore, { url }: Pick<RemoteServer, 'url'>): OAuthMemory {
  const key = `mcp.${createHash('sha256').update(url).digest('hex').slice(0, 32)}`;
  return {
    async read() {
      const text = await secrets.get(key);
      try {
        const value: unknown = text === undefined ? {} : JSON.parse(text);
        return typeof value === 'object' && value !== null ? value : {};
      } catch {
        return {};
      }
    },
    write: (kept) => secrets.set(key, JSON.stringify(kept)),
    forget: () => secrets.set(key, undefined),
  };
}

export interface SignInOptions {
  readonly config: RemoteServer;
  readonly memory: OAuthMemory;
  readonly redirect: string;
  readonly state: string;
  /** Rights beyond those of the tokens that there are, which are not used then. */
  readonly more?: string | undefined;
  /** Refresh tokens that were not taken. */
  readonly refused: ReadonlySet<string>;
  /** Undefined: nobody is there to sign in. */
  readonly openBrowser: ((url: string) => Promise<void>) | undefined;
}

export const signInNeeded = (name: string) => new SignInNeeded(`Sign in to “${name}” to use it.`);

export function createSignIn(options: SignInOptions): SignIn {
  const { config, memory, redirect, state, more, refused } = options;
  const { oauth, name } = config;
  let { openBrowser } = options;
  let verifier = '';
  let discovered: OAuthDiscoveryState | undefined;
  const asked = oauth.scopes?.join(' ');
  let isNew = more === undefined;
  const secret = oauth.clientSecret === undefined ? {} : { client_secret: oauth.clientSecret };

  return {
    redirectUrl: redirect,
    ...(oauth.clientMetadataUrl === undefined ? {} : { clientMetadataUrl: oauth.clientMetadataUrl }),
    clientMetadata: {
      client_name: 'Earshot',
      redirect_uris: [redirect],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...(asked === undefined ? {} : { scope: asked }),
    },
    state: () => state,
    async clientInformation() {
      const { client, redirect: registered } = await memory.read();
      if (oauth.clientId !== undefined) {
        const own = client?.client_id === oauth.clientId ? client : { client_id: oauth.clientId };
        return { ...own, ...secret };
      }
      // It may come back only to where it was registered for.
      return openBrowser && registered !== redirect ? undefined : client;
    },
    async saveClientInformation(client) {
      if (!openBrowser) throw signInNeeded(name);
      // It comes from the environment each time.
      const { client_secret: given, ...rest } = client;
      const kept = given === oauth.clientSecret ? rest : client;
      await memory.write({ ...(await memory.read()), client: kept, redirect });
    },
    tokens: async () => (isNew ? (await memory.read()).tokens : undefined),
    async saveTokens(tokens) {
      isNew = true;
      await memory.write({ ...(await memory.read()), tokens });
    },
    async redirectToAuthorization(url) {
      if (!openBrowser) throw signInNeeded(name);
      // What is not of this machine has no business with what is.
      const local = isLocal(url.hostname) && isLocal(new URL(config.url).hostname);
      if (url.protocol !== 'https:' && !(local && url.protocol === 'http:'))
        throw new Error(
          `“${name}” sends you to ${url.origin} to sign in, which is not https. Nothing was opened.`,
        );
      const scope = withMore(asked ?? url.searchParams.get('scope') ?? undefined, more);
      if (scope !== undefined) url.searchParams.set('scope', scope);
      await openBrowser(url.href);
    },
    saveCodeVerifier(given) {
      verifier = given;
    },
    codeVerifier: () => verifier,
    async invalidateCredentials(scope) {
      const kept = await memory.read();
      if (scope === 'all') await memory.forget();
      if (scope === 'client') await memory.write({ tokens: kept.tokens });
      // What another call, or another window, got meanwhile is as good as new.
      const renewable = kept.tokens?.refresh_token;
      if (scope === 'tokens' && (renewable === undefined || refused.has(renewable)))
        await memory.write({ client: kept.client, redirect: kept.redirect });
      if (scope === 'verifier') verifier = '';
      if (scope === 'discovery') discovered = undefined;
    },
    saveDiscoveryState(found) {
      const { authorizationServerUrl, authorizationServerMetadata: metadata } = found;
      // Whoever answers for another issuer could have the code sent to itself (RFC 8414, 3.3).
      // Older servers name nobody: then it is their own origin, where the issuer may have a path.
      const isIt = found.resourceMetadata ? sameIssuer : sameOrigin;
      if (metadata && !isIt(metadata.issuer, authorizationServerUrl))
        throw new Error(
          `“${name}” names ${authorizationServerUrl} to sign in at, which says that it is ${metadata.issuer}. Nothing was opened.`,
        );
      discovered = found;
    },
    discoveryState: () => discovered,
    checkIssuer(given) {
      const metadata = discovered?.authorizationServerMetadata;
      const issuer = metadata?.issuer ?? discovered?.authorizationServerUrl;
      // Who promises to say who it is and does not may be another (RFC 9207).
      if (given === undefined && metadata && saysWhoItIs(metadata))
        throw new Error(
          `The answer does not say that it is from ${issuer}, which always says so. You are not signed in.`,
        );
      if (given !== undefined && issuer !== undefined && !sameIssuer(given, issuer))
        throw new Error(`The answer came from ${given}, and not from ${issuer}. You are not signed in.`);
    },
    finish() {
      openBrowser = undefined;
    },
  };
}

function withMore(scope: string | undefined, more: string | undefined): string | undefined {
  if (more === undefined) return scope;
  return [...new Set(`${scope ?? ''} ${more}`.trim().split(/\s+/))].join(' ');
}

function saysWhoItIs(metadata: object): boolean {
  const key = 'authorization_response_iss_parameter_supported';
  return key in metadata && metadata[key] === true;
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

function sameIssuer(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/\/$/, '');
  return plain(a) === plain(b);
}

/** A whole address, `host:port`, `:port`, or any port of this machine. */
export function redirectOf(given: string | undefined): { readonly url: URL; readonly pinned: boolean } {
  if (given === undefined) return { url: new URL('http://127.0.0.1:0/oauth/callback'), pinned: false };
  const whole = /^https?:\/\//i.test(given)
    ? given
    : `http://${given.startsWith(':') ? `127.0.0.1${given}` : given}/oauth/callback`;
  const url = new URL(whole);
  if (url.protocol !== 'http:' || !isLocal(url.hostname))
    throw new Error(
      `“redirectUri” has to lead to this machine, as http://127.0.0.1:8080/oauth/callback does. ${given} does not.`,
    );
  return { url, pinned: url.port !== '' && url.port !== '0' };
}
