/**
 * One answer as the Messages API streams it: server-sent events. The rehearsed model speaks it in the demo,
 * and the tests' server speaks it over a socket, so that both go through the real client.
 */

export interface SpokenTool {
  readonly id?: string;
  readonly name: string;
  readonly input: unknown;
}

export interface SpokenTurn {
  /** Comes first, as newer models send it. */
  readonly thinking?: string;
  readonly text?: string;
  readonly tools?: readonly SpokenTool[];
  /** Stop reason on the wire; by default `tool_use` when there are tools, else `end_turn`. */
  readonly stop?: string;
  /** Fields of the wire's `usage`. */
  readonly usage?: Readonly<Record<string, number>>;
}

export interface SpokenOptions {
  readonly model: string;
  readonly messageId: string;
  /** Cuts what is written, or the JSON of a tool's input, into the pieces that are sent one by one. */
  readonly chunk: (text: string, kind: 'words' | 'json') => readonly string[];
}

export interface ServerSentEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The event as bytes on the wire, as text. */
export function encodeEvent({ event, data }: ServerSentEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The events of a whole answer, from `message_start` to `message_stop`. */
export function* messageEvents(turn: SpokenTurn, options: SpokenOptions): Generator<ServerSentEvent> {
  const { tools = [], stop = tools.length > 0 ? 'tool_use' : 'end_turn' } = turn;
  const usage = { input_tokens: 0, output_tokens: 0, ...turn.usage };
  yield typed('message_start', {
    message: {
      id: options.messageId,
      type: 'message',
      role: 'assistant',
      model: options.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { ...usage, output_tokens: 1 },
    },
  });
  let index = 0;
  if (turn.thinking !== undefined) {
    yield* block(index++, { type: 'thinking', thinking: '', signature: '' }, [
      ...options.chunk(turn.thinking, 'words').map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: `signed:${options.messageId}` },
    ]);
  }
  if (turn.text) {
    const deltas = options.chunk(turn.text, 'words').map((text) => ({ type: 'text_delta', text }));
    yield* block(index++, { type: 'text', text: '' }, deltas);
  }
  for (const tool of tools) {
    const id = tool.id ?? `toolu_${options.messageId}_${index}`;
    const json = options.chunk(JSON.stringify(tool.input), 'json');
    const deltas = json.map((partial_json) => ({ type: 'input_json_delta', partial_json }));
    yield* block(index++, { type: 'tool_use', id, name: tool.name, input: {} }, deltas);
  }
  yield typed('message_delta', {
    delta: { stop_reason: stop, stop_sequence: null },
    usage: { output_tokens: usage.output_tokens },
  });
  yield typed('message_stop', {});
}

function* block(index: number, start: object, deltas: readonly object[]): Generator<ServerSentEvent> {
  yield typed('content_block_start', { index, content_block: start });
  for (const delta of deltas) yield typed('content_block_delta', { index, delta });
  yield typed('content_block_stop', { index });
}

function typed(event: string, data: object): ServerSentEvent {
  return { event, data: { type: event, ...data } };
}
