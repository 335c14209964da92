// Feature: agent-engine, Property 10: A limit is never exceeded
// Verifies: agent-engine#7.1, #7.2
import assert from 'node:assert/strict';
import { usageTable } from '../../../../src/cli/usageTable';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import type { Model, Usage } from '../../../../src/core/agent/turn/model';
import { costAt, type Price } from '../../../../src/core/usage/price';
import { summarize } from '../../../../src/core/usage/summary';
import { createAbort } from '../../../../src/core/util/abort';
import { collect, requestOf } from '../../../support/collect';
import { type ScriptedTurn, startMessagesServer } from '../../../support/messagesServer';
import { createScriptedModel } from '../../../support/scriptedModel';
import { latest, REQUIREMENTS, startCore } from '../coreHarness';

const PRICE: Price = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };
const USAGE = { input_tokens: 1000, output_tokens: 5000, cache_read_input_tokens: 400 };
const ASKER = { session: 's', kind: 'task', root: '/project' } as const;
const LONG = 'word '.repeat(300);

/** What stands in the ledger when one request to a real server is over. */
async function ask(turn: ScriptedTurn, stops = false) {
  const server = await startMessagesServer({ turns: [{ usage: USAGE, ...turn }] });
  const { core } = await startCore({ server, settings: { prices: { 'test-model': PRICE } } });
  const current = await core.ports.models.current('coding');
  assert.ok('model' in current);
  const abort = createAbort();
  const heard = await collect(current.model, requestOf({ asker: ASKER }), abort.signal, () => {
    if (stops) abort.abort(new Error('You stopped it.'));
  });
  return { heard, records: await core.usage.month('2026-01') };
}

describe('an answer that does not come to its end', () => {
  const written = { tools: [{ name: 'write_file', input: { path: 'a', content: LONG } }] };
  const cases: readonly (readonly [
    name: string,
    turn: ScriptedTurn,
    output: readonly [least: number, most: number],
  ])[] = [
    ['is cut off in its text', { text: LONG, fault: 'cutByEnd', faultAfter: 102 }, [300, 500]],
    ['is cut off in the input of a call', { ...written, fault: 'cutByReset', faultAfter: 102 }, [100, 600]],
    [
      'is cut off when its length was told',
      { text: 'Short.', fault: 'cutByEnd', faultAfter: 5 },
      [5000, 5000],
    ],
    ['cannot be read', { text: LONG, fault: 'malformedEvent', faultAfter: 102 }, [300, 500]],
  ];
  for (const [name, turn, [least, most]] of cases) {
    it(`is paid and counted: ${name}`, async () => {
      const { heard, records } = await ask(turn);
      assert.ok(heard.error, 'it failed');
      const [record, ...others] = records;
      assert.deepEqual(others, []);
      assert.ok(record);
      const { inputTokens, outputTokens, cacheReadTokens } = record.usage;
      assert.deepEqual([inputTokens, cacheReadTokens, record.incomplete], [1000, 400, true]);
      assert.ok(outputTokens >= least && outputTokens <= most, `${outputTokens}`);
      assert.equal(record.cost, costAt(PRICE, record.usage));
    });
  }

  it('is paid and counted: the person stops it', async () => {
    const { heard, records } = await ask({ text: LONG, fault: 'stall', faultAfter: 50 }, true);
    assert.match(String(heard.error), /You stopped it/);
    assert.deepEqual(
      records.map(({ usage, incomplete }) => [usage.inputTokens, usage.outputTokens > 0, incomplete]),
      [[1000, true, true]],
    );
  });

  it('is not counted where the service did not take the request, nor marked where it came whole', async () => {
    assert.deepEqual((await ask({ fault: 'badRequest' })).records, []);
    const [whole, ...others] = (await ask({ text: 'Done.' })).records;
    assert.deepEqual(others, []);
    assert.deepEqual([whole?.usage.outputTokens, whole?.incomplete], [5000, undefined]);
  });

  const SOME: Usage = { inputTokens: 1000, outputTokens: 50, cacheReadTokens: 0, cacheWriteTokens: 0 };
  /** Taken by the service as often as that, for one answer. */
  function taken(model: Model, times: number): Model {
    return {
      ...model,
      priceOf: () => PRICE,
      stream(request, signal) {
        for (let count = 0; count < times; count++) request.onBilled?.(() => SOME);
        return model.stream(request, signal);
      },
    };
  }

  it('that was tried again is counted beside the one that came', async () => {
    const model = taken(createScriptedModel({ turns: [{ text: REQUIREMENTS }] }), 2);
    const { core } = await startCore({ model });
    await (await core.workflow.newSpec('/project', 'links', 'Links expire')).done;
    const records = await core.usage.month('2026-01');
    assert.deepEqual(
      records.map(({ usage, incomplete }) => [usage.inputTokens, incomplete]),
      [
        [100, undefined],
        [1000, true],
      ],
    );
  });

  it('counts in its session, and so against the budget of a run', async () => {
    const hold = new Promise<never>(() => {});
    const model = taken(createScriptedModel({ turns: [{ text: 'I begin', hold }] }), 1);
    const { core, ports } = await startCore({ model });
    const id = await core.chats.start('/project', { text: 'Go on.' });
    while (core.sessions.get(id)?.turns !== 1) await ports.clock.advance(10);
    core.sessions.stop(id);
    while (core.sessions.isLive(id)) await ports.clock.advance(10);
    assert.equal(latest(core).status, 'cancelled');
    assert.equal(latest(core).cost, costAt(PRICE, SOME));
    const log = Object.entries(ports.files.snapshot()).find(([path]) => path.endsWith(`${id}.jsonl`));
    const types = readLog(log?.[1] ?? '').map(({ type }) => type);
    assert.ok(types.indexOf('turn.cut') > 0 && types.indexOf('turn.cut') < types.indexOf('session.ended'));
  });

  it('is told in words', async () => {
    const { records } = await ask({ text: LONG, fault: 'cutByEnd', faultAfter: 102 });
    assert.match(
      usageTable(summarize(records, 'day')),
      /out; one answer was cut off: what it used is estimated$/,
    );
  });
});
