/** What a model says in pieces reaches the agent view in order, whole, and in few messages. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { LiveUpdate } from '../../../src/core/agent/session/events';
import { gather } from '../../../src/vscode/features/agentView/liveUpdates';

const text = (words: string, session = 's1'): LiveUpdate => ({ type: 'text', session, text: words });
const output = (call: string, words: string): LiveUpdate => ({
  type: 'output',
  session: 's1',
  call,
  text: words,
});
const start: LiveUpdate = { type: 'toolStart', session: 's1', call: 'c1', name: 'run_command' };

describe('pieces of what is said', () => {
  it('are told together, what belongs together as one, in order', async () => {
    const told: LiveUpdate[] = [];
    const live = gather(5, (update) => told.push(update));
    for (const update of [text('I '), text('look.'), start, output('c1', 'a'), output('c1', 'b')])
      live.add(update);
    for (const update of [output('c2', 'c'), text('x', 's2'), text('y')]) live.add(update);
    assert.deepEqual(told, []);
    await delay(30);
    assert.deepEqual(told, [
      text('I look.'),
      start,
      output('c1', 'ab'),
      output('c2', 'c'),
      text('x', 's2'),
      text('y'),
    ]);
  });

  it('are told at once where something comes that they belong before, and once only', async () => {
    const told: LiveUpdate[] = [];
    const live = gather(5, (update) => told.push(update));
    live.add(text('Done.'));
    live.flush();
    assert.deepEqual(told, [text('Done.')]);
    await delay(30);
    assert.equal(told.length, 1);
    live.add(text('never told'));
    live.dispose();
    await delay(30);
    assert.equal(told.length, 1);
  });
});
