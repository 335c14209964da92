import assert from 'node:assert/strict';
import type { ContentBlockParam } from '@anthropic-ai/sdk/resources/messages/messages';
import { createThinkingMemory } from '../../../../src/node/models/thinkingMemory';

const answer = (path: string, thought: string): readonly ContentBlockParam[] => [
  { type: 'thinking', thinking: thought, signature: 's' },
  { type: 'text', text: 'I look.' },
  { type: 'tool_use', id: 'call_0', name: 'read_file', input: { path } },
];
const said = (blocks: readonly ContentBlockParam[]) => blocks.filter(({ type }) => type !== 'thinking');

describe('thinking that goes back to the model', () => {
  it('is that of the answer, also where a server gives all calls the same id', () => {
    const memory = createThinkingMemory();
    const [first, second] = [answer('a.txt', 'first'), answer('b.txt', 'second')];
    memory.keep(first);
    memory.keep(second);
    assert.deepEqual(memory.restore(said(first)), first);
    assert.deepEqual(memory.restore(said(second)), second);
  });

  it('is left out where the answer was changed on the way, or had none', () => {
    const memory = createThinkingMemory();
    memory.keep(answer('a.txt', 'first'));
    for (const changed of [answer('c.txt', ''), answer('a.txt', '').slice(0, 2)])
      assert.deepEqual(memory.restore(said(changed)), said(changed));
  });
});
