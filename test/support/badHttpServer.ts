/** A server of tools over HTTP that does one thing wrong. Ends with the test. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestEnd } from './testStore';

export type HttpFault =
  /** It takes a request and never answers. */
  | 'mute-initialize'
  | 'mute-call'
  /** The answer to a call breaks off, or ends without one. */
  | 'cut'
  | 'ends'
  /** It knows the session no more, or fails. */
  | 'gone'
  | 'error'
  /** What comes is no answer of the protocol. */
  | 'page'
  | 'garbage'
  | 'version'
  /** An answer without end. */
  | 'flood-json'
  | 'flood-events'
  | 'flood-start'
  | undefined;

export interface BadHttpServer {
  readonly url: string;
  /** Methods that it was asked, in order. */
  readonly asked: readonly string[];
}

const STREAM = { 'content-type': 'text/event-stream' };
const JSON_TYPE = { 'content-type': 'application/json' };

export async function startBadHttp(fault: HttpFault): Promise<BadHttpServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    readBody(request).then((body) => {
      if (body === '') {
        response.writeHead(405).end();
        return;
      }
      const message: { method?: string; id?: number; params?: { protocolVersion?: string } } =
        JSON.parse(body);
      asked.push(message.method ?? 'an answer');
      if (message.id === undefined) response.writeHead(202).end();
      else answer(response, fault, { ...message, id: message.id });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, asked };
}

interface Asked {
  readonly id: number;
  readonly method?: string;
  readonly params?: { readonly protocolVersion?: string };
}

function answer(response: ServerResponse, fault: HttpFault, { id, method, params }: Asked): void {
  const json = (result: object) => {
    response.writeHead(200, JSON_TYPE).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  };
  if (method === 'initialize') {
    const protocolVersion = fault === 'version' ? '1999-12-31' : params?.protocolVersion;
    const serverInfo = { name: 'bad', version: '1' };
    if (fault === 'flood-start') flood(response, STREAM, 'data: ');
    else if (fault !== 'mute-initialize') json({ protocolVersion, capabilities: { tools: {} }, serverInfo });
  } else if (method === 'tools/list') json({ tools: [{ name: 'good', inputSchema: { type: 'object' } }] });
  else if (fault && IN_A_CALL[fault]) IN_A_CALL[fault](response);
  else json({ content: [{ type: 'text', text: 'fine' }] });
}

const IN_A_CALL: Readonly<Partial<Record<NonNullable<HttpFault>, (response: ServerResponse) => void>>> = {
  'mute-call': () => {},
  cut(response) {
    response.writeHead(200, STREAM).write('event: message\ndata: {"jsonrpc": "2.0", "id"');
    // What was written must have left.
    setTimeout(() => response.socket?.destroy(), 20);
  },
  ends: (response) => void response.writeHead(200, STREAM).end(': nothing\n\n'),
  gone: (response) => void response.writeHead(404, JSON_TYPE).end('{}'),
  error: (response) => void response.writeHead(500, { 'content-type': 'text/plain' }).end('out of memory'),
  page: (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
  garbage: (response) => void response.writeHead(200, JSON_TYPE).end('{"jsonrpc": "2.0", '),
  'flood-json': (response) => flood(response, JSON_TYPE, '"'),
  'flood-events': (response) => flood(response, STREAM, 'data: '),
};

/** As fast as it is read, until nobody reads. */
function flood(response: ServerResponse, headers: Readonly<Record<string, string>>, begin: string): void {
  const part = 'x'.repeat(1024 * 1024);
  response.writeHead(200, headers).write(begin);
  const more = () => {
    while (!response.destroyed && response.write(part));
  };
  response.on('drain', more);
  more();
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
