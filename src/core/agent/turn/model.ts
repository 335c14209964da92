/**
 * The model, as the turn loop sees it: one request, one stream of events, one end. The shapes follow the
 * Messages API (a conversation of user and assistant messages made of blocks); adapters hide the wire.
 */

import type { Asker } from '../../usage/ledger';
import type { Price } from '../../usage/price';
import type { AbortSignal } from '../../util/abort';

export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
}

export interface ToolUseBlock {
  readonly type: 'tool_use';
  readonly id: string;
  readonly name: string;
  /** As the model sent it: validated by the tool's schema before anything runs. */
  readonly input: unknown;
}

export interface ToolResultBlock {
  readonly type: 'tool_result';
  readonly toolUseId: string;
  readonly content: string;
  readonly isError: boolean;
}

/** What types of images the Messages API takes. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

export interface ImageBlock {
  readonly type: 'image';
  readonly mediaType: ImageType;
  /** Names the picture's data, which lies beside the log (`images.ts`). */
  readonly ref: string;
  /** Base64; only in a request. */
  readonly data?: string;
}

export type Block = TextBlock | ImageBlock | ToolUseBlock | ToolResultBlock;

/** What a model thought while it answered: only the one that made it understands it, and wants it back unchanged. */
export interface Thinking {
  /** Who made it. */
  readonly by: string;
  /** Each with its place: so many blocks of the answer's content come before it. */
  readonly blocks: readonly { readonly at: number; readonly block: unknown }[];
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Block[];
  readonly thinking?: Thinking;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

export interface ModelRequest {
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  readonly maxTokens: number;
  /** The session that asks: for the ledger, never sent. */
  readonly session?: string;
  /** Who asks, where it is no session of ours: for the ledger, never sent. */
  readonly asker?: Asker;
  /**
   * Hears when the service has taken the request, once for each try: from then on it is paid, also when no `end` comes.
   * `soFar`: what is paid of an answer that ends at that moment, as far as it is known. For the ledger, never sent.
   */
  readonly onBilled?: (soFar: () => Usage) => void;
  /** The answer must be a call of a tool. */
  readonly mustCall?: boolean;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'refusal' | 'other';

export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'toolStart'; readonly id: string; readonly name: string }
  /** The server was busy or the network failed before anything came; it is tried again after `delayMs`. */
  | { readonly type: 'retry'; readonly attempt: number; readonly delayMs: number; readonly message: string }
  /** The last event of every stream that did not fail: the whole message. */
  | {
      readonly type: 'end';
      readonly content: readonly Block[];
      readonly thinking?: Thinking;
      readonly stop: StopReason;
      readonly usage: Usage;
      /** Dollars; undefined when the model's price is not known. */
      readonly cost: number | undefined;
    };

/**
 * Why a request failed. `cut`: the stream ended before its `message_stop`; `stalled`: nothing came for too
 * long; `malformed`: the server sent something that is not the protocol.
 */
export type ModelErrorReason =
  | 'auth'
  | 'rateLimit'
  | 'overloaded'
  | 'server'
  | 'network'
  | 'cut'
  | 'stalled'
  | 'malformed'
  | 'badRequest'
  | 'notFound';

/** `message` says what happened, why, and what to do: it is shown to the person as it is. */
export class ModelError extends Error {
  readonly reason: ModelErrorReason;
  constructor(reason: ModelErrorReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ModelError';
    this.reason = reason;
  }
}

export interface PictureSense {
  readonly taken: boolean;
  /** Where it takes none: models beside it that do. */
  readonly others: readonly string[];
}

export interface Window {
  readonly tokens: number;
  /** It is so now; else it is what the model was made for, and it may be loaded with less. */
  readonly sure: boolean;
}

export interface Model {
  /** For logs and people: `claude-sonnet-…`. */
  readonly name: string;
  /** True for the guided demo: its words were written beforehand, and every surface says so. */
  readonly rehearsed: boolean;
  /** What its tokens cost; undefined where nobody knows. @param promptTokens Long prompts may cost more. */
  priceOf?(promptTokens: number): Price | undefined;
  /** Can it be shown pictures? Undefined where nobody knows: then the service says so. */
  takesPictures?(): Promise<PictureSense | undefined>;
  /** The longest request that it takes; undefined where nobody knows. Asks anew each time. */
  takesTokens?(): Promise<Window | undefined>;
  /**
   * Streams one answer. Ends with an `end` event or throws a `ModelError`; aborting closes the socket and
   * throws the signal's reason.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}
