// Feature: agent-engine, Property 10: A limit is never exceeded
// Verifies: agent-engine#7.1, #7.2, #7.3
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ActError } from '../../../../src/core/actError';
import type { Model } from '../../../../src/core/agent/turn/model';
import type { UsageRecord } from '../../../../src/core/usage/ledger';
import type { Limits } from '../../../../src/core/usage/limits';
import { costAt, type Price } from '../../../../src/core/usage/price';
import { createAbort } from '../../../../src/core/util/abort';
import { createScriptedModel, type ModelTurn, type ScriptedModel } from '../../../support/scriptedModel';
import { runs } from '../../../support/soak';
import { HOME, latest, REQUIREMENTS, SPEC, startCore } from '../coreHarness';

const PRICE: Price = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };

function priced(turns: readonly ModelTurn[], price: Price | undefined = PRICE): ScriptedModel {
  return { ...createScriptedModel({ turns }), priceOf: () => price };
}

/** A core whose model has a price, and what one draft with it does. */
async function start(options: { model: Model; limits?: Limits; files?: Record<string, string> }) {
  const { model, limits = {}, files = {} } = options;
  const harness = await startCore({ model, settings: { limits }, files });
  const draft = async (name: string) => {
    const { done } = await harness.core.workflow.newSpec('/project', name, 'Links expire');
    return done;
  };
  return { ...harness, draft, records: () => harness.core.usage.month('2026-01') };
}

function line(cost: number, over: Partial<UsageRecord> = {}): string {
  const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };
  const record = { v: 1, at: 0, day: '2026-01-01', model: 'm', session: 's', kind: 'task', root: '/project' };
  return `${JSON.stringify({ ...record, usage, cost, durationMs: 1, ...over })}\n`;
}

const FILE = `${HOME}/usage/2026-01.jsonl`;
const text = REQUIREMENTS;

describe('the ledger', () => {
  it('has a line for each request: what for, how much, how long', async () => {
    const { draft, records } = await start({ model: priced([{ text, outputTokens: 1000 }]) });
    await draft('links');
    const [record, ...others] = await records();
    assert.deepEqual(others, []);
    assert.ok(record);
    assert.deepEqual(
      [record.day, record.model, record.kind, record.root, record.spec, record.usage.outputTokens],
      ['2026-01-01', 'scripted', 'draft', '/project', SPEC, 1000],
    );
    assert.equal(record.cost, (100 * 2 + 1000 * 10) / 1e6);
  });

  it('has a line for who asks without a session of ours', async () => {
    const { core, records } = await start({ model: priced([{ text: 'Hi', outputTokens: 1000 }]) });
    const current = await core.ports.models.current('coding');
    assert.ok('model' in current);
    const asker = { session: 'editor', kind: 'editor', root: '/project' } as const;
    const request = { system: '', messages: [], tools: [], maxTokens: 100, asker };
    for await (const event of current.model.stream(request, createAbort().signal)) assert.ok(event);
    assert.deepEqual(
      (await records()).map(({ kind, session, cost }) => [kind, session, cost]),
      [['editor', 'editor', 0.0102]],
    );
  });

  it('shows the same cost in the session', async () => {
    const { draft, core } = await start({ model: priced([{ text, outputTokens: 1000 }]) });
    await draft('links');
    assert.equal(latest(core).cost, 0.0102);
  });

  it('counts a model without a price, but no dollars; a price of the person’s own goes before all', async () => {
    const { draft, records, ports } = await start({
      model: { ...createScriptedModel({ turns: [{ text }, { text }] }) },
    });
    await draft('links');
    ports.set({ prices: { scripted: PRICE } });
    await draft('codes');
    assert.deepEqual(
      (await records()).map(({ cost }) => cost),
      [undefined, 0.0003],
    );
  });

  it('says nothing of the guided demo', async () => {
    const { draft, records } = await start({ model: { ...priced([{ text }]), rehearsed: true } });
    await draft('links');
    assert.deepEqual(await records(), []);
  });

  it('goes on after a line that a crash tore', async () => {
    const files = { [FILE]: `${line(1)}{"v":1,"at":12,"da` };
    const { draft, records } = await start({ model: priced([{ text }]), files });
    await draft('links');
    assert.deepEqual(
      (await records()).map(({ cost }) => cost),
      [1, 0.0003],
    );
  });
});

describe('a limit', () => {
  const cases: readonly (readonly [limits: Limits, before: string, sent: boolean])[] = [
    [{}, line(1000), true],
    [{ day: 5 }, line(4.99), false],
    [{ day: 5 }, line(3), true],
    [{ day: 5 }, line(5, { day: '2026-01-02' }), true],
    [{ month: 5 }, line(5, { day: '2026-01-02' }), false],
    [{ spec: 5 }, line(5, { spec: SPEC }), false],
    [{ spec: 5 }, line(5, { spec: '/project/.kiro/specs/other' }), true],
    [{ task: 1 }, line(5, { spec: SPEC, task: '1' }), true],
    [{ day: 0 }, '', false],
    [{ day: 5, month: 100 }, line(4.999), false],
  ];
  for (const [limits, before, sent] of cases) {
    const spent = before === '' ? 'nothing' : /"cost":([\d.]+)/.exec(before)?.[1];
    it(`${JSON.stringify(limits)} after ${spent}: ${sent ? 'sent' : 'not sent'}`, async () => {
      const model = priced([{ text }]);
      const { draft, core } = await start({ model, limits, files: { [FILE]: before } });
      const outcome = await draft('links').then(
        () => undefined,
        (error: unknown) => error,
      );
      assert.equal(model.requests.length, sent ? 1 : 0);
      if (sent) return assert.equal(outcome, undefined);
      assert.match(
        String(latest(core).reason),
        /could exceed the limit of \$\d+\.\d\d for .* Nothing was sent/,
      );
      assert.ok(outcome instanceof Error);
    });
  }

  it('shortens the longest answer to what is left', async () => {
    const model = priced([{ text }]);
    const { draft } = await start({ model, limits: { day: 0.2 } });
    await draft('links');
    const [request] = model.requests;
    assert.ok(request && request.maxTokens >= 1000 && request.maxTokens < 20_000, `${request?.maxTokens}`);
  });

  it('is never exceeded, whatever the answers cost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.02, max: 0.5, noNaN: true }),
        fc.array(fc.nat(40_000), { minLength: 1, maxLength: 12 }),
        async (limit, answers) => {
          // An answer is as long as it was allowed to be, at the most.
          const inner = createScriptedModel({ answer: () => ({ text }) });
          let next = 0;
          const model: Model = {
            ...inner,
            priceOf: () => PRICE,
            async *stream(request, signal) {
              const outputTokens = Math.min(request.maxTokens, answers[next++] ?? 0);
              for await (const event of inner.stream(request, signal))
                yield event.type === 'end' ? { ...event, usage: { ...event.usage, outputTokens } } : event;
            },
          };
          const { draft, records } = await start({ model, limits: { day: limit } });
          for (const index of answers.keys()) await draft(`spec-${index}`).catch(() => {});
          const spent = (await records()).reduce((sum, { usage }) => sum + costAt(PRICE, usage), 0);
          assert.ok(spent <= limit, `${spent} of ${limit}`);
        },
      ),
      runs(15),
    );
  });

  it('is told of once when four fifths are used', async () => {
    const turns = Array.from({ length: 3 }, () => ({ text, outputTokens: 20_000 }));
    const { draft, core } = await start({
      model: priced(turns),
      limits: { day: 1 },
      files: { [FILE]: line(0.5) },
    });
    const told: string[] = [];
    core.usage.onDidComeNear(({ scope, spent }) => told.push(`${scope} ${spent.toFixed(2)}`));
    await draft('a');
    assert.deepEqual(told, []);
    await draft('b');
    assert.deepEqual(told, ['day 0.90']);
    await draft('c').catch((error: unknown) => assert.ok(error instanceof ActError));
    assert.deepEqual(told, ['day 0.90']);
  });
});
