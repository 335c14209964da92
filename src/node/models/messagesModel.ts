import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages/messages';
import {
  type Model,
  ModelError,
  type ModelEvent,
  type ModelRequest,
  type Window,
} from '../../core/agent/turn/model';
import type { Clock } from '../../core/ports';
import { costAt, type Price } from '../../core/usage/price';
import type { AbortSignal } from '../../core/util/abort';
import type { Disposable } from '../../core/util/disposable';
import { wait } from '../../core/util/wait';
import { knownAbilities } from './abilities';
import { type AnswerReader, createAnswerReader } from './answerReader';
import { type Endpoint, parseEndpoint } from './endpoint';
import { createIdleWatchdog } from './idleWatchdog';
import { createMessagesClient } from './messagesClient';
import { type ModelFailure, toModelFailure } from './modelFailure';
import { priceOf, promptTokensOf } from './prices';
import { type Tuning, toRequestBody } from './requestBody';
import { retryDelay } from './retryDelay';
import type { MessagesClient, Service } from './service';

/** How long a server may keep a connection open after an answer's last event. */
const LAST_WORDS_MS = 500;

export interface MessagesModelOptions {
  /** As the server knows it: `claude-sonnet-5-5`. */
  readonly name: string;
  /** Undefined for servers that want none. */
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
  /** The longest silence of the server. */
  readonly idleTimeoutMs?: number;
  readonly maxRetryDelayMs?: number;
  readonly maxRetries?: number;
  readonly rehearsed?: boolean;
  readonly tuning?: Tuning;
  readonly random?: () => number;
  /** Another way to such a server than a key. */
  readonly service?: Service;
}

/**
 * The `Model` port over the Messages API (Anthropic, gateways, local servers). A request that fails before
 * any part of its answer came is tried again, visibly, when that may help; after that, never. Throws a
 * `ModelError` when `baseUrl` is no address.
 */
export function createMessagesModel(options: MessagesModelOptions): Model {
  const { name, rehearsed = false, clock, maxRetries = 4 } = options;
  const { maxRetryDelayMs = 30_000, random = Math.random } = options;
  const endpoint = parseEndpoint(options.baseUrl);

  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const exchange = createExchange(options, endpoint);
      let begun = false;
      try {
        for await (const event of exchange.run(request, signal)) {
          begun = true;
          yield event;
        }
        return;
      } catch (error) {
        signal.throwIfAborted();
        const failure = exchange.explain(error);
        if (begun || !failure.retryable || attempt > maxRetries) throw failure.error;
        const { retryAfterMs } = failure;
        const delayMs = retryDelay({ attempt, retryAfterMs, maxMs: maxRetryDelayMs, random });
        yield { type: 'retry', attempt, delayMs, message: failure.error.message };
        await wait(clock, delayMs, signal);
      }
    }
  }

  // Of Anthropic's it is published; a server that is anybody's is asked what its models take.
  const isAnybodys = !rehearsed && options.service === undefined && !endpoint.isAnthropic;
  return {
    name,
    rehearsed,
    stream,
    priceOf: (tokens) => priceAt(options, endpoint, tokens),
    ...(isAnybodys && {
      takesPictures: async () => (await import('./pictureSense')).pictureSense(name, options),
      takesTokens: async () => (await import('./contextWindow')).contextWindow(name, options),
    }),
    ...(endpoint.isAnthropic && !rehearsed && { takesTokens: async () => published(name) }),
  };
}

function published(name: string): Window | undefined {
  const { context } = knownAbilities(name);
  return context === undefined ? undefined : { tokens: context, sure: true };
}

/** A server that is neither Anthropic's nor a known service may be anybody's, whatever it calls its models. */
function priceAt(
  { name, service }: MessagesModelOptions,
  { isAnthropic }: Endpoint,
  promptTokens: number,
): Price | undefined {
  if (service) return service.priceOf(promptTokens);
  return isAnthropic ? priceOf(name, promptTokens) : undefined;
}

/** One request on the wire and its answer. */
interface Exchange {
  run(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent>;
  explain(error: unknown): ModelFailure;
}

function createExchange(options: MessagesModelOptions, endpoint: Endpoint): Exchange {
  const { name, apiKey, clock, idleTimeoutMs = 120_000, rehearsed = false, service } = options;
  const { origin } = endpoint;
  const thinker = `${name} at ${origin}`;
  const abort = new AbortController();
  const watchdog = createIdleWatchdog(clock, idleTimeoutMs, () =>
    abort.abort(stalled(origin, idleTimeoutMs)),
  );
  const connect = (): MessagesClient =>
    createMessagesClient({
      endpoint,
      apiKey,
      // Looked up late: editors replace the global one to add their proxy.
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
      onActivity: watchdog.touch,
    });
  let answering = false;

  let last: Disposable | undefined;

  async function* hear(
    events: AsyncIterable<RawMessageStreamEvent>,
    reader: AnswerReader,
    onBegun: () => void,
  ): AsyncGenerator<ModelEvent> {
    for await (const event of forgiving(events, reader)) {
      const { begun } = reader;
      // Read to its end all the same, so that the connection can serve the next request.
      if (reader.complete) continue;
      const seen = reader.accept(event);
      if (!begun && reader.begun) onBegun();
      if (reader.complete) last = clock.after(LAST_WORDS_MS, () => abort.abort());
      if (!seen) continue;
      watchdog.pause();
      yield seen;
      watchdog.resume();
    }
  }

  async function* exchange(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const client = service ? await service.connect(watchdog.touch) : connect();
    // Whoever connects may take its time, and knows no signal.
    abort.signal.throwIfAborted();
    const { data, response } = await client
      .create(
        { ...toRequestBody(name, request, thinker, options.tuning), ...service?.body },
        { signal: abort.signal },
      )
      .withResponse();
    requireEvents(response, origin);
    answering = true;
    const reader = createAnswerReader(origin);
    yield* hear(data as AsyncIterable<RawMessageStreamEvent>, reader, () => request.onBilled?.(reader.soFar));
    // The client ends an aborted stream as if it were complete.
    if (!reader.complete) abort.signal.throwIfAborted();
    const { content, thinking: blocks, stop, usage } = reader.finish();
    watchdog.pause();
    const price = priceAt(options, endpoint, promptTokensOf(usage));
    const thinking = blocks.length > 0 ? { thinking: { by: thinker, blocks } } : {};
    yield { type: 'end', content, ...thinking, stop, usage, cost: price && costAt(price, usage) };
  }

  return {
    async *run(request, signal) {
      const cancel = (): void => abort.abort(signal.reason);
      signal.addEventListener('abort', cancel, { once: true });
      try {
        yield* exchange(request);
      } finally {
        signal.removeEventListener('abort', cancel);
        watchdog.dispose();
        last?.dispose();
        // However this ends, the socket must not stay open.
        if (!abort.signal.aborted) abort.abort();
      }
    },
    explain(error) {
      const reason: unknown = abort.signal.reason;
      const known = reason instanceof ModelError ? reason : error;
      return toModelFailure(known, {
        endpoint,
        model: name,
        apiKey,
        rehearsed,
        answering,
        now: clock.now(),
        ...(service ? { advise: service.advise } : {}),
      });
    },
  };
}

/** What breaks after the last event breaks nothing: the answer is whole, and paid. */
async function* forgiving(
  events: AsyncIterable<RawMessageStreamEvent>,
  reader: AnswerReader,
): AsyncGenerator<RawMessageStreamEvent> {
  try {
    yield* events;
  } catch (error) {
    if (!reader.complete) throw error;
  }
}

function stalled(origin: string, ms: number): ModelError {
  return new ModelError(
    'stalled',
    `The server at ${origin} has sent nothing for ${Math.round(ms / 1000)} s. Try again; a local model may need a smaller prompt or a faster machine.`,
  );
}

/** A login page or a plain JSON answer must not be taken for an empty stream. */
function requireEvents(response: Response, origin: string): void {
  const type = response.headers.get('content-type') ?? '';
  if (type === '' || type.includes('text/event-stream')) return;
  throw new ModelError(
    'malformed',
    `${origin} answered with ${type.split(';')[0]} instead of a stream of events. Check the setting “earshot.baseUrl”: it must name a server of Anthropic's Messages API.`,
  );
}
