import assert from 'node:assert/strict';
import { latestResults } from '../../../../src/core/tasks/evidence/latestResults';
import type { CheckResult } from '../../../../src/core/tasks/evidence/model';
import { evidence } from '../../../support/gallery/runFixtures';

describe('The latest result of a check', () => {
  it('is that of the run that had it run last, whichever task it was for', () => {
    const said = (at: string, command: string, tail: string) => {
      const after: CheckResult = { outcome: 'passed', exitCode: 0, durationMs: 1, tail };
      const checks = [{ kind: 'test', command, source: '', after, verdict: 'passed' } as const];
      return evidence({ at, checks });
    };
    const results = latestResults([
      said('2026-11-28T09:00:00.000Z', 'npm test', 'new'),
      said('2026-11-27T09:00:00.000Z', 'npm test', 'old'),
      said('2026-11-26T09:00:00.000Z', 'npm run lint', 'lint'),
    ]);
    assert.deepEqual([...results].map(([command, { result }]) => [command, result.tail]).sort(), [
      ['npm run lint', 'lint'],
      ['npm test', 'new'],
    ]);
  });
});
