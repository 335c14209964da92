import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../core/ports';
import { encodeEvent, messageEvents, type ServerSentEvent } from './messageEvents';
import { findStep, type RehearsedRequest, readRehearsedRequest, type Scenario } from './scenario';

export interface RehearsedFetchOptions {
  /** Between two pieces; 0 sends all at once. */
  readonly delayMs: number;
  readonly clock?: Clock;
}

/**
 * A `fetch` that answers Messages requests with a scenario's words, as the real service would stream them.
 * No socket is opened. For the guided demo and for tests.
 */
export function createRehearsedFetch(scenario: Scenario, options: RehearsedFetchOptions): typeof fetch {
  let answers = 0;
  return async (input, init) => {
    init?.signal?.throwIfAborted();
    const request = readRehearsedRequest(parseBody(init?.body));
    if (!request) {
      const path = new URL(input instanceof Request ? input.url : String(input)).pathname;
      return refusal(`The guided demo does not answer ${path}.`);
    }
    const step = findStep(scenario, request);
    if (!step) return refusal(noWords(request));
    answers += 1;
    const { text, tools } = step;
    const events = messageEvents(
      {
        ...(text !== undefined && { text }),
        ...(tools && { tools }),
        usage: { input_tokens: 1200 + 300 * request.turn, output_tokens: tokens(text, tools) },
      },
      { model: request.model, messageId: `rehearsed_${answers}`, chunk: toPieces },
    );
    return new Response(speak(events, options, init?.signal ?? undefined), {
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    });
  };
}

function parseBody(body: RequestInit['body']): unknown {
  if (typeof body !== 'string') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function noWords({ role, turn }: RehearsedRequest): string {
  const step = role ? `“${role}”, answer ${turn + 1}` : 'this request';
  return `The guided demo has no words written for ${step}. To go on with your own ideas, use a real model: set a key with “Earshot: Set API Key”.`;
}

function refusal(message: string): Response {
  const body = { type: 'error', error: { type: 'not_found_error', message } };
  return Response.json(body, { status: 404 });
}

/** Words as models stream them; of a file that a tool writes a line at a time, so that nobody waits for what is not read. */
function toPieces(text: string, kind: 'words' | 'json'): readonly string[] {
  const pieces = kind === 'json' ? /(?:(?!\\n).)+(?:\\n)*|(?:\\n)+/gsu : /\s*\S+\s?|\s+/gu;
  return text.match(pieces) ?? [];
}

/** About four characters each: the demo's numbers should look like numbers. */
function tokens(text = '', tools: readonly unknown[] = []): number {
  return Math.ceil((text.length + (tools.length > 0 ? JSON.stringify(tools).length : 0)) / 4);
}

function speak(
  events: Iterator<ServerSentEvent>,
  { delayMs, clock }: RehearsedFetchOptions,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pause = clock
    ? () => new Promise<void>((resolve) => void clock.after(delayMs, resolve))
    : () => delay(delayMs);
  let cancelled = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      signal?.addEventListener('abort', () => !cancelled && controller.error(signal.reason), { once: true });
    },
    async pull(controller) {
      const next = events.next();
      if (next.done) {
        cancelled = true;
        return controller.close();
      }
      if (delayMs > 0 && next.value.event === 'content_block_delta') await pause();
      if (signal?.aborted || cancelled) return;
      controller.enqueue(encoder.encode(encodeEvent(next.value)));
    },
    cancel() {
      cancelled = true;
    },
  });
}
