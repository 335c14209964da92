/**
 * Clients over HTTP, on this machine alone. Whoever asks has the token; a page in a browser has none, and is also known by
 * where it says that it comes from and what it calls us.
 */
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { AbortSignal } from '../../core/util/abort';
import type { ServerOptions } from './options';
import { createMcpServer } from './server';

export const LOOPBACK = '127.0.0.1';
const PATH = '/mcp';
/** More clients than a machine has at once; the oldest goes. */
const MOST_SESSIONS = 32;
const LOCAL = new Set(['localhost', LOOPBACK, '[::1]']);

export interface HttpOptions extends ServerOptions {
  /** 0: one that is free. */
  readonly port: number;
  /** What clients must send; made up where none is given. */
  readonly token?: string;
  /** Once it can be asked. */
  readonly onReady: (address: string, token: string) => void;
}

/** Resolves when the signal ends it; rejects where the port is taken. */
export async function serveHttp(options: HttpOptions, signal: AbortSignal): Promise<void> {
  const { port, onReady, token = randomBytes(32).toString('base64url') } = options;
  const sessions = new Map<string, StreamableHTTPServerTransport>();

  async function open(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized(id) {
        sessions.set(id, transport);
        const [oldest] = sessions;
        if (oldest && sessions.size > MOST_SESSIONS) void oldest[1].close();
      },
    });
    transport.onclose = () => void (transport.sessionId && sessions.delete(transport.sessionId));
    await createMcpServer(options).connect(transport);
    return transport;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const why = refusal(request, token);
    if (why) return refuse(response, ...why);
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (typeof id === 'string' && !known)
      return refuse(response, 404, 'This session has ended. Begin again.');
    await (known ?? (await open())).handleRequest(request, response);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      options.log.error('A request failed', error);
      if (!response.headersSent) refuse(response, 500, 'That failed inside Earshot.');
      else response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  const chosen = typeof address === 'object' && address ? address.port : port;
  onReady(`http://${LOOPBACK}:${chosen}${PATH}`, token);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.all([...sessions.values()].map((transport) => transport.close()));
  server.close();
  server.closeAllConnections();
}

/** Why a request is not answered; undefined where it is. */
function refusal(
  { headers, url = '' }: IncomingMessage,
  token: string,
): readonly [status: number, why: string] | undefined {
  if (!LOCAL.has(hostOf(`http://${headers.host ?? ''}`))) return [403, 'Ask for 127.0.0.1 or localhost.'];
  if (headers.origin !== undefined && !LOCAL.has(hostOf(headers.origin)))
    return [403, 'Pages of other origins are not answered.'];
  if (!isSame(headers.authorization ?? '', `Bearer ${token}`))
    return [401, 'Send the token that was printed at the start: Authorization: Bearer <token>.'];
  return url.split('?')[0] === PATH ? undefined : [404, `There is only ${PATH}.`];
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, status: number, why: string): void {
  const headers = {
    'content-type': 'application/json',
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
  };
  response.writeHead(status, headers);
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message: why }, id: null }));
}
