import assert from 'node:assert/strict';
import type { Evidence } from '../../../../../src/core/tasks/evidence/model';
import { timeOf } from '../../../../../src/core/tasks/report/runTally';
import { taskTime } from '../../../../../src/core/tasks/report/taskWords';
import { foldRun, interruptRun } from '../../../../../src/core/tasks/run/foldRun';
import {
  RUN_OPTIONS,
  type RunEvent,
  type RunEventBody,
  type RunState,
} from '../../../../../src/core/tasks/run/model';
import { clockOf } from '../../../../../src/webview/run/tasks';

const SECOND = 1000;
const NIGHT = 14 * 3600 * SECOND;
const entry = (key: string) => ({ key, id: key, title: 'Task', wave: 0, after: [], optional: false });
const first: RunEvent = {
  ...{ type: 'run.started', version: 1, run: 'r', number: 1, root: '/w', spec: '/w/s', owner: 'here' },
  ...{ options: RUN_OPTIONS, tasks: ['1', '2'].map(entry), seq: 0, at: 0 },
};
const begun = (task: string, tries = 1): RunEventBody => ({ type: 'task.started', task, try: tries });
const ended = (task: string): RunEventBody => ({ type: 'task.ended', task, phase: 'failed' });
const again: RunEventBody = { type: 'run.resumed', owner: 'here' };

/** @param events Each with its second */
function heard(...events: readonly (readonly [at: number, body: RunEventBody])[]): RunState {
  const state = foldRun([
    first,
    ...events.map(([at, body], index) => ({ ...body, seq: index + 1, at: at * SECOND })),
  ]);
  assert.ok(state);
  return state;
}

/** Of the first task, and of the run; as the panel says them, too. */
function times(state: RunState, now: number): readonly (number | undefined)[] {
  const [task] = state.tasks;
  assert.ok(task);
  const time = taskTime(task, now);
  assert.equal(clockOf(task.spans, now), time === undefined ? undefined : `0:${time / SECOND}`);
  return [time, timeOf(state, now)].map((each) => each && each / SECOND);
}

describe('The time of a task and its run', () => {
  const over = { type: 'run.ended', status: 'failed' } as const;

  it('is that of its tries, not of the night between them', () => {
    const night = NIGHT / SECOND;
    const evening = [[0, begun('1')] as const, [20, ended('1')] as const, [20, over] as const];
    assert.deepEqual(times(heard(...evening), NIGHT), [20, 20]);
    const morning = [[night, again] as const, [night, begun('1', 2)] as const];
    assert.deepEqual(times(heard(...evening, ...morning), NIGHT + 5 * SECOND), [25, 25]);
    assert.deepEqual(times(heard(...evening, ...morning, [night + 15, ended('1')]), 2 * NIGHT), [35, 35]);
  });

  it('is without a sleep, which may be noticed only after what was heard next', () => {
    const slept = (from: number) => ({ type: 'run.slept', from: from * SECOND }) as const;
    assert.deepEqual(times(heard([0, begun('1')], [910, slept(10)]), 915 * SECOND), [15, 15]);
    const late = heard([0, begun('1')], [905, ended('1')], [910, slept(10)]);
    assert.deepEqual(times(late, NIGHT), [10, 10]);
    const between = heard([0, begun('1')], [5, ended('1')], [910, slept(10)], [920, begun('1', 2)]);
    assert.deepEqual(times(between, 930 * SECOND), [15, 15]);
  });

  it('ends with what is known of it where its process went away, and goes on with the next', () => {
    const evening = [
      [0, begun('1')] as const,
      [12, { type: 'run.needs', need: { kind: 'budget' } }] as const,
    ];
    assert.deepEqual(times(interruptRun(heard(...evening)), NIGHT), [12, 12]);
    assert.deepEqual(times(heard(...evening, [NIGHT / SECOND, again]), NIGHT + 5 * SECOND), [17, 17]);
  });

  it('counts once what is side by side, and not a pause before another try', () => {
    const both = heard([0, begun('1')], [10, begun('2')], [30, ended('1')], [40, ended('2')]);
    assert.deepEqual(times(both, NIGHT), [30, 40]);
    const evidence: Evidence = {
      v: 1,
      ...{ task: '1', title: 'Task', hash: '', run: 'r', session: 's', at: '' },
      verdict: 'refuted',
      ...{ reasons: [], checks: [], files: [], criteria: [], suspicions: [] },
      ...{ tries: 1, durationMs: 0, cost: undefined },
    };
    const judged: RunEventBody = { type: 'task.judged', task: '1', evidence };
    const paused = heard([0, begun('1')], [5, { type: 'run.paused' }], [10, judged]);
    assert.deepEqual(times(paused, NIGHT), [10, 10]);
  });

  it('is none before it begins', () => assert.deepEqual(times(heard(), NIGHT), [undefined, 0]));
});
