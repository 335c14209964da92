import assert from 'node:assert/strict';
import fc from 'fast-check';
import { retryDelay } from '../../../../src/node/models/retryDelay';
import { runs } from '../../../support/soak';

const MAX = 30_000;

describe('the wait before another try', () => {
  const wait = (attempt: number, random: number, retryAfterMs?: number) =>
    retryDelay({ attempt, retryAfterMs, maxMs: MAX, random: () => random });

  it('doubles, up to eight seconds', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 50].map((attempt) => wait(attempt, 0)),
      [500, 1000, 2000, 4000, 8000, 8000, 8000],
    );
  });

  it('is never shorter than the server asks, unless that is too long, and never too long', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(100_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, asked, random) => {
          const ms = wait(attempt, random, asked);
          assert.ok(ms <= MAX);
          assert.ok(ms >= Math.min(asked, MAX * 0.75));
          assert.ok(wait(attempt, random) <= 10_000);
        },
      ),
      runs(300),
    );
  });

  it('is spread, so that clients do not come back all at once, also at the longest', () => {
    for (const asked of [undefined, 2000, 60_000, 3_600_000]) {
      const waits = Array.from({ length: 100 }, (_, index) => wait(3, index / 100, asked));
      assert.ok(new Set(waits).size > 90, `${asked}`);
    }
  });
});
