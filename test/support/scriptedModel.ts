import type {
  Block,
  Model,
  ModelError,
  ModelEvent,
  ModelRequest,
  StopReason,
} from '../../src/core/agent/turn/model';

export interface ModelTurn {
  readonly text?: string;
  readonly tools?: readonly { readonly name: string; readonly input: unknown; readonly id?: string }[];
  readonly stop?: StopReason;
  /** Characters of text in one event. */
  readonly chunkSize?: number;
  /** Comes after the text, instead of the end. */
  readonly error?: ModelError;
  /** Awaited before the first word. */
  readonly thinks?: Promise<unknown>;
  /** Awaited before the end: holds the turn open. */
  readonly hold?: Promise<unknown>;
  readonly outputTokens?: number;
}

export interface ScriptedModel extends Model {
  readonly requests: readonly ModelRequest[];
  enqueue(...turns: readonly ModelTurn[]): void;
}

export interface ScriptedModelOptions {
  readonly turns?: readonly ModelTurn[];
  /** Asked when the queue is empty. */
  readonly answer?: (request: ModelRequest, index: number) => ModelTurn;
  readonly name?: string;
}

/** The `Model` port from a script, without a wire. */
export function createScriptedModel(options: ScriptedModelOptions = {}): ScriptedModel {
  const requests: ModelRequest[] = [];
  const queue = [...(options.turns ?? [])];
  return {
    name: options.name ?? 'scripted',
    rehearsed: false,
    requests,
    enqueue: (...turns) => void queue.push(...turns),
    async *stream(request, signal): AsyncGenerator<ModelEvent> {
      signal.throwIfAborted();
      requests.push(request);
      const turn = queue.shift() ?? options.answer?.(request, requests.length - 1);
      if (!turn) throw new Error(`The script has no turn for request ${requests.length}.`);
      if (turn.thinks) await Promise.race([turn.thinks, aborted(signal)]);
      for (const event of turnEvents(turn, requests.length)) {
        yield event;
        signal.throwIfAborted();
      }
      if (turn.hold) await Promise.race([turn.hold, aborted(signal)]);
      if (turn.error) throw turn.error;
      yield endOf(turn, requests.length);
    },
  };
}

function* turnEvents(turn: ModelTurn, index: number): Generator<ModelEvent> {
  const { text = '', chunkSize = 12 } = turn;
  for (let start = 0; start < text.length; start += chunkSize) {
    yield { type: 'text', text: text.slice(start, start + chunkSize) };
  }
  for (const block of toolBlocks(turn, index)) yield { type: 'toolStart', id: block.id, name: block.name };
}

function toolBlocks({ tools = [] }: ModelTurn, index: number): Extract<Block, { type: 'tool_use' }>[] {
  return tools.map(({ name, input, id }, place) => ({
    type: 'tool_use',
    id: id ?? `call_${index}_${place}`,
    name,
    input,
  }));
}

function endOf(turn: ModelTurn, index: number): ModelEvent {
  const tools = toolBlocks(turn, index);
  return {
    type: 'end',
    content: [...(turn.text ? [{ type: 'text', text: turn.text } as const] : []), ...tools],
    stop: turn.stop ?? (tools.length > 0 ? 'tool_use' : 'end_turn'),
    usage: {
      inputTokens: 100,
      outputTokens: turn.outputTokens ?? 10,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
    },
    cost: undefined,
  };
}

type Signal = Parameters<Model['stream']>[1];

function aborted(signal: Signal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
