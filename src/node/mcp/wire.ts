/**
 * What a server sends back over HTTP, looked at while it comes: no message of it is larger than one may be, and what was
 * asked is not waited for when the answer to it breaks off. The SDK reads on in the one case and waits in the other.
 */
import { extractWWWAuthenticateParams } from '@modelcontextprotocol/sdk/client/auth.js';
import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ErrorCode, type RequestId } from '@modelcontextprotocol/sdk/types.js';

/** Bytes of one message. */
const LONGEST = 16 * 1024 * 1024;
/** Milliseconds until what came before an end was read. */
const READ = 200;
/** As the SDK itself says that nobody answers any more. */
export const CLOSED = 'Connection closed';

/** What a server wants of who asks. */
export interface Challenge {
  readonly scope: string | undefined;
  /** It knows who asks, who has not enough rights. */
  readonly more: boolean;
}

export interface Wire {
  readonly fetch: FetchLike;
  /** The last one. */
  readonly challenge: Challenge | undefined;
  /** Hears the transport's messages; before a client has it. */
  attach(transport: Transport): void;
}

export interface WireOptions {
  readonly name: string;
  readonly fetch: FetchLike;
  /** It sends without end. Called once. */
  readonly onFlood: (why: string) => void;
}

export function createWire({ name, fetch: own, onFlood }: WireOptions): Wire {
  const waiting = new Map<RequestId, Transport>();
  let current: Transport | undefined;
  let flooded = false;
  let challenge: Challenge | undefined;
  const tooLong = `“${name}” sent a message of more than ${LONGEST / 1024 / 1024} MB.`;

  /** Unless the answer was in it. */
  function brokeOff(id: RequestId): void {
    setTimeout(() => {
      const transport = waiting.get(id);
      waiting.delete(id);
      transport?.onmessage?.({
        jsonrpc: '2.0',
        id,
        error: { code: ErrorCode.ConnectionClosed, message: CLOSED },
      });
    }, READ).unref();
  }

  return {
    get challenge() {
      return challenge;
    },
    attach(transport) {
      current = transport;
      transport.onmessage = (message) => {
        if (!('method' in message) && message.id !== undefined) waiting.delete(message.id);
      };
      transport.onclose = () => {
        for (const [id, whose] of waiting) if (whose === transport) waiting.delete(id);
      };
    },
    async fetch(input, init) {
      const id = requestIn(init?.body);
      const answer = await own(input, init);
      const { body, status, statusText, headers } = answer;
      if (status === 401 || status === 403) {
        const { scope, error } = extractWWWAuthenticateParams(answer);
        challenge = { scope, more: status === 403 && error === 'insufficient_scope' };
      }
      if (!body || (status >= 300 && status < 400)) return answer;
      const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (isStream && id !== undefined && current) waiting.set(id, current);
      const measure = isStream ? createEventMeasure() : createMeasure();
      const hasId = createIdSearch();
      let canResume = false;
      const watched = looking(body, {
        onPart(part) {
          canResume ||= hasId(part);
          if (measure(part) <= LONGEST) return;
          if (isStream && !flooded) {
            flooded = true;
            onFlood(tooLong);
          }
          throw new Error(tooLong);
        },
        onEnd() {
          if (isStream && id !== undefined && !canResume) brokeOff(id);
        },
      });
      return new Response(watched, { status, statusText, headers });
    },
  };
}

/** Of the message that is sent. */
function requestIn(body: unknown): RequestId | undefined {
  if (typeof body !== 'string' || !body.startsWith('{')) return undefined;
  const { id, method }: { id?: unknown; method?: unknown } = JSON.parse(body);
  return method !== undefined && (typeof id === 'number' || typeof id === 'string') ? id : undefined;
}

function createMeasure(): (part: Uint8Array) => number {
  let size = 0;
  return ({ length }) => {
    size += length;
    return size;
  };
}

/** Bytes since the last empty line, which ends an event. */
function createEventMeasure(): (part: Uint8Array) => number {
  let size = 0;
  let tail = Buffer.alloc(0);
  return (part) => {
    const text = Buffer.concat([tail, part]);
    const end = Math.max(...['\n\n', '\r\n\r\n', '\r\r'].map((empty) => text.lastIndexOf(empty)));
    size = end < 0 ? size + part.length : text.length - end;
    tail = Buffer.from(text.subarray(-3));
    return size;
  };
}

/** Who numbers events can go on where it was cut. */
function createIdSearch(): (part: Uint8Array) => boolean {
  let tail = '';
  return (part) => {
    const text = tail + Buffer.from(part).toString('latin1');
    tail = text.slice(-3);
    return /^id:/m.test(text);
  };
}

function looking(
  body: ReadableStream<Uint8Array>,
  { onPart, onEnd }: { onPart(part: Uint8Array): void; onEnd(): void },
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          onPart(value);
          controller.enqueue(value);
          return;
        }
        onEnd();
        controller.close();
      } catch (error) {
        onEnd();
        controller.error(error);
        await reader.cancel(error).catch(() => {});
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
