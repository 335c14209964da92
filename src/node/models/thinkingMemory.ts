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
  // By what the answer says: some servers give the same ids in every answer, and one that was changed must not get the
  // thinking of another back. Only answers with tools need it.
  const answers = new Map<string, readonly ContentBlockParam[]>();
  return {
    keep(answer) {
      if (answer.some(isThinking) && answer.some(({ type }) => type === 'tool_use'))
        answers.set(wordsOf(answer), answer);
    },
    restore: (blocks) => answers.get(wordsOf(blocks)) ?? blocks,
  };
}

function wordsOf(blocks: readonly ContentBlockParam[]): string {
  const said = blocks.map((block) => {
    if (block.type === 'text') return block.text;
    return block.type === 'tool_use' ? [block.id, block.name, block.input] : '';
  });
  return JSON.stringify(said.filter((words) => words !== ''));
}

export function isThinking(block: { readonly type: string }): boolean {
  return block.type === 'thinking' || block.type === 'redacted_thinking';
}
