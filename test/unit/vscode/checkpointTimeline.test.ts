import assert from 'node:assert/strict';
import type { Cause, Checkpoint } from '../../../src/core/checkpoints/model';
import {
  changedIn,
  endOf,
  groupsOf,
  type Known,
  keyOf,
  momentsOf,
} from '../../../src/vscode/features/checkpoints/timeline';

const SPEC = '/w/.kiro/specs/links';
const KNOWN: Known = { specOf: (session) => (session.startsWith('task') ? SPEC : undefined) };

function at(time: number, cause: Cause, more: Partial<Checkpoint> = {}): Checkpoint {
  return { id: `c${time}`, root: '/w', at: time, cause, changed: 0, left: [], ...more };
}

const turn = (session: string, number = 1): Cause => ({ kind: 'turn', session, turn: number });
const task = (more: Partial<Extract<Cause, { kind: 'task' }>> = {}): Cause => ({
  kind: 'task',
  spec: SPEC,
  task: '1',
  when: 'before',
  ...more,
});
const times = (groups: ReturnType<typeof groupsOf>) =>
  groups.map(({ moments }) => moments.map(({ checkpoint }) => checkpoint.at));

describe('the timeline of checkpoints', () => {
  it('groups by session, spec, run and hook, each where its newest one stands', () => {
    const groups = groupsOf(
      [
        at(8, turn('chat1', 9)),
        at(7, { kind: 'hook', hook: 'Test on save', when: 'after' }),
        at(6, { kind: 'hook', hook: 'Test on save', when: 'before' }),
        at(5, task({ run: 'r1', when: 'after' })),
        at(4, task({ run: 'r1' })),
        at(3, task()),
        at(2, turn('chat2')),
        at(1, turn('chat1')),
      ],
      KNOWN,
    );
    assert.deepEqual(times(groups), [[8, 1], [7, 6], [5, 4], [3], [2]]);
    assert.deepEqual(
      groups.map(({ owner }) => owner?.kind),
      ['session', 'hook', 'run', 'spec', 'session'],
    );
  });

  it('lets what was taken by hand and before a restore stand by itself', () => {
    const groups = groupsOf(
      [at(3, { kind: 'person', label: 'a' }), at(2, { kind: 'restore', of: 'c1' }), at(1, turn('s'))],
      KNOWN,
    );
    assert.deepEqual(times(groups), [[3], [2], [1]]);
    assert.deepEqual(
      groups.map(({ owner }) => owner),
      [undefined, undefined, { kind: 'session', session: 's' }],
    );
  });

  it('puts the turns of a task’s session to its run, and without a run to its spec', () => {
    const run = task({ run: 'r1', session: 'task1' });
    const groups = groupsOf([at(4, turn('task1')), at(3, run), at(2, turn('task2')), at(1, task())], KNOWN);
    assert.deepEqual(times(groups), [
      [4, 3],
      [2, 1],
    ]);
  });

  it('counts what changed until the next one of the same folder', () => {
    const moments = momentsOf([
      at(4, turn('s'), { changed: 3 }),
      at(3, turn('s'), { root: '/other', changed: 7 }),
      at(2, turn('s'), { changed: 1 }),
    ]);
    assert.deepEqual(moments.map(changedIn), [undefined, undefined, 3]);
  });

  it('ends a turn where the turn ended, so that what a person did after it does not count', () => {
    const [, moment] = momentsOf([at(2, turn('s'), { changed: 3 }), at(1, turn('s'), { after: 'its end' })]);
    assert.ok(moment);
    assert.equal(endOf(moment), 'its end');
    assert.equal(changedIn(moment), undefined);
    const [last] = momentsOf([at(1, turn('s'), { after: 'c1' })]);
    assert.deepEqual([last && endOf(last), last && changedIn(last)], ['c1', 0]);
  });

  it('counts over what a filter leaves out', () => {
    const [group] = groupsOf([at(2, turn('b'), { changed: 5 }), at(1, turn('a'))], KNOWN, { session: 'a' });
    assert.deepEqual(group?.moments.map(changedIn), [5]);
  });

  it('shows only what is of a session, or of a spec with the sessions of its tasks', () => {
    const all = [
      at(5, { kind: 'person', label: '' }),
      at(4, turn('task1')),
      at(3, task({ spec: '/w/.kiro/specs/other' })),
      at(2, turn('chat')),
      at(1, task()),
    ];
    assert.deepEqual(times(groupsOf(all, KNOWN, { session: 'chat' })), [[2]]);
    assert.deepEqual(times(groupsOf(all, KNOWN, { spec: SPEC })), [[4, 1]]);
    assert.deepEqual(times(groupsOf(all, KNOWN, { session: 'gone' })), []);
  });

  it('tells two checkpoints of the same files apart', () => {
    const same = { id: 'same' };
    assert.notEqual(keyOf(at(1, turn('s'), same)), keyOf(at(2, turn('s'), same)));
    const groups = groupsOf(
      [1, 2].map((time) => at(time, { kind: 'person', label: 'x' }, same)),
      KNOWN,
    );
    assert.equal(new Set(groups.map(({ key }) => key)).size, 2);
  });
});
