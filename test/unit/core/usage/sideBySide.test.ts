// Feature: agent-engine, Property 10: A limit is never exceeded
// Verifies: agent-engine#7.1, #7.2
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { ActError } from '../../../../src/core/actError';
import type { Model, ModelEvent } from '../../../../src/core/agent/turn/model';
import { type Asker, createLedger } from '../../../../src/core/usage/ledger';
import type { Limits } from '../../../../src/core/usage/limits';
import { createMeter } from '../../../../src/core/usage/meter';
import { costAt, type Price } from '../../../../src/core/usage/price';
import { createAbort } from '../../../../src/core/util/abort';
import { runs } from '../../../support/soak';
import { createTestPorts } from '../../../support/testPorts';

const PRICE: Price = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };
const REQUEST = { system: 'x'.repeat(1000), messages: [], tools: [], maxTokens: 20_000 };

/** What a request is answered with. `turns`: how long that takes. */
interface Answer {
  readonly outputTokens: number;
  readonly turns?: number;
  readonly until?: Promise<unknown>;
  readonly fails?: boolean;
}

interface More {
  readonly budget?: number;
  /** That many have the ledger in common; they ask in turn. */
  readonly windows?: number;
  /** Nobody knows what the model costs. */
  readonly unpriced?: boolean;
}

function start(limits: Limits, { budget, windows = 1, unpriced = false }: More = {}) {
  const ports = createTestPorts({ settings: { limits } });
  const ledger = createLedger(ports.files, '/usage');
  const asked: number[] = [];
  const answers = new Map<unknown, Answer>();
  const model: Model = {
    name: 'm',
    rehearsed: false,
    priceOf: () => (unpriced ? undefined : PRICE),
    async *stream({ maxTokens }, signal): AsyncGenerator<ModelEvent> {
      asked.push(maxTokens);
      const { outputTokens, turns = 0, until, fails } = answers.get(signal) ?? { outputTokens: 0 };
      for (let count = 0; count < turns; count++) await turn();
      await until;
      if (fails) throw new Error('The server failed.');
      const usage = { inputTokens: 100, outputTokens: Math.min(outputTokens, maxTokens) };
      yield {
        type: 'end',
        content: [],
        stop: 'end_turn',
        usage: { ...usage, cacheReadTokens: 0, cacheWriteTokens: 0 },
        cost: undefined,
      };
    },
  };
  let spentOfRun = 0;
  /** Looks again at once whether another window has given something back. */
  const after = (_ms: number, run: () => void) => {
    const timer = setImmediate(run);
    return { dispose: () => clearImmediate(timer) };
  };
  const meters = Array.from({ length: windows }, () =>
    createMeter({
      ...ports,
      clock: { ...ports.clock, after },
      models: { ...ports.models, current: async () => ({ model }) },
      ledger,
      holdsFile: HOLDS,
      sessionOf: () => undefined,
      budgetOf: () =>
        budget === undefined ? undefined : { scope: 'run', of: 'r', limit: budget, spent: spentOfRun },
    }),
  );
  let next = 0;

  /** As a session asks: what came is in its log before it asks for more. */
  async function ask(of: Partial<Asker>, answer: Answer, abort = createAbort()): Promise<'sent' | 'limit'> {
    const asker = { session: 's', kind: 'task', root: '/project', ...of } as const;
    answers.set(abort.signal, answer);
    const current = await meters[next++ % windows]?.models.current('coding');
    assert.ok(current && 'model' in current);
    try {
      for await (const event of current.model.stream({ ...REQUEST, asker }, abort.signal)) {
        await turn();
        if (event.type === 'end') spentOfRun += costAt(PRICE, event.usage);
      }
      return 'sent';
    } catch (error) {
      if (error instanceof ActError && error.reason === 'limit') return 'limit';
      throw error;
    }
  }

  return {
    ask,
    asked,
    files: ports.files,
    spentOfRun: () => spentOfRun,
    records: () => ledger.month('2026-01'),
  };
}

const HOLDS = '/usage/under-way.jsonl';
const SPEC = '/project/.kiro/specs/links';

describe('requests side by side', () => {
  it('never exceed a limit together, whatever each of them costs and how long it takes', async () => {
    const dollars = fc.double({ min: 0.02, max: 0.6, noNaN: true });
    const request = fc.record({
      task: fc.constantFrom('1', '2', '3'),
      outputTokens: fc.nat(25_000),
      turns: fc.nat(4),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.record({ task: dollars, day: dollars }),
        dollars,
        fc.array(request, { minLength: 2, maxLength: 16 }),
        fc.constantFrom(1, 3),
        async (limits, budget, requests, windows) => {
          // A run is in one window.
          const ofRun = windows === 1 ? { budget } : {};
          const { ask, records, spentOfRun } = start({ ...limits, month: 1 }, { windows, ...ofRun });
          await Promise.all(
            requests.map(({ task, ...answer }) =>
              ask({ spec: SPEC, task }, answer).catch((error: Error) =>
                assert.equal(error.message, 'The server failed.'),
              ),
            ),
          );
          const all = await records();
          const spent = (of: typeof all) => of.reduce((sum, { cost = 0 }) => sum + cost, 0) - 1e-9;
          assert.ok(spent(all) <= limits.day, `${spent(all)} of ${limits.day} for the day`);
          assert.ok(spent(all) <= 1);
          if (windows === 1)
            assert.ok(spentOfRun() - 1e-9 <= budget, `${spentOfRun()} of ${budget} for the run`);
          for (const key of ['1', '2', '3']) {
            const own = spent(all.filter(({ task }) => task === key));
            assert.ok(own <= limits.task, `${own} of ${limits.task} for the task`);
          }
        },
      ),
      runs(60),
    );
  });

  it('wait for one that may leave enough, instead of failing', async () => {
    const { ask, asked } = start({ day: 0.1 });
    let end = () => {};
    const until = new Promise<void>((resolve) => {
      end = resolve;
    });
    const first = ask({}, { outputTokens: 1000, until });
    const second = ask({}, { outputTokens: 1000 });
    for (let count = 0; count < 20; count++) await turn();
    assert.equal(asked.length, 1, 'the first may cost all that is left');
    end();
    assert.deepEqual(await Promise.all([first, second]), ['sent', 'sent']);
    assert.equal(asked.length, 2);
  });

  it('of two windows wait for each other, and not for one that is gone', async () => {
    const { ask, asked, files } = start({ day: 0.1 }, { windows: 2 });
    const gone = {
      id: 'x',
      by: 'x',
      owner: 'a window that crashed',
      dollars: 0.1,
      spending: { day: '2026-01-01' },
    };
    await files.writeText(HOLDS, `${JSON.stringify(gone)}\n`);
    let end = () => {};
    const until = new Promise<void>((resolve) => {
      end = resolve;
    });
    const both = [ask({}, { outputTokens: 1000, until }), ask({}, { outputTokens: 1000 })];
    for (let count = 0; count < 20; count++) await turn();
    assert.equal(asked.length, 1, 'the first may cost all that is left');
    end();
    assert.deepEqual(await Promise.all(both), ['sent', 'sent']);
    assert.equal(await files.readText(HOLDS), '');
  });

  it('leave no listener on the signal of their session, also where nobody knows the price', async () => {
    for (const unpriced of [false, true]) {
      const { ask } = start({ day: 100 }, { unpriced });
      const controller = new AbortController();
      const abort = { ...createAbort(), signal: controller.signal };
      for (let count = 0; count < 3; count++) await ask({}, { outputTokens: 1 }, abort);
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    }
  });

  it('fail when what was under way left too little', async () => {
    const { ask, asked } = start({ day: 0.1 });
    const both = [ask({}, { outputTokens: 20_000, turns: 3 }), ask({}, { outputTokens: 1 })];
    assert.deepEqual(await Promise.all(both), ['sent', 'limit']);
    assert.equal(asked.length, 1);
  });

  it('give back what they held when they fail', async () => {
    const { ask } = start({ day: 0.1 });
    const failing = assert.rejects(ask({}, { outputTokens: 0, turns: 3, fails: true }), /server failed/);
    assert.equal(await ask({}, { outputTokens: 1 }), 'sent');
    await failing;
  });

  it('of another task do not wait for each other', async () => {
    const { ask, asked } = start({ task: 0.1 });
    const until = new Promise<void>(() => {});
    void ask({ spec: SPEC, task: '1' }, { outputTokens: 1, until });
    assert.equal(await ask({ spec: SPEC, task: '2' }, { outputTokens: 1 }), 'sent');
    assert.equal(asked.length, 2);
  });

  it('are stopped while they wait', async () => {
    const { ask, asked } = start({ day: 0.1 });
    void ask({}, { outputTokens: 1, until: new Promise(() => {}) });
    const abort = createAbort();
    const waiting = ask({}, { outputTokens: 1 }, abort);
    for (let count = 0; count < 20; count++) await turn();
    abort.abort(new Error('You stopped it.'));
    await assert.rejects(waiting, /You stopped it/);
    assert.equal(asked.length, 1);
  });
});
