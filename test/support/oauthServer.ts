/** A server of tools that wants to know who asks, and the one that signs people in; two origins of this machine. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { onTestEnd } from './testStore';

/** What of it is other than it should be. */
export interface OAuthTraits {
  /** It says at the start that it names itself in each answer (RFC 9207). */
  promisesIssuer?: boolean;
  /** Who it says that it is in an answer; undefined: it does not say. */
  issuerInAnswer?: string | undefined;
  /** In its metadata, instead of itself. */
  issuerInMetadata?: string;
  authorizationEndpoint?: string;
  /** Why it sends people back without a code: `access_denied`. */
  denies?: string | undefined;
  /** It does not know its own codes any more. */
  forgetsCodes?: boolean;
  /** Where the request for tokens is sent on to. */
  tokenRedirect?: string;
  /** Anybody may look; only calls are asked for. */
  asksOnlyAtCalls?: boolean;
  /** Anybody may begin; already the list of tools is asked for. */
  asksAfterStart?: boolean;
  /** Calls want this right; whoever signs in gets those that they ask for. */
  scopeOfCalls?: string;
  /** Its page waits until somebody presses a link of it. */
  asksPerson?: boolean;
  /** The only client that it knows, which has to prove itself. */
  client?: { readonly id: string; readonly secret: string };
}

export interface OAuthServer {
  /** Of the server of tools. */
  readonly url: string;
  readonly issuer: string;
  readonly traits: OAuthTraits;
  /** Rights that were asked for in the browser, in order. */
  readonly scopes: readonly string[];
  /** Kinds of the requests for tokens that were granted, in order. */
  readonly grants: readonly string[];
  /** Access tokens are not taken any more; they can be renewed. */
  expire(): void;
  /** Nor can they be renewed. */
  revoke(): void;
}

interface Code {
  readonly challenge: string;
  readonly redirect: string;
  readonly client: string;
  readonly scope: string;
}

export async function startOAuthServer(traits: OAuthTraits = {}): Promise<OAuthServer> {
  /** Token → its rights. */
  const access = new Map<string, string>();
  const renewals = new Map<string, string>();
  const codes = new Map<string, Code>();
  const clients = new Map<string, readonly string[]>();
  const grants: string[] = [];
  const scopes: string[] = [];

  function newTokens(grant: string, scope: string) {
    const [access_token, refresh_token] = [randomUUID(), randomUUID()];
    access.set(access_token, scope);
    renewals.set(refresh_token, scope);
    grants.push(grant);
    return { access_token, refresh_token, token_type: 'Bearer', expires_in: 3600 };
  }

  /** As whom somebody asks for tokens; undefined: they cannot prove it. */
  function clientOf(form: URLSearchParams, authorization = ''): string | undefined {
    if (traits.client === undefined) return form.get('client_id') ?? '';
    const { id, secret } = traits.client;
    return authorization === `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` ? id : undefined;
  }

  function token(form: URLSearchParams, authorization: string | undefined): object | undefined {
    const client = clientOf(form, authorization);
    if (client === undefined) return undefined;
    const grant = form.get('grant_type') ?? '';
    if (grant === 'refresh_token') {
      const old = form.get('refresh_token') ?? '';
      const scope = renewals.get(old);
      return renewals.delete(old) ? newTokens(grant, scope ?? '') : undefined;
    }
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      code?.challenge === proof && code.redirect === form.get('redirect_uri') && code.client === client;
    return fits ? newTokens(grant, code.scope) : undefined;
  }

  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const [client = '', redirect = '', challenge = ''] = ['client_id', 'redirect_uri', 'code_challenge'].map(
      (key) => asked.get(key) ?? '',
    );
    if (traits.client?.id !== client && !clients.get(client)?.includes(redirect))
      return void json(response, 400, { error: 'invalid_client' });
    const scope = asked.get('scope') ?? '';
    scopes.push(scope);
    const back = new URL(redirect);
    if (traits.denies === undefined) {
      const code = randomUUID();
      if (!traits.forgetsCodes) codes.set(code, { challenge, redirect, client, scope });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', traits.denies);
    back.searchParams.set('state', asked.get('state') ?? '');
    if (traits.issuerInAnswer !== undefined) back.searchParams.set('iss', traits.issuerInAnswer);
    response.writeHead(302, { location: back.href }).end();
  }

  const issuer = await listen(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    if (pathname === '/.well-known/oauth-authorization-server')
      json(response, 200, {
        issuer: traits.issuerInMetadata ?? issuer,
        authorization_endpoint: traits.authorizationEndpoint ?? `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        registration_endpoint: `${issuer}/register`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: [traits.client ? 'client_secret_basic' : 'none'],
        authorization_response_iss_parameter_supported: traits.promisesIssuer,
      });
    else if (pathname === '/register') {
      const given = JSON.parse(await bodyOf(request));
      const client_id = randomUUID();
      clients.set(client_id, given.redirect_uris);
      json(response, 201, { ...given, client_id });
    } else if (pathname === '/authorize' && traits.asksPerson && !searchParams.has('allowed')) {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<h1>Acme</h1><a href="${request.url}&allowed=1">Allow Earshot</a>`);
    } else if (pathname === '/authorize') authorize(searchParams, response);
    else if (pathname === '/token' && traits.tokenRedirect !== undefined)
      response.writeHead(307, { location: traits.tokenRedirect }).end();
    else if (pathname === '/token') {
      const tokens = token(new URLSearchParams(await bodyOf(request)), request.headers.authorization);
      json(response, tokens ? 200 : 400, tokens ?? { error: 'invalid_grant' });
    } else json(response, 404, {});
  });

  const tools = await listen(async (request, response) => {
    if (request.url === '/.well-known/oauth-protected-resource/mcp')
      return json(response, 200, { resource: `${tools}/mcp`, authorization_servers: [issuer] });
    if (request.url !== '/mcp') return json(response, 404, {});
    const body = request.method === 'POST' ? JSON.parse(await bodyOf(request)) : undefined;
    const isCall = body?.method === 'tools/call';
    const isStart = body?.method === 'initialize' || body?.id === undefined;
    const open = (traits.asksOnlyAtCalls === true && !isCall) || (traits.asksAfterStart === true && isStart);
    const rights = access.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    const where = `resource_metadata="${tools}/.well-known/oauth-protected-resource/mcp"`;
    if (!open && rights === undefined) {
      response.writeHead(401, { 'www-authenticate': `Bearer ${where}` }).end();
      return;
    }
    const { scopeOfCalls: scope } = traits;
    if (isCall && scope !== undefined && !rights?.split(' ').includes(scope)) {
      const why = `Bearer error="insufficient_scope", scope="${scope}", ${where}`;
      response.writeHead(403, { 'www-authenticate': why }).end();
      return;
    }
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    await toolServer().connect(transport);
    await transport.handleRequest(request, response, body);
  });

  return {
    url: `${tools}/mcp`,
    issuer,
    traits,
    grants,
    scopes,
    expire: () => access.clear(),
    revoke() {
      access.clear();
      renewals.clear();
    },
  };
}

function toolServer(): Server {
  const server = new Server({ name: 'guarded', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [{ name: 'greet', inputSchema: { type: 'object' } }],
  }));
  server.setRequestHandler(CallToolRequestSchema, () => ({ content: [{ type: 'text', text: 'hello' }] }));
  return server;
}

/** Resolves with the origin. Ended when the test ends. */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
