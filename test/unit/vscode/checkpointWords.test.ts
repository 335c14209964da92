import assert from 'node:assert/strict';
import type { Cause, Checkpoint, RestoreStep } from '../../../src/core/checkpoints/model';
import {
  asOf,
  firstWords,
  groupLabel,
  momentDescription,
  momentLabel,
  type Names,
  planTitle,
  refusedWords,
  stepsInOrder,
  stepWords,
} from '../../../src/vscode/features/checkpoints/words';

const kept = new Map<string, Checkpoint>();
const NAMES: Names = {
  titleOfSession: () => undefined,
  numberOfRun: (run) => (run === 'r3' ? 3 : undefined),
  wordsOfTurn: (session) => (session === 'gone' ? undefined : 'Let links expire\nafter a day'),
  titleOfTask: (_, task) => (task === '2.1' ? '2.1 Write the parser' : undefined),
  restored: (_, id) => kept.get(id),
  time: (at) => `14:0${at}`,
};

function of(cause: Cause, id = 'c'): Checkpoint {
  return { id, root: '/w', at: 0, cause, changed: 0, left: [] };
}
const label = (cause: Cause) => momentLabel(of(cause), NAMES);
const step = (path: string, byPerson = false): RestoreStep => ({ path, change: 'changed', byPerson });

describe('what is said of a checkpoint', () => {
  it('is named after what came next, cut to one line', () => {
    assert.equal(label({ kind: 'turn', session: 's', turn: 1 }), 'Before “Let links expire …”');
    assert.equal(label({ kind: 'turn', session: 'gone', turn: 1 }), 'Before a turn of the agent');
    const task = { kind: 'task', spec: '/w/s' } as const;
    assert.equal(label({ ...task, task: '2.1', when: 'after' }), 'After 2.1 Write the parser');
    assert.equal(label({ ...task, task: '9', when: 'before' }), 'Before task 9');
    assert.equal(label({ kind: 'hook', hook: 'Lint', when: 'before' }), 'Before the hook “Lint”');
    assert.equal(label({ kind: 'person', label: ' Works ' }), 'Works');
    assert.equal(label({ kind: 'person', label: '' }), 'By hand');
    assert.equal(firstWords('x'.repeat(70)), `${'x'.repeat(48)} …`);
  });

  it('of a restore names where it went, and calls the restore of one an undo', () => {
    kept.set('hand', of({ kind: 'person', label: 'Works' }, 'hand'));
    kept.set('back', of({ kind: 'restore', of: 'hand' }, 'back'));
    assert.equal(label({ kind: 'restore', of: 'hand' }), 'Before the restore to 14:00');
    assert.equal(label({ kind: 'restore', of: 'back' }), 'Before a restore was undone');
    assert.equal(label({ kind: 'restore', of: 'pruned' }), 'Before a restore');
  });

  it('is said of files that are as they were', () => {
    const words = (cause: Cause) => asOf(of(cause), NAMES);
    assert.equal(words({ kind: 'turn', session: 's', turn: 1 }), 'before “Let links expire …”');
    assert.equal(words({ kind: 'hook', hook: 'Lint', when: 'after' }), 'after the hook “Lint”');
    assert.equal(words({ kind: 'person', label: 'Works' }), 'at “Works”');
  });

  it('names a run by its number, as far as its log is there', () => {
    const named = (run: string) => groupLabel({ kind: 'run', run, spec: '/w/specs/links' }, NAMES);
    assert.equal(named('r3'), 'Run 3 of links');
    assert.equal(named('gone'), 'Run of links');
    assert.equal(groupLabel({ kind: 'session', session: 's' }, NAMES), 'A session that was deleted');
  });

  it('counts the files that changed from there on', () => {
    const checkpoint = of({ kind: 'person', label: '' });
    const words = (changed: number) =>
      momentDescription({ checkpoint, next: { ...checkpoint, id: 'next', changed } }, '14:41');
    assert.equal(words(1), '14:41 · 1 file');
    assert.equal(words(1200), '14:41 · 1,200 files');
    assert.equal(words(0), '14:41 · nothing changed');
    assert.equal(momentDescription({ checkpoint, next: undefined }, '14:41'), '14:41 · until now');
  });
});

const planOf = (steps: readonly RestoreStep[]) => ({ steps, notes: [], refused: [] });

describe('what is said of a restore before it is done', () => {
  it('calls out what the person changed since', () => {
    const title = (...own: boolean[]) =>
      planTitle(planOf(own.map((byPerson, index) => step(`${index}`, byPerson))), 'at “Works”');
    assert.equal(title(false), 'Restore 1 file as it was at “Works”');
    assert.equal(title(true), 'Restore 1 file as it was at “Works”: you changed it since');
    assert.equal(
      title(true, false, false),
      'Restore 3 files as they were at “Works”: you changed 1 of them since',
    );
    assert.equal(title(true, true), 'Restore 2 files as they were at “Works”: you changed all of them since');
    assert.equal(stepWords(step('a', true)), 'as it was · you changed it since');
    assert.equal(stepWords({ ...step('a'), change: 'deleted' }), 'is deleted');
    const partly = { ...step('a'), partly: true } as const;
    assert.equal(stepWords(partly), 'taken back, and what came after stays');
    assert.match(planTitle(planOf([partly, step('b')]), 'x'), /\. In 1 of them, what came after stays\.$/);
  });

  it('lists their own edits first, then by path', () => {
    const steps = [step('b'), step('z', true), step('a'), step('c', true)];
    assert.deepEqual(
      stepsInOrder(steps).map(({ path }) => path),
      ['c', 'z', 'a', 'b'],
    );
  });

  it('says what cannot be restored, and how many more', () => {
    const refused = ['a', 'b', 'c'].map((path) => ({ path, why: 'It is a folder now.' }));
    assert.equal(refusedWords({ refused: [] }), undefined);
    assert.equal(refusedWords({ refused: refused.slice(0, 1) }), 'a cannot be restored. It is a folder now.');
    const words = 'a cannot be restored. It is a folder now. Nor can 2 more.';
    assert.equal(refusedWords({ refused }), words);
    const notes = ['A rebase is in progress.'];
    assert.equal(
      planTitle({ steps: [step('x')], notes, refused }, 'at “Works”'),
      `Restore 1 file as it was at “Works”. A rebase is in progress. ${words}`,
    );
  });
});
