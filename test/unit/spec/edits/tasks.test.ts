// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
import { strict as assert } from 'node:assert';
import { insertTask, moveTask } from '../../../../src/core/spec/edits/reorderTasks';
import { readTexts } from '../../../../src/core/spec/readTexts';
import { edited, meaning } from '../../../support/editSpec';

/** What becomes of tasks.md, line by line. */
function linesAfter(
  lines: readonly string[],
  edit: Parameters<typeof edited>[1],
  eol = '\n',
): readonly string[] {
  const texts = { tasks: lines.join(eol) };
  const changed = edited(texts, edit);
  const told = meaning(changed);
  for (const line of meaning(texts)) assert.ok(told.includes(line), `${line}\n${changed.tasks}`);
  return changed.tasks?.split(eol) ?? [];
}

const NESTED = [
  '- [x] 1. One',
  '  - [x] 1.1 One one',
  '    - Words, also below task 2.1',
  '  - [ ]* 1.2 One two',
  '    - _Depends: 1.1_',
  '- [ ] 2. Two',
  '  - [ ] 2.1 Two one',
  '    - _Depends: 1, 1.1-1.2_',
];

describe('Editing tasks', () => {
  it('moves one with all that belongs to it', () => {
    const moved = linesAfter(NESTED, (documents) => moveTask(documents, '1', undefined, 1));
    assert.deepEqual(moved, [
      '- [ ] 1. Two',
      '  - [ ] 1.1 Two one',
      '    - _Depends: 2, 2.1-2.2_',
      '- [x] 2. One',
      '  - [x] 2.1 One one',
      '    - Words, also below task 1.1',
      '  - [ ]* 2.2 One two',
      '    - _Depends: 2.1_',
    ]);
    assert.deepEqual(
      linesAfter(moved, (documents) => moveTask(documents, '2', undefined, 0)),
      NESTED,
    );
  });

  it('moves a sub-task, also to another task', () => {
    assert.deepEqual(linesAfter(NESTED, (documents) => moveTask(documents, '1.2', '1', 0)).slice(0, 5), [
      '- [x] 1. One',
      '  - [ ]* 1.1 One two',
      '    - _Depends: 1.2_',
      '  - [x] 1.2 One one',
      '    - Words, also below task 2.1',
    ]);
    assert.deepEqual(
      linesAfter(NESTED, (documents) => moveTask(documents, '1.1', '2', 1)),
      [
        '- [x] 1. One',
        '  - [ ]* 1.1 One two',
        '    - _Depends: 2.2_',
        '- [ ] 2. Two',
        '  - [ ] 2.1 Two one',
        '    - _Depends: 1, 1.1, 2.2_',
        '  - [x] 2.2 One one',
        '    - Words, also below task 2.1',
      ],
    );
  });

  it('moves what stands at the margin, loosely, with CRLF and a byte order mark', () => {
    const lines = [
      '\uFEFF- [ ] 1. One',
      '',
      '- [ ] 1.1 One one',
      '',
      '- [ ] 1.2 One two',
      '',
      '- [ ] 2. Two',
      '  - _Depends: 1.2_',
    ];
    const moved = linesAfter(lines, (documents) => moveTask(documents, '1', undefined, 1), '\r\n');
    assert.deepEqual(moved, [
      '\uFEFF- [ ] 1. Two',
      '  - _Depends: 2.2_',
      '',
      '- [ ] 2. One',
      '',
      '- [ ] 2.1 One one',
      '',
      '- [ ] 2.2 One two',
    ]);
    assert.deepEqual(
      linesAfter(moved, (documents) => moveTask(documents, '2', undefined, 0), '\r\n'),
      lines,
    );
  });

  it('moves past what has no number, and numbers nothing anew for that', () => {
    const lines = ['- [ ] 1. One', '- [ ] Checkpoint', '- [ ] 2. Two', '  - _Depends: 1_'];
    const once = linesAfter(lines, (documents) => moveTask(documents, '1', undefined, 1));
    assert.deepEqual(once, ['- [ ] Checkpoint', '- [ ] 1. One', '- [ ] 2. Two', '  - _Depends: 1_']);
    const twice = linesAfter(once, (documents) => moveTask(documents, '1', undefined, 2));
    assert.deepEqual(twice, ['- [ ] Checkpoint', '- [ ] 1. Two', '  - _Depends: 2_', '- [ ] 2. One']);
    assert.deepEqual(
      linesAfter(lines, (documents) => moveTask(documents, '@1', undefined, 0)),
      ['- [ ] Checkpoint', '- [ ] 1. One', '- [ ] 2. Two', '  - _Depends: 1_'],
    );
  });

  it('moves nothing among tasks that are counted or indented otherwise', () => {
    const sections = { tasks: '### 1. A\n- [ ] 1.1 a\n- [ ] 1.2 b\n### 2. B\n- [ ] 2.1 c\n- [ ] 2.2 d' };
    assert.deepEqual(moveTask(readTexts(sections), '1.2', undefined, 2), []);
    assert.notDeepEqual(moveTask(readTexts(sections), '2.2', undefined, 2), []);
    const ragged = { tasks: '- [ ] 1. A\n  - [ ] 1.1 a\n- [ ] 1.2 b' };
    assert.deepEqual(moveTask(readTexts(ragged), '1.2', '1', 0), []);
    assert.deepEqual(moveTask(readTexts({ tasks: NESTED.join('\n') }), '1.2', undefined, 0), []);
  });

  it('renames the tasks of waves', () => {
    const lines = [
      '- [ ] 1. One',
      '- [ ] 2. Two',
      '## Task Dependency Graph',
      '```json',
      '{"waves": [{"tasks": ["1"]}, {"tasks": ["2"]}]}',
      '```',
    ];
    const moved = linesAfter(lines, (documents) => moveTask(documents, '2', undefined, 0));
    assert.equal(moved[4], '{"waves": [{"tasks": ["2"]}, {"tasks": ["1"]}]}');
  });

  it('inserts one, open, as its neighbours are written', () => {
    assert.deepEqual(
      linesAfter(NESTED, (documents) => insertTask(documents, '1', 1, 'New, before task 1.2')).slice(1, 6),
      [
        '  - [x] 1.1 One one',
        '    - Words, also below task 2.1',
        '  - [ ] 1.2 New, before task 1.3',
        '  - [ ]* 1.3 One two',
        '    - _Depends: 1.1_',
      ],
    );
    assert.deepEqual(
      linesAfter(['* [x]\t7)  Seven', '', '* [ ] 8) Eight'], (documents) =>
        insertTask(documents, undefined, 99, 'Nine'),
      ),
      ['* [x]\t7)  Seven', '', '* [ ] 8) Eight', '', '* [ ] 9) Nine'],
    );
    assert.deepEqual(
      linesAfter(['- [ ] Plain', '- [ ] 1. One'], (documents) => insertTask(documents, undefined, 1, 'New')),
      ['- [ ] Plain', '- [ ] New', '- [ ] 1. One'],
    );
    const sections = ['### 1. A', '- [ ] 1.1 a', '### 2. B', '- [ ] 2.1 c', '', 'End.'];
    assert.deepEqual(
      linesAfter(sections, (documents) => insertTask(documents, undefined, 2, 'New')),
      ['### 1. A', '- [ ] 1.1 a', '### 2. B', '- [ ] 2.1 c', '- [ ] 2.2 New', '', 'End.'],
    );
  });

  it('inserts the first below a task as those of other tasks are written', () => {
    const first = (lines: readonly string[], key: string) =>
      linesAfter(lines, (documents) => insertTask(documents, key, 0, 'New')).slice(-1)[0];
    assert.equal(
      first(['- [ ] 1. One', '    - [ ] 1.1 One one', '- [ ] 2. Two', '  - Words'], '2'),
      '    - [ ] 2.1 New',
    );
    assert.equal(first(['- [ ] 1. One', '- [ ] 1.1 One one', '- [ ] 2. Two'], '2'), '- [ ] 2.1 New');
    assert.equal(first(['- [ ] 1. One'], '1'), '  - [ ] 1.1 New');
    assert.equal(first(['- [ ] 1. One', '- [ ] 1.1 One one', '- [ ] Checkpoint'], '@2'), '  - [ ] New');
  });

  it('does nothing where a number is used twice', () => {
    const twice = readTexts({ tasks: '- [ ] 1. A\n- [ ] 1. B\n- [ ] 2. C' });
    assert.deepEqual(moveTask(twice, '2', undefined, 0), []);
    assert.deepEqual(insertTask(twice, undefined, 0, 'New'), []);
    assert.deepEqual(moveTask(twice, '7', undefined, 0), []);
  });
});
