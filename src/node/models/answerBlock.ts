import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Block, ModelEvent } from '../../core/agent/turn/model';

interface OpenTool {
  readonly type: 'tool_use';
  readonly id: string;
  readonly name: string;
  readonly given: unknown;
  json: string;
  /** Undefined until the block has ended, and when its JSON was broken. */
  input?: unknown;
}

/** A block of an answer while it streams. */
export type OpenBlock =
  | { readonly type: 'text'; text: string }
  | { readonly type: 'thinking'; thinking: string; signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  | OpenTool
  /** A kind that we do not know: newer servers may send such. */
  | { readonly type: 'unknown' };

export type StartEvent = Extract<RawMessageStreamEvent, { type: 'content_block_start' }>;
type DeltaEvent = Extract<RawMessageStreamEvent, { type: 'content_block_delta' }>;

/** The block that an event opens. */
export function openBlock(block: StartEvent['content_block']): OpenBlock {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'tool_use':
      return { type: 'tool_use', id: block.id, name: block.name, given: block.input, json: '' };
    case 'thinking':
      return { type: 'thinking', thinking: block.thinking, signature: block.signature };
    case 'redacted_thinking':
      return { type: 'redacted_thinking', data: block.data };
    default:
      return { type: 'unknown' };
  }
}

/** Adds a piece to its block; returns what a person sees of it. */
export function addDelta(block: OpenBlock, delta: DeltaEvent['delta']): ModelEvent | undefined {
  if (block.type === 'text' && delta.type === 'text_delta') {
    block.text += delta.text;
    return delta.text === '' ? undefined : { type: 'text', text: delta.text };
  }
  if (block.type === 'tool_use' && delta.type === 'input_json_delta') block.json += delta.partial_json;
  if (block.type === 'thinking' && delta.type === 'thinking_delta') block.thinking += delta.thinking;
  if (block.type === 'thinking' && delta.type === 'signature_delta') block.signature += delta.signature;
  return undefined;
}

/** Characters that a model wrote of it. */
export function lengthOf(block: OpenBlock): number {
  switch (block.type) {
    case 'text':
      return block.text.length;
    case 'thinking':
      return block.thinking.length;
    case 'tool_use':
      return block.json.length;
    default:
      return 0;
  }
}

/** The input of a tool call whose block has ended; undefined for anything but a JSON object. Some servers send the whole input with the block's start. */
export function parseInput({ json, given }: OpenTool): unknown {
  try {
    const input: unknown = json === '' ? (given ?? {}) : JSON.parse(json);
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

export function isThinking(block: OpenBlock): boolean {
  return block.type === 'thinking' || block.type === 'redacted_thinking';
}

/** What is said in the block; nothing in one that is blank, unknown or broken. */
export function toContent(block: OpenBlock): readonly Block[] {
  if (block.type === 'text') return block.text.trim() === '' ? [] : [{ type: 'text', text: block.text }];
  if (block.type !== 'tool_use' || block.input === undefined) return [];
  return [{ type: 'tool_use', id: block.id, name: block.name, input: block.input }];
}
