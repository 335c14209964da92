// Feature: spec-engine, Property 4: A tick is one character
// Verifies: spec-engine#1.6
import { strict as assert } from 'node:assert';
import type { TaskState } from '../../../src/core/spec/model';
import { parseTasks } from '../../../src/core/spec/tasks/parseTasks';
import { progressOf } from '../../../src/core/spec/tasks/progress';
import { findTask, flattenTasks, requiredLeaves } from '../../../src/core/spec/tasks/taskTree';
import { tickEdit } from '../../../src/core/spec/tasks/tick';
import { applyEdits } from '../../../src/core/util/textRange';

const TEXT = '# Plan\r\n- [ ] 1. a\r\n  - [x] 1.1 b\r\n  - [ ]* 1.2 c\r\n- [X] 2. d\r\n- [~] 2. e';

describe('Ticking a task', () => {
  const cases: readonly (readonly [key: string, state: TaskState, before: string, after: string])[] = [
    ['1', 'done', '[ ] 1.', '[x] 1.'],
    ['1', 'inProgress', '[ ] 1.', '[-] 1.'],
    ['1.1', 'open', '[x] 1.1', '[ ] 1.1'],
    ['1.2', 'queued', '[ ]* 1.2', '[~]* 1.2'],
    ['@5', 'done', '[~] 2. e', '[x] 2. e'],
  ];
  for (const [key, state, before, after] of cases) {
    it(`${key} → ${state}`, () => {
      const edit = tickEdit(parseTasks(TEXT), key, state);
      assert.ok(edit);
      assert.equal(applyEdits(TEXT, [edit]), TEXT.replace(before, after));
    });
  }

  it('has nothing to do for an unknown task or the state it has', () => {
    const document = parseTasks(TEXT);
    assert.equal(tickEdit(document, '9', 'done'), undefined);
    assert.equal(tickEdit(document, '1.1', 'done'), undefined);
    assert.equal(tickEdit(document, '@4', 'done'), undefined);
  });
});

describe('The tree of tasks', () => {
  it('is flattened in document order', () => {
    const keys = flattenTasks(parseTasks(TEXT).tasks).map(({ key }) => key);
    assert.deepEqual(keys, ['1', '1.1', '1.2', '@4', '@5']);
  });

  it('is searched by key', () => {
    assert.equal(findTask(parseTasks(TEXT), '1.2')?.title, 'c');
    assert.equal(findTask(parseTasks(TEXT), '2'), undefined);
  });

  const progress: readonly (readonly [name: string, text: string, done: number, total: number])[] = [
    ['nothing', '', 0, 0],
    ['leaves that are required', TEXT, 2, 3],
    ['a parent counts by its leaves', '- [x] 1. a\n  - [ ] 1.1 b', 0, 1],
    ['a parent of optional tasks counts itself', '- [x] 1. a\n  - [ ]* 1.1 b', 1, 1],
    ['nothing in an optional task counts', '- [ ]* 1. a\n  - [ ] 1.1 b\n- [x] 2. c', 1, 1],
    ['in progress is not done', '- [-] 1. a\n- [~] 2. b\n- [X] 3. c', 1, 3],
  ];
  for (const [name, text, done, total] of progress) {
    it(`progress: ${name}`, () => assert.deepEqual(progressOf(parseTasks(text)), { done, total }));
  }

  it('names the required leaves', () => {
    assert.deepEqual(
      requiredLeaves(parseTasks(TEXT).tasks).map(({ key }) => key),
      ['1.1', '@4', '@5'],
    );
  });
});
