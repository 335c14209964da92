import { type Model, ModelError, type ModelEvent, type ModelRequest } from '../../src/core/agent/turn/model';
import { createAbort } from '../../src/core/util/abort';

type Signal = Parameters<Model['stream']>[1];

/** What one request to a model came to. */
export interface Collected {
  readonly events: readonly ModelEvent[];
  readonly text: string;
  readonly end: Extract<ModelEvent, { type: 'end' }> | undefined;
  readonly retries: readonly Extract<ModelEvent, { type: 'retry' }>[];
  /** What was thrown, if anything. */
  readonly error: unknown;
  /** Of the `ModelError` that was thrown. */
  readonly reason: ModelError['reason'] | undefined;
}

/** A request with one message of the person. */
export function requestOf(more: Partial<ModelRequest> = {}): ModelRequest {
  return {
    system: 'Role: test',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    tools: [],
    maxTokens: 1000,
    ...more,
  };
}

/** Runs a request to its end or failure. `onEvent` hears each event as it comes. */
export async function collect(
  model: Model,
  request: ModelRequest = requestOf(),
  signal: Signal = createAbort().signal,
  onEvent: (event: ModelEvent) => void = () => {},
): Promise<Collected> {
  const events: ModelEvent[] = [];
  let error: unknown;
  try {
    for await (const event of model.stream(request, signal)) {
      events.push(event);
      onEvent(event);
    }
  } catch (thrown) {
    error = thrown;
  }
  return {
    events,
    text: events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
    end: events.find((event) => event.type === 'end'),
    retries: events.filter((event) => event.type === 'retry'),
    error,
    reason: error instanceof ModelError ? error.reason : undefined,
  };
}
