import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SpokenTurn } from '../../src/node/models/messageEvents';
import { sendTurn } from './messagesServerTurn';
import { onTestEnd } from './testStore';

/** What goes wrong with a turn. Those of a stream happen after `faultAfter` pieces of it were sent. */
export type Fault =
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'badRequest'
  | 'rateLimited'
  | 'serverError'
  | 'overloaded'
  | 'redirect'
  | 'notSse'
  | 'resetConnection'
  | 'cutByReset'
  | 'cutByEnd'
  | 'stall'
  | 'malformedEvent'
  | 'malformedTool'
  | 'truncatedTool'
  | 'refusal'
  | 'errorEvent'
  /** Bytes that are no event, between two events. */
  | 'garbage'
  /** An event without the parts of its kind. */
  | 'hollowEvent'
  /** One event is missing, comes twice, or after its successor. */
  | 'lostEvent'
  | 'doubledEvent'
  | 'swappedEvents'
  /** An event of a kind that a newer server may send. */
  | 'newEvent';

export interface ScriptedTurn extends SpokenTurn {
  /** Characters of text in one event. */
  readonly chunkSize?: number;
  /** Between two events. */
  readonly delayMs?: number;
  /** Cuts the byte stream at will, through characters and events. */
  readonly bytesPerWrite?: number;
  readonly fault?: Fault;
  /** Events that are sent before a fault of the stream; by default as far as the first piece of content. */
  readonly faultAfter?: number;
  /** Of `errorEvent`: by default `overloaded_error`. */
  readonly errorType?: string;
  /** Of `rateLimited` and `overloaded`: value of the header. */
  readonly retryAfter?: string;
  /** Replaces the error's message. */
  readonly errorMessage?: string;
}

/** A request's body, as far as tests look at it. */
export interface MessagesBody {
  readonly model: string;
  readonly max_tokens: number;
  readonly system?: readonly {
    readonly type: string;
    readonly text: string;
    readonly cache_control?: unknown;
  }[];
  readonly messages: readonly {
    readonly role: 'user' | 'assistant';
    readonly content: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[];
  }[];
  readonly tools?: readonly { readonly name: string }[];
  readonly tool_choice?: unknown;
  readonly thinking?: unknown;
  readonly output_config?: unknown;
  readonly stream?: boolean;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<IncomingMessage['headers']>;
  readonly body: MessagesBody;
  /** The body as it came. */
  readonly text: string;
  /** Resolves when the connection is closed: true when the client closed before the answer was complete. */
  readonly closedEarly: Promise<boolean>;
}

export interface MessagesServerOptions {
  readonly turns?: readonly ScriptedTurn[];
  /** Asked when the queue is empty. */
  readonly answer?: (request: RecordedRequest, index: number) => ScriptedTurn;
  readonly models?: readonly string[];
  /** For several tests: it ends with its `close` alone. */
  readonly stays?: boolean;
}

export interface MessagesServer {
  readonly url: string;
  /** Every request to `/v1/messages`, in order. */
  readonly requests: readonly RecordedRequest[];
  enqueue(...turns: readonly ScriptedTurn[]): void;
  /** Resolves when that many requests have come. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A Messages API on a real socket of this machine; ends with the test, unless it stays. */
export async function startMessagesServer(options: MessagesServerOptions = {}): Promise<MessagesServer> {
  const requests: RecordedRequest[] = [];
  const queue = [...(options.turns ?? [])];
  const server = createServer((request, response) => void handle(request, response));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/v1/models') return sendModels(response, options.models ?? ['claude-sonnet-5-5']);
    const text = await readBody(request);
    if (path !== '/v1/messages') return void response.writeHead(404).end('{}');
    const recorded: RecordedRequest = {
      method: request.method ?? '',
      path,
      headers: request.headers,
      body: JSON.parse(text) as MessagesBody,
      text,
      closedEarly: once(response, 'close').then(() => !response.writableFinished),
    };
    requests.push(recorded);
    server.emit('recorded');
    const turn = queue.shift() ?? options.answer?.(recorded, requests.length - 1);
    await sendTurn(response, turn ?? { fault: 'badRequest', errorMessage: 'The script has no more turns.' }, {
      model: recorded.body.model,
      messageId: `msg_${requests.length}`,
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  if (!options.stays) onTestEnd(() => close(server));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    enqueue: (...turns) => void queue.push(...turns),
    async received(count) {
      while (requests.length < count) await once(server, 'recorded');
    },
    close: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function sendModels(response: ServerResponse, ids: readonly string[]): void {
  const data = ids.map((id) => ({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' }));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ data, has_more: false, first_id: ids[0], last_id: ids.at(-1) }));
}
