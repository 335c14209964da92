import assert from 'node:assert/strict';
import { usageTable } from '../../../../src/cli/usageTable';
import type { UsageRecord } from '../../../../src/core/usage/ledger';
import { readLimits, readPrices } from '../../../../src/core/usage/settings';
import { summarize, total } from '../../../../src/core/usage/summary';

const RECORDS = (
  [
    ['2026-01-01', 'sonnet', '/p/.kiro/specs/links', 1_200_000, 900_000, 45_000, 1.5],
    ['2026-01-02', 'sonnet', '/p/.kiro/specs/links', 1000, 0, 10, 0.25],
    ['2026-01-02', 'local', undefined, 500, 0, 20, undefined],
  ] as const
).map(
  ([day, model, spec, input, cached, output, cost]): UsageRecord => ({
    v: 1,
    at: 0,
    day,
    model,
    session: 's',
    kind: 'task',
    root: '/p',
    ...(spec === undefined ? {} : { spec }),
    usage: {
      inputTokens: input - cached,
      outputTokens: output,
      cacheReadTokens: cached,
      cacheWriteTokens: 0,
    },
    ...(cost === undefined ? {} : { cost }),
    durationMs: 1,
  }),
);

describe('usage added up', () => {
  it('by day, latest first, with a total', () =>
    assert.equal(
      usageTable([...summarize(RECORDS, 'day'), total(RECORDS)]),
      [
        '2026-01-02   $0.25+   2 req.   1.5 k in, 30 out',
        '2026-01-01   $1.50    1 req.   1.2 M in (75 % cached), 45.0 k out',
        'total        $1.75+   3 req.   1.2 M in (75 % cached), 45.0 k out',
      ].join('\n'),
    ));

  it('by spec and by model, the dearest first', () => {
    assert.deepEqual(
      summarize(RECORDS, 'spec').map(({ name, cost }) => `${name} ${cost}`),
      ['links 1.75', '(no spec) 0'],
    );
    assert.deepEqual(
      summarize(RECORDS, 'model').map(({ name, requests, unpriced }) => `${name} ${requests} ${unpriced}`),
      ['sonnet 2 0', 'local 1 1'],
    );
  });
});

describe('limits and prices as they are written', () => {
  it('count where they are numbers', () => {
    assert.deepEqual(readLimits({ task: 2, day: '5', month: -1, year: 3, spec: Number.NaN }), { task: 2 });
    assert.deepEqual(readLimits(null), {});
    assert.deepEqual(readLimits('no'), {});
  });

  it('have the cache cost what input does where nothing else is said', () =>
    assert.deepEqual(readPrices({ a: { input: 1, output: 2 }, b: { input: 1 }, c: 5 }), {
      a: { input: 1, output: 2, cacheRead: 1, cacheWrite: 1 },
    }));
});
