import assert from 'node:assert/strict';
import { foldRun, foldRunEvent, interruptRun } from '../../../../../src/core/tasks/run/foldRun';
import {
  type Need,
  RUN_OPTIONS,
  type RunEvent,
  type RunEventBody,
  type RunState,
} from '../../../../../src/core/tasks/run/model';
import { needOf } from '../../../../../src/core/tasks/run/openNeeds';

const entry = (key: string) => ({ key, id: key, title: 'Task', wave: 0, after: [], optional: false });
const started: RunEvent = {
  ...{ type: 'run.started', version: 1, run: 'r', number: 1, root: '/w', spec: '/w/s', owner: 'here' },
  ...{ options: { ...RUN_OPTIONS, parallel: 2 }, tasks: ['1', '2', '3'].map(entry), seq: 0, at: 0 },
};
const conflict = (task: string): Need => ({ kind: 'conflict', task, paths: ['a.txt'] });
const asks: Need = { kind: 'permission', session: 's' };
const needs = (need: Need): RunEventBody => ({ type: 'run.needs', need });
const answered: RunEventBody = { type: 'run.answered', answer: 'permission' };
const ended = (task: string, phase: 'failed' | 'done' | 'skipped'): RunEventBody => ({
  ...{ type: 'task.ended', task, phase },
});
const over: RunEventBody = { type: 'run.ended', status: 'failed', reason: 'Something is left.' };
const again: RunEventBody = { type: 'run.resumed', owner: 'here' };

function heard(...bodies: readonly RunEventBody[]): RunState {
  const state = foldRun([started, ...bodies.map((body, index) => ({ ...body, seq: index + 1, at: index }))]);
  assert.ok(state);
  return state;
}

const told = (state: RunState) => [state.status, needOf(state)?.kind, state.needs.length];

describe('A conflict of a merge', () => {
  const open = [needs(conflict('1')), ended('1', 'failed')] as const;

  it('is waited for until its task is tried anew', () => {
    assert.deepEqual(told(heard(...open)), ['needsYou', 'conflict', 1]);
    const retried = heard(...open, { type: 'task.started', task: '1', try: 2 });
    assert.deepEqual(told(retried), ['running', undefined, 0]);
    assert.deepEqual(told(heard(...open, ended('1', 'skipped'))), ['running', undefined, 0]);
    assert.deepEqual(told(heard(...open, ended('2', 'done'))), ['needsYou', 'conflict', 1]);
  });

  it('outlives the end of its run, a resumption, and its process', () => {
    assert.deepEqual(told(heard(...open, over)), ['failed', 'conflict', 1]);
    assert.deepEqual(told(heard(...open, over, again)), ['needsYou', 'conflict', 1]);
    assert.deepEqual(told(interruptRun(heard(...open))), ['interrupted', 'conflict', 1]);
    const done: RunEventBody = { type: 'run.ended', status: 'done' };
    assert.deepEqual(told(heard(...open, done)), ['done', 'conflict', 1], 'its task was optional');
  });

  it('is not lost behind another, or behind a question that is answered', () => {
    assert.deepEqual(told(heard(...open, needs(asks))), ['needsYou', 'permission', 2]);
    assert.deepEqual(told(heard(...open, needs(asks), answered)), ['needsYou', 'conflict', 1]);
    const two = heard(...open, needs(conflict('2')), ended('2', 'failed'));
    assert.deepEqual(needOf(two), conflict('1'));
    const first: RunEventBody = { type: 'task.started', task: '1', try: 2 };
    const left = foldRunEvent(two, { ...first, seq: 9, at: 9 });
    assert.deepEqual([left.status, needOf(left)], ['needsYou', conflict('2')]);
  });
});

describe('A run that waits for the person', () => {
  it('is still paused, or about to stop', () => {
    const paused: RunEventBody = { type: 'run.paused' };
    assert.deepEqual(told(heard(paused, needs(asks))), ['paused', 'permission', 1]);
    assert.deepEqual(told(heard(paused, needs(asks), answered)), ['paused', undefined, 0]);
    assert.equal(heard(paused, needs(asks), { type: 'run.unpaused' }).status, 'needsYou');
    assert.equal(heard({ type: 'run.stopping' }, needs(asks), answered).status, 'stopping');
  });

  it('waits for nobody’s answer once its process is gone, and by going on is told that it may', () => {
    assert.deepEqual(told(interruptRun(heard(needs(asks)))), ['interrupted', undefined, 0]);
    const broke = [needs({ kind: 'budget' }), { type: 'run.ended', status: 'stopped' }] as const;
    assert.deepEqual(told(heard(...broke)), ['stopped', 'budget', 1]);
    assert.deepEqual(told(heard(...broke, again)), ['running', undefined, 0]);
    const exploration = needs({ kind: 'exploration', task: '1' });
    const asked = heard(
      exploration,
      { type: 'task.ended', task: '1', phase: 'unproven' },
      {
        type: 'run.ended',
        status: 'stopped',
      },
    );
    assert.deepEqual(told(asked), ['stopped', 'exploration', 1]);
  });
});
