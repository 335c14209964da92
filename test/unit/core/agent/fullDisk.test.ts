// Feature: agent-engine, Property 10: A limit is never exceeded
// Verifies: agent-engine#7.1, #7.2
/** Conversations on a disk that is full; of the log itself see `interruptions.test.ts`. */
import assert from 'node:assert/strict';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { HOME, startCore, toolItems, until } from '../coreHarness';

const LEDGER = `${HOME}/usage/2026-01.jsonl`;
const write: ModelTurn = { tools: [{ name: 'write_file', input: { path: 'a.txt', content: 'new' } }] };

async function begin(turns: readonly ModelTurn[]) {
  const price = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };
  const model = { ...createScriptedModel({ turns }), priceOf: () => price };
  const { core, ports } = await startCore({
    model,
    files: { 'a.txt': 'old' },
    settings: { autonomy: 'autopilot' },
  });
  const state = (id: string) => core.sessions.get(id);
  const settled = (id: string) => until(ports, () => !core.sessions.isLive(id));
  const chat = async (text: string) => {
    const id = await core.chats.start('/project', { text });
    await settled(id);
    return id;
  };
  return { core, ports, model, state, settled, chat };
}

describe('a disk that is full', () => {
  it('keeps a file as it was, and the model is told', async () => {
    const { ports, state, chat } = await begin([write, { text: 'I could not.' }]);
    ports.files.fail('/project/a.txt', 'write', 'full');
    const id = await chat('Write it');
    const session = state(id);
    assert.equal(session?.status, 'done');
    const [item] = session ? toolItems(session) : [];
    assert.equal(item?.status, 'failed');
    assert.match(item?.output ?? '', /full/);
    assert.equal(ports.files.text('a.txt'), 'old');
  });

  it('loses no answer that is paid, and no other is asked for until its cost is written down', async () => {
    const { core, ports, model, state, settled, chat } = await begin([write, { text: 'Done.' }]);
    ports.files.fail(LEDGER, 'append', 'full', 2);
    const id = await chat('Write it');
    assert.equal(ports.files.text('a.txt'), 'new', 'what the answer said was done');
    assert.equal(state(id)?.status, 'failed');
    assert.match(state(id)?.reason ?? '', /cannot be written down.*Nothing was sent\. Make room.*full/);
    assert.equal(model.requests.length, 1);
    await core.chats.resume(id);
    await settled(id);
    assert.equal(state(id)?.status, 'done');
    assert.equal(model.requests.length, 2, 'the first was not asked again');
    const records = await core.usage.month('2026-01');
    assert.deepEqual(
      records.map(({ usage }) => usage.outputTokens),
      [10, 10],
    );
  });
});
