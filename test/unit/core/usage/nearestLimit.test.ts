import assert from 'node:assert/strict';
import type { SessionStarted } from '../../../../src/core/agent/session/events';
import { createNearestLimit } from '../../../../src/vscode/features/agentView/nearestLimit';
import { startCore } from '../coreHarness';

const STARTED: SessionStarted = {
  type: 'session.started',
  version: 1,
  session: 's',
  kind: 'task',
  title: '1 Do it',
  root: '/project',
  spec: '/project/.kiro/specs/links',
  task: '1',
  model: 'm',
  rehearsed: false,
  owner: 'me',
};

describe('the limit that the agent view shows', () => {
  it('is the one that is used most of those that count, and follows what is spent', async () => {
    const { core, ports } = await startCore({ settings: { limits: { task: 2, month: 100 } } });
    const nearest = createNearestLimit(core);
    assert.deepEqual(await nearest.of(STARTED), { what: 'this task', spent: 0, limit: 2 });
    const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };
    const { root, spec, model, kind } = STARTED;
    const at = ports.clock.now();
    const day = ports.clock.localDay(at);
    const record = { v: 1, at, day, model, session: 's', kind, root, usage, durationMs: 1 } as const;
    for (const task of ['1', '2']) {
      await core.usage.add({ ...record, ...(spec === undefined ? {} : { spec }), task, cost: 1.5 });
    }
    assert.deepEqual(await nearest.of(STARTED), { what: 'this task', spent: 1.5, limit: 2 });
    const { spec: _, task: __, ...chat } = STARTED;
    assert.deepEqual(await nearest.of(chat), { what: 'this month', spent: 3, limit: 100 });
    assert.equal(await nearest.of({ ...STARTED, rehearsed: true }), undefined);
    ports.set({ limits: {} });
    assert.equal(await nearest.of(STARTED), undefined);
  });
});
