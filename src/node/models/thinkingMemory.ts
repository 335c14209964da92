import type { ContentBlockParam } from '@anthropic-ai/sdk/resources/messages/messages';

/**
 * Thinking that a model put into its answers. The service wants it back unchanged, in its place, when the
 * results of that answer's tools are sent; the core's conversation does not carry it. It lives as long as
 * the model object: after a reload a conversation goes on without it, which the service allows.
 */
export interface ThinkingMemory {
  /** Remembers an answer as it came. */
  keep(answer: readonly ContentBlockParam[]): void;
  /** The blocks of an earlier answer with its thinking, or as they are when there was none. */
  restore(blocks: readonly ContentBlockParam[]): readonly ContentBlockParam[];
}

export function createThinkingMemory(): ThinkingMemory {
  // By the answer's first tool call: the service makes its ids unique, and only such answers need it.
  const answers = new Map<string, readonly ContentBlockParam[]>();
  return {
    keep(answer) {
      const id = firstToolId(answer);
      if (id !== undefined && answer.some(isThinking)) answers.set(id, answer);
    },
    restore(blocks) {
      const answer = answers.get(firstToolId(blocks) ?? '');
      if (!answer) return blocks;
      const same = answer.filter((block) => !isThinking(block)).length === blocks.length;
      // An answer that was changed on the way must not get the thinking of another back.
      return same ? answer : blocks;
    },
  };
}

export function isThinking(block: { readonly type: string }): boolean {
  return block.type === 'thinking' || block.type === 'redacted_thinking';
}

function firstToolId(blocks: readonly ContentBlockParam[]): string | undefined {
  const tool = blocks.find((block) => block.type === 'tool_use');
  return tool?.type === 'tool_use' ? tool.id : undefined;
}
