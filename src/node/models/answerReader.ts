import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages/messages';
import {
  type Block,
  ModelError,
  type ModelEvent,
  type StopReason,
  type Thinking,
  type Usage,
} from '../../core/agent/turn/model';
import {
  addDelta,
  isThinking,
  lengthOf,
  type OpenBlock,
  openBlock,
  parseInput,
  type StartEvent,
  toContent,
} from './answerBlock';

export interface Answer {
  readonly content: readonly Block[];
  /** As the service wants it back. */
  readonly thinking: Thinking['blocks'];
  readonly stop: StopReason;
  readonly usage: Usage;
}

/** Reads the raw events of one answer. */
export interface AnswerReader {
  /** What a person sees of the event; throws a `ModelError` when it breaks the protocol. */
  accept(event: RawMessageStreamEvent): ModelEvent | undefined;
  /** The server has begun to answer. */
  readonly begun: boolean;
  /** What is paid of the answer if it ends here: what the server told, and where it did not yet, an estimate. */
  soFar(): Usage;
  /** The answer is whole: what still comes, or breaks, on the wire does not matter. */
  readonly complete: boolean;
  /** The whole answer; throws a `ModelError` when the stream ended before it was complete. */
  finish(): Answer;
}

/** Of an answer that was cut off: rather too many tokens than too few. */
const BYTES_A_TOKEN = 3;

const STOPS: Readonly<Record<string, StopReason>> = {
  end_turn: 'end_turn',
  stop_sequence: 'end_turn',
  tool_use: 'tool_use',
  max_tokens: 'max_tokens',
  model_context_window_exceeded: 'max_tokens',
  refusal: 'refusal',
};

/** What makes sense only after `message_start`; anything else may come at any time. */
const ORDERED: ReadonlySet<string> = new Set([
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
]);

export function createAnswerReader(origin: string): AnswerReader {
  const blocks = new Map<number, OpenBlock>();
  const ended = new Set<number>();
  const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  let stop: StopReason = 'other';
  let begun = false;
  let complete = false;
  /** The server has told how long the answer is. */
  let told = false;

  function malformed(what: string): ModelError {
    return new ModelError(
      'malformed',
      `The answer of ${origin} could not be read: ${what}. Try again; if it happens again, the server may not speak Anthropic's Messages API.`,
    );
  }

  function addUsage(wire: object | undefined): void {
    for (const [name, value] of Object.entries(wire ?? {})) {
      const key = USAGE[name];
      if (key && typeof value === 'number') usage[key] = value;
    }
  }

  function begin(wire: object | undefined): undefined {
    if (begun) throw malformed('it begins twice');
    begun = true;
    addUsage(wire);
  }

  function start({ index, content_block }: StartEvent): ModelEvent | undefined {
    if (blocks.has(index)) throw malformed('a block begins twice');
    const block = openBlock(content_block);
    blocks.set(index, block);
    if (block.type === 'tool_use') return { type: 'toolStart', id: block.id, name: block.name };
    return block.type === 'text' && block.text !== '' ? { type: 'text', text: block.text } : undefined;
  }

  function opened(index: number): OpenBlock {
    const block = blocks.get(index);
    if (!block) throw malformed('a part of a block came before its start');
    if (ended.has(index)) throw malformed('a part of a block came after its end');
    return block;
  }

  function read(event: RawMessageStreamEvent): ModelEvent | undefined {
    if (!begun && ORDERED.has(event.type)) throw malformed('its beginning is missing');
    switch (event.type) {
      case 'message_start':
        return begin(event.message.usage);
      case 'content_block_start':
        return start(event);
      case 'content_block_delta':
        return addDelta(opened(event.index), event.delta);
      case 'content_block_stop': {
        const block = opened(event.index);
        if (block.type === 'tool_use') block.input = parseInput(block);
        ended.add(event.index);
        return undefined;
      }
      case 'message_delta':
        if (event.delta.stop_reason) stop = STOPS[event.delta.stop_reason] ?? 'other';
        addUsage(event.usage);
        told = true;
        return undefined;
      case 'message_stop':
        complete = true;
        return undefined;
      default:
        return undefined;
    }
  }

  return {
    get begun() {
      return begun;
    },
    soFar() {
      const written = [...blocks.values()].reduce((sum, block) => sum + lengthOf(block), 0);
      const outputTokens = Math.max(usage.outputTokens, told ? 0 : Math.ceil(written / BYTES_A_TOKEN));
      return { ...usage, outputTokens };
    },
    get complete() {
      return complete;
    },
    accept(event) {
      try {
        return read(event);
      } catch (error) {
        throw error instanceof ModelError ? error : malformed('an event lacks a part');
      }
    },
    finish() {
      if (!complete) {
        throw new ModelError(
          'cut',
          `The connection to ${origin} ended in the middle of the answer. What came so far is kept; try again.`,
        );
      }
      const ordered = [...blocks].sort(([a], [b]) => a - b).map(([, block]) => block);
      const broken = ordered.some((block) => block.type === 'tool_use' && block.input === undefined);
      if (broken && (stop === 'tool_use' || stop === 'end_turn')) {
        throw malformed('the input of a tool call is not a JSON object');
      }
      const content: Block[] = [];
      const thinking: { at: number; block: unknown }[] = [];
      for (const block of ordered) {
        if (isThinking(block)) thinking.push({ at: content.length, block });
        else content.push(...toContent(block));
      }
      return { content, thinking, stop, usage };
    },
  };
}

const USAGE: Readonly<Record<string, keyof Usage>> = {
  input_tokens: 'inputTokens',
  output_tokens: 'outputTokens',
  cache_read_input_tokens: 'cacheReadTokens',
  cache_creation_input_tokens: 'cacheWriteTokens',
};
