/** The rules by which the Messages API accepts a conversation; what breaks one gets a 400 from the real service. */
import assert from 'node:assert/strict';
import type { MessagesBody } from './messagesServer';

type WireMessage = MessagesBody['messages'][number];

export function assertAccepted(messages: readonly WireMessage[]): void {
  assert.equal(messages[0]?.role, 'user', 'begins with the person');
  assert.equal(messages.at(-1)?.role, 'user', 'ends with the person');
  let open: readonly unknown[] = [];
  const ids = new Set<unknown>();
  for (const [index, { role, content }] of messages.entries()) {
    const where = `message ${index}`;
    assert.notEqual(messages[index - 1]?.role, role, `${where}: roles alternate`);
    assert.ok(content.length > 0, `${where}: has content`);
    for (const block of content) {
      if (block.type === 'text') assert.match(String(block.text), /\S/, `${where}: no blank text`);
      if (block.is_error === true)
        assert.match(String(block.content), /\S/, `${where}: an error says something`);
    }
    const results = content.filter(({ type }) => type === 'tool_result').map((block) => block.tool_use_id);
    assert.deepEqual([...results].sort(), [...open].sort(), `${where}: a result for each call, and no other`);
    assert.ok(
      content.slice(0, results.length).every(({ type }) => type === 'tool_result'),
      `${where}: results come first`,
    );
    open = content.filter(({ type }) => type === 'tool_use').map(({ id }) => id);
    assert.ok(role === 'assistant' || open.length === 0, `${where}: only the model calls`);
    for (const id of open) {
      assert.ok(!ids.has(id), `${where}: ids of calls are unique`);
      assert.match(String(id), /^[a-zA-Z0-9_-]+$/, `${where}: ids of calls are plain`);
      ids.add(id);
    }
  }
}
