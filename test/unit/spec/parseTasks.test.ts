import { strict as assert } from 'node:assert';
import type { Task } from '../../../src/core/spec/model';
import { parseTasks } from '../../../src/core/spec/tasks/parseTasks';
import { flattenTasks } from '../../../src/core/spec/tasks/taskTree';
import { describeProblem } from '../../support/describeSpec';
import { lintText } from '../../support/lintText';

function outline(tasks: readonly Task[]): string {
  return tasks
    .map(
      ({ id, title, children }) =>
        `${id ?? '-'}:${title}${children.length > 0 ? `(${outline(children)})` : ''}`,
    )
    .join(' ');
}

function check(text: string, expected: string): void {
  const { tasks } = parseTasks(text);
  assert.equal(outline(tasks), expected);
  for (const task of flattenTasks(tasks)) {
    assert.match(text.slice(task.stateRange.start - 1, task.stateRange.end + 1), /^\[[ xX~-]\]$/);
    assert.equal(text.slice(0, task.headRange.start).split(/\r\n|\r|\n/).length - 1, task.line);
    assert.ok(task.range.start === task.headRange.start && task.range.end >= task.headRange.end);
  }
}

function first(text: string): Task {
  const task = parseTasks(text).tasks[0];
  assert.ok(task);
  return task;
}

describe('Reading the tree of tasks.md', () => {
  const cases: readonly (readonly [name: string, text: string, expected: string])[] = [
    ['one task', '- [ ] 1. A', '1:A'],
    ['indented sub-tasks', '- [ ] 1. A\n  - [x] 1.1 B\n  - [ ] 1.2 C\n- [ ] 2. D', '1:A(1.1:B 1.2:C) 2:D'],
    ['by four spaces', '- [ ] 1. A\n    - [x] 1.1 B', '1:A(1.1:B)'],
    ['by tabs', '- [ ] 1. A\n\t- [x] 1.1 B', '1:A(1.1:B)'],
    [
      'flush-left sub-tasks',
      '- [ ] 2. A\n- [x] 2.1 B\n  - detail\n- [ ] 2.2 C\n- [ ] 3. D',
      '2:A(2.1:B 2.2:C) 3:D',
    ],
    [
      'three levels flush-left',
      '- [ ] 2. A\n- [ ] 2.1 B\n- [ ] 2.1.1 C\n- [ ] 2.2 D',
      '2:A(2.1:B(2.1.1:C) 2.2:D)',
    ],
    ['sub-tasks across a blank line and a paragraph', '- [ ] 1. A\n\n- [ ] 1.1 B', '1:A(1.1:B)'],
    ['a sub-task without its parent', '### 1. Head\n- [ ] 1.1 B\n- [ ] 1.2 C', '1.1:B 1.2:C'],
    ['a number that belongs to an earlier parent', '- [ ] 1. A\n- [ ] 2. B\n- [ ] 1.1 C', '1:A 2:B 1.1:C'],
    ['a parent again', '- [ ] 1. A\n- [ ] 1.1 B\n- [ ] 1. C\n- [ ] 1.2 D', '1:A(1.1:B) 1:C(1.2:D)'],
    ['unnumbered', '- [ ] A\n  - [ ] B\n- [ ] C', '-:A(-:B) -:C'],
    ['other markers', '* [ ] 1. A\n+ [ ] 2. B', '1:A 2:B'],
    ['numbers with a dot at the end', '- [ ] 1.1. A', '1.1:A'],
    ['a title that begins with a number', '- [ ] 3 files', '-:3 files'],
    ['no ordered items', '1. [ ] A', ''],
    ['nothing in a fence', '```\n- [ ] A\n```\n- [ ] B', '-:B'],
    ['nothing in a comment', '<!--\n- [ ] A\n-->\n- [ ] B', '-:B'],
    ['no title, no task', '- [ ]\n- [ ] \n- [x]A', ''],
    ['CRLF', '- [ ] 1. A\r\n  - [x] 1.1 B\r\n', '1:A(1.1:B)'],
    ['lone CR', '- [ ] 1. A\r  - [x] 1.1 B', '1:A(1.1:B)'],
    ['a byte order mark', '\uFEFF- [ ] 1. A', '1:A'],
    ['many blank lines', '- [ ] 1. A\n\n\n\n  - [ ] 1.1 B', '1:A(1.1:B)'],
  ];
  for (const [name, text, expected] of cases) it(name, () => check(text, expected));
});

describe('Reading a task', () => {
  it('reads every state', () => {
    const states = parseTasks('- [ ] a\n- [-] b\n- [x] c\n- [X] d\n- [~] e').tasks.map(({ state }) => state);
    assert.deepEqual(states, ['open', 'inProgress', 'done', 'done', 'queued']);
  });

  it('reads optional marks, plain and escaped', () => {
    const optional = parseTasks('- [ ]* 1. a\n- [ ]\\* 2. b\n- [ ] *c*').tasks.map((task) => task.optional);
    assert.deepEqual(optional, [true, true, false]);
  });

  it('gives keys: the id where it is unique, else the line', () => {
    const keys = flattenTasks(parseTasks('# P\n- [ ] 1. a\n- [ ] 2. b\n- [ ] 2. c\n- [ ] d').tasks).map(
      ({ key }) => key,
    );
    assert.deepEqual(keys, ['1', '@2', '@3', '@4']);
  });

  it('reads details', () => {
    const text =
      '- [ ] 1. a\n  goes on\n  - one\n    - two\n      more\n  - **Property 1: P**\n  - _Requirements: 1.1_\n\n  paragraph\n\nnone';
    const { details, range } = first(text);
    assert.deepEqual(details, ['goes on', 'one', 'two more', '**Property 1: P**', 'paragraph']);
    assert.equal(text.slice(range.end), '\n\nnone');
  });

  it('keeps to the boundary of the task around it, or to its own', () => {
    const lines = [
      '- [ ] 1. A',
      '  - _Boundary: src_',
      '  - [ ] 1.1 B',
      '  - [ ] 1.2 C',
      '    - _Boundary: docs_',
    ];
    const { tasks } = parseTasks([...lines, '    - [ ] 1.2.1 D', '- [ ] 2. E', ''].join('\n'));
    assert.deepEqual(
      flattenTasks(tasks).map(({ id, boundary }) => `${id} ${boundary}`),
      ['1 src', '1.1 src', '1.2 docs', '1.2.1 docs', '2 '],
    );
  });

  it('takes no details from the next section', () => {
    const { details } = first('- [ ] 1. a\n## Notes\n  - one');
    assert.deepEqual(details, []);
  });

  const requirements: readonly (readonly [line: string, ids: readonly string[]])[] = [
    ['_Requirements: 1.1, 2.3_', ['1.1', '2.3']],
    ['_Requirements: 1.2-1.4, 3_', ['1.2', '1.3', '1.4', '3']],
    ['_Requirements: 4.1–4.3_', ['4.1', '4.2', '4.3']],
    ['_Requirements: All_', []],
    ['_Requirements: 2.x, 1.1 (partly, see 9.9)_', ['2', '1.1']],
    ['_Requirement: US-1, NFR-2_', ['US-1', 'NFR-2']],
    ['Requirements: 1.1', ['1.1']],
    ['**Requirements:** 1.1', ['1.1']],
    ['**Validates: Requirements 1.1, 1.2**', ['1.1', '1.2']],
    ['**Validates**: Design Section 4, TR-2', ['TR-2']],
    ['_Requirements: 1.1, 1.1_', ['1.1']],
    ['_需求: 1.1, 2.3_', ['1.1', '2.3']],
    ['_要件：1.1、2.3_', ['1.1', '2.3']],
    ['_요구사항: 1.1_', ['1.1']],
    ['_Requisitos: 1.1, 1.2_', ['1.1', '1.2']],
    ['**Anforderungen:** 1.1', ['1.1']],
    ['_Требования: 1.1_', ['1.1']],
    ['**Validates: 需求 1.1, 1.2**', ['1.1', '1.2']],
    ['_需求: 所有相关需求_', []],
    ['the requirements: 1.1', []],
  ];
  for (const [line, ids] of requirements) {
    it(`reads ${line}`, () => assert.deepEqual(first(`- [ ] 1. a\n  - ${line}`).requirements, ids));
  }

  const verify: readonly (readonly [line: string, command: string | undefined])[] = [
    ['_Verify: npm test_', 'npm test'],
    ['_Verify: `npm test`_', 'npm test'],
    ['_Verify: pytest test_a_b.py -k _x__', 'pytest test_a_b.py -k _x_'],
    ['_Verify: ``echo `date` ``_', 'echo `date`'],
    ['_Verify: echo `date`_', 'echo `date`'],
    ['_Verify: npm test_  ', 'npm test'],
    ['_verify:npm test_', 'npm test'],
    ['_Verify: _', undefined],
    ['_Verify: npm test', undefined],
    ['Verify: npm test', undefined],
  ];
  for (const [line, command] of verify) {
    it(`reads ${line}`, () => assert.equal(first(`- [ ] 1. a\n  - ${line}`).verify, command));
  }

  it('takes the first command', () =>
    assert.equal(first('- [ ] 1. a\n  - _Verify: a_\n  - _Verify: b_').verify, 'a'));
});

describe('Problems of the structure of tasks.md', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['none', '- [ ] 1. a', []],
    ['no task', '# Plan\n\nwords', ['D06 no-tasks warning 1:1 "# Plan" → Add a task to fill in']],
    ['an empty document', '', ['D06 no-tasks warning 1:1 "" → Add a task to fill in']],
    [
      'an id twice',
      '- [ ] 1. a\n- [ ] 1. b',
      ['D07 duplicate-task-id warning 2:1 "- [ ] 1. b" → Number it 2'],
    ],
    ['an odd state', '- [?] 1. a', ['D08 unreadable-task-state warning 1:3 "[?]" → Write [ ] → Write [x]']],
    ['no state', '- [] 1. a', ['D08 unreadable-task-state warning 1:3 "[]" → Write [ ] → Write [x]']],
    [
      'a check mark',
      '- [✓] 1. a\n- [✅]* b',
      [
        'D08 unreadable-task-state warning 1:3 "[✓]" → Write [x] → Write [ ]',
        'D08 unreadable-task-state warning 2:3 "[✅]" → Write [x] → Write [ ]',
      ],
    ],
    [
      'two characters',
      '- [xx] 1. a',
      ['D08 unreadable-task-state warning 1:3 "[xx]" → Write [x] → Write [ ]'],
    ],
    ['links and footnotes are no boxes', '- [ ] a\n- [a](b) c\n- [1] d\n- [word] e', []],
    [
      'a range backwards',
      '- [ ] 1. a\n  - _Requirements: 1.4-1.2_',
      ['D09 reference-range warning 2:20 "1.4-1.2" → Write 1.4, 1.2'],
    ],
    [
      'a range across requirements',
      '- [ ] 1. a\n  - _Requirements: 3, 1.4-2.2_',
      ['D09 reference-range warning 2:23 "1.4-2.2" → Write 1.4, 2.2'],
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => {
      const problems = lintText(text, 'tasks');
      assert.deepEqual(
        problems.map((problem) => describeProblem(text, problem)),
        expected,
      );
    });
  }
});
