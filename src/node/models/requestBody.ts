import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { Block, Message, ModelRequest } from '../../core/agent/turn/model';
import type { ModelSettings } from '../../core/modelSettings';
import { type CallIds, createCallIds } from './callIds';
import { wellFormed } from './wellFormed';
import { toWireTool } from './wireTool';

/** What is said about it; `default`: nothing. */
export type Tuning = Partial<Pick<ModelSettings, 'thinking' | 'effort'>>;

const CACHED = { cache_control: { type: 'ephemeral' } } as const;

/**
 * The wire's body of a request. Two cache marks: after the system prompt (tools and system stay the same for
 * a session) and after the last message (the next request begins with all of this one).
 */
export function toRequestBody(
  model: string,
  request: ModelRequest,
  /** Whose thinking the service takes back. */
  thinker: string,
  { thinking = 'default', effort = 'default' }: Tuning = {},
): MessageCreateParamsStreaming {
  const ids = createCallIds();
  return wellFormed({
    model,
    max_tokens: request.maxTokens,
    stream: true,
    messages: withCacheMark(
      request.messages.map((message) => toMessage(message, thinker, ids)).filter(hasContent),
    ),
    ...(thinking !== 'default' && { thinking: { type: thinking === 'off' ? 'disabled' : 'adaptive' } }),
    ...(effort !== 'default' && { output_config: { effort } }),
    ...(request.system !== '' && { system: [{ type: 'text', text: request.system, ...CACHED }] }),
    ...(request.tools.length > 0 && {
      tools: request.tools.map(toWireTool),
    }),
    ...(request.mustCall && { tool_choice: { type: 'any' as const } }),
  });
}

interface WireMessage {
  readonly role: Message['role'];
  readonly content: readonly ContentBlockParam[];
}

function toMessage({ role, content, thinking }: Message, thinker: string, ids: CallIds): WireMessage {
  const thoughts = thinking?.by === thinker ? thinking.blocks : [];
  const blocks: ContentBlockParam[] = [];
  for (let index = 0; index <= content.length; index++) {
    for (const { at, block } of thoughts) if (at === index) blocks.push(block as ContentBlockParam);
    const block = content[index];
    // The service refuses empty text.
    if (block && (block.type !== 'text' || block.text !== '')) blocks.push(toBlock(block, ids));
  }
  return { role, content: blocks };
}

function toBlock(block: Block, ids: CallIds): ContentBlockParam {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'image':
      return {
        type: 'image',
        source: { type: 'base64', media_type: block.mediaType, data: block.data ?? '' },
      };
    case 'tool_use':
      return { type: 'tool_use', id: ids.ofCall(block.id), name: block.name, input: block.input };
    case 'tool_result':
      return {
        type: 'tool_result',
        tool_use_id: ids.ofResult(block.toolUseId),
        // An error must say something.
        content: block.isError && block.content.trim() === '' ? 'It failed and said nothing.' : block.content,
        is_error: block.isError,
      };
  }
}

function hasContent({ content }: WireMessage): boolean {
  return content.length > 0;
}

function withCacheMark(messages: readonly WireMessage[]): MessageParam[] {
  return messages.map(({ role, content }, index) => {
    const last = content.at(-1);
    const markable = last?.type === 'text' || last?.type === 'tool_result' || last?.type === 'image';
    if (index < messages.length - 1 || !last || !markable) return { role, content: [...content] };
    return { role, content: [...content.slice(0, -1), { ...last, ...CACHED }] };
  });
}
