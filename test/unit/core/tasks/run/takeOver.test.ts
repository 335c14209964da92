import assert from 'node:assert/strict';
import { foldRun } from '../../../../../src/core/tasks/run/foldRun';
import {
  RUN_OPTIONS,
  type RunEventBody,
  type RunningTask,
  type RunState,
} from '../../../../../src/core/tasks/run/model';
import { takeOver } from '../../../../../src/core/tasks/run/takeOver';

function heard(...bodies: readonly RunEventBody[]): RunState {
  const task = { key: '1', id: '1', title: 'Task', wave: 0, after: [], optional: false };
  const started = { type: 'run.started', version: 1, run: 'r', number: 1, root: '/w', spec: '/w/s' } as const;
  const state = foldRun([
    { ...started, owner: 'here', options: RUN_OPTIONS, tasks: [task], seq: 0, at: 0 },
    ...bodies.map((body, index) => ({ ...body, seq: index + 1, at: index })),
  ]);
  assert.ok(state);
  return state;
}

const checkpoint = (when: 'before' | 'after' | 'again', id: string): RunEventBody => ({
  type: 'task.checkpoint',
  task: '1',
  when,
  checkpoint: id,
});
const worked: RunEventBody = { type: 'task.session', task: '1', session: 's', role: 'work' };
const result = { outcome: 'failed', exitCode: 1, durationMs: 5, tail: '' } as const;
const baseline: RunEventBody = { type: 'task.baseline', task: '1', command: 'npm test', result };

/** Of a run that begins with what is taken over. */
function takenOver(...runs: readonly RunState[]): RunningTask | undefined {
  return heard(...takeOver(runs, 's', '1')).tasks[0];
}

describe('A run that goes on with a session of an earlier one', () => {
  it('counts what that changed, and judges by what the checks came to before it', () => {
    const first = heard(checkpoint('before', 'c1'), baseline, worked);
    const again = takenOver(heard(), first);
    assert.deepEqual(again?.checkpoints, { before: 'c1' });
    assert.deepEqual(again?.baseline, first.tasks[0]?.baseline);
  });

  it('knows where others may have worked', () => {
    const tries = [checkpoint('before', 'c1'), worked, checkpoint('after', 'c2'), checkpoint('again', 'c3')];
    const first = heard(...tries, checkpoint('after', 'c4'));
    assert.deepEqual(takenOver(first)?.checkpoints, first.tasks[0]?.checkpoints);
    assert.deepEqual(takenOver(heard(...tries))?.checkpoints, heard(...tries).tasks[0]?.checkpoints);
  });

  it('knows nothing of the work of others', () => {
    assert.deepEqual(takeOver([heard(checkpoint('before', 'c1'), baseline)], 's', '1'), []);
  });
});
