/** What a turn is measured against: the least that a loop over the SDK does, and the answers that both get. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import type { MessageParam } from '@anthropic-ai/sdk/resources/messages/messages';
import type { ScriptedTurn } from '../support/messagesServer';
import { eventsOf } from '../support/messagesServerTurn';

/** Requests of one conversation. */
export const TURNS = 10;
export const ANSWER_MS = 300;
/** Of `a.txt`. */
export const TEXT = 'One line of text.\n'.repeat(40);

const SAID: ScriptedTurn = {
  text: 'I look at the file that it is about.',
  tools: [{ name: 'read_file', input: { path: 'a.txt' } }],
};
const delayMs = ANSWER_MS / eventsOf(SAID, { model: 'm', messageId: 'm' }).length;
export const LOOK: ScriptedTurn = { ...SAID, delayMs };
export const DONE: ScriptedTurn = { text: 'Nothing to change: it was only to be looked at.', delayMs };

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** No log, no permission, no schema, no retry. */
export async function bareLoop(url: string, folder: string): Promise<void> {
  const client = new Anthropic({ baseURL: url, apiKey: 'key', maxRetries: 0 });
  const messages: MessageParam[] = [{ role: 'user', content: 'Do it.' }];
  for (;;) {
    const stream = client.messages.stream({ model: 'm', max_tokens: 1000, messages });
    const { content, stop_reason } = await stream.finalMessage();
    if (stop_reason !== 'tool_use') return;
    const results = content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
    const text = await readFile(join(folder, 'a.txt'), 'utf8');
    messages.push({ role: 'assistant', content });
    messages.push({
      role: 'user',
      content: results.map((id) => ({ type: 'tool_result', tool_use_id: id, content: text })),
    });
  }
}
