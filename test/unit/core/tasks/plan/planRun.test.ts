// Feature: run-engine, Property 1: A plan can be carried out
// Verifies: run-engine#1.1
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTasks } from '../../../../../src/core/spec/tasks/parseTasks';
import { flattenTasks, requiredLeaves } from '../../../../../src/core/spec/tasks/taskTree';
import { effortOf } from '../../../../../src/core/tasks/plan/estimate';
import type { Selection } from '../../../../../src/core/tasks/plan/model';
import { cycleIn, planRun } from '../../../../../src/core/tasks/plan/planRun';
import type { UsageRecord } from '../../../../../src/core/usage/ledger';
import { lintText } from '../../../../support/lintText';
import { runs } from '../../../../support/soak';

const REQUIRED: Selection = { kind: 'required' };
const graph = (waves: string) => `\n## Task Dependency Graph\n\n\`\`\`json\n{"waves": ${waves}}\n\`\`\`\n`;
const plan = (text: string, selection: Selection = REQUIRED) => planRun(parseTasks(text), selection);
/** `1.1 | 1.2 1.3 | 2`, a wave between two bars. */
const waves = (text: string, selection: Selection = REQUIRED) => {
  const { tasks } = plan(text, selection);
  const of = (wave: number) => tasks.filter((each) => each.wave === wave).map(({ task }) => task.key);
  return [...new Set(tasks.map(({ wave }) => wave))].map((wave) => of(wave).join(' ')).join(' | ');
};

const TREE = [
  '- [ ] 1. First',
  '  - [x] 1.1 Done',
  '  - [ ] 1.2 Open',
  '    - _Requirements: 3.1_',
  '  - [ ]* 1.3 Test',
  '    - _Requirements: 3.2_',
  '- [ ] 2. Second',
  '  - _Requirements: 4.1_',
  '- [x] 3. Third',
  '- [ ] 4. Fourth',
  '  - _Requirements: 3_',
].join('\n');

describe('Planning a run', () => {
  const selections: readonly (readonly [string, Selection, string])[] = [
    ['required tasks that are open', REQUIRED, '1.2 | 2 | 4'],
    ['all of them', { kind: 'all' }, '1.2 | 1.3 2 | 4'],
    ['one task', { kind: 'task', key: '4' }, '4'],
    ['one that is done, again', { kind: 'task', key: '3' }, '3'],
    ['what is open below a task', { kind: 'task', key: '1' }, '1.2'],
    ['an optional one', { kind: 'task', key: '1.3' }, '1.3'],
    ['from one on, what is done included', { kind: 'from', key: '2' }, '2 | 3 | 4'],
    ['from all below a task on', { kind: 'from', key: '1' }, '1.1 | 1.2 | 2 | 3 | 4'],
    ['what covers a requirement', { kind: 'covering', requirement: '3' }, '1.2 | 1.3 4'],
    ['nothing where there is no such task', { kind: 'task', key: '9' }, ''],
  ];
  for (const [name, selection, expected] of selections)
    it(`chooses ${name}`, () => assert.equal(waves(TREE, selection), expected));

  it('names the optional tasks that it leaves out', () => {
    const left = (selection: Selection) => plan(TREE, selection).optional.map(({ id }) => id);
    assert.deepEqual(left(REQUIRED), ['1.3']);
    assert.deepEqual(left({ kind: 'all' }), []);
  });

  const orders: readonly (readonly [string, string, string])[] = [
    [
      'in order of the document where nothing else is said',
      '- [ ] 1. A\n- [ ] 2. B\n- [ ] 3. C',
      '1 | 2 | 3',
    ],
    [
      'by what tasks depend on',
      '- [ ] 1. A\n- [ ] 2. B\n  - _Depends: none_\n- [ ] 3. C\n  - _Depends: 1_\n- [ ] 4. D\n  - _Depends: 2, 3_',
      '1 2 | 3 | 4',
    ],
    [
      'a dependency on a later task first',
      '- [ ] 1. A\n  - _Depends: 3_\n- [ ] 2. B\n- [ ] 3. C',
      '3 | 1 | 2',
    ],
    [
      'a dependency on a task with sub-tasks after all of them',
      '- [ ] 1. A\n  - [ ] 1.1 B\n  - [ ] 1.2 C\n- [ ] 2. D\n  - _Depends: 1_',
      '1.1 | 1.2 | 2',
    ],
    [
      'a dependency of a task for all below it',
      '- [ ] 1. A\n- [ ] 2. B\n  - _Depends: none_\n- [ ] 3. C\n  - _Depends: 1_\n  - [ ] 3.1 D\n  - [ ] 3.2 E',
      '1 2 | 3.1 3.2',
    ],
    [
      'beside each other what is marked so',
      '- [ ] 1. A\n- [ ] 2. (P) B\n- [ ] 3. (P) C\n- [ ] 4. D',
      '1 | 2 3 | 4',
    ],
    ['by waves', `- [ ] 1. A\n- [ ] 2. B\n- [ ] 3. C${graph('[["1", "3"], ["2"]]')}`, '1 3 | 2'],
    [
      'by waves of tasks with sub-tasks',
      `- [ ] 1. A\n  - [ ] 1.1 B\n  - [ ] 1.2 C\n- [ ] 2. D${graph('[["1"], ["2"]]')}`,
      '1.1 1.2 | 2',
    ],
    [
      'by the dependency where the waves say otherwise',
      `- [ ] 1. A\n  - _Depends: 2_\n- [ ] 2. B\n- [ ] 3. C${graph('[["1"], ["2", "3"]]')}`,
      '2 3 | 1',
    ],
    [
      'what is in no wave after the one before it',
      `- [ ] 1. A\n- [ ] 2. B\n- [ ] 3. C${graph('[["1"], ["3"]]')}`,
      '1 | 2 3',
    ],
  ];
  for (const [name, text, expected] of orders) it(`takes ${name}`, () => assert.equal(waves(text), expected));

  it('waits for what comes before also by way of tasks that are not in it', () => {
    const text = '- [ ] 1. A\n- [x] 2. B\n- [ ] 3. C';
    assert.deepEqual(
      plan(text).tasks.map(({ task, after }) => [task.key, after]),
      [
        ['1', []],
        ['3', ['1']],
      ],
    );
  });

  it('reports what cannot be at its place, and refuses a cycle of its own tasks only', () => {
    const text =
      '- [ ] 1. A\n  - _Depends: 2_\n- [ ] 2. B\n  - _Depends: 1, 7_\n- [ ] 3. C\n  - _Depends: none_';
    const { findings } = plan(text);
    assert.deepEqual(
      findings.map(({ rule, range }) => [rule, text.slice(0, range.start).split('\n').length]),
      [
        ['task-cycle', 2],
        ['unknown-reference', 4],
      ],
    );
    assert.match(findings[0]?.message ?? '', /Tasks 1, 2 wait for each other/);
    const refused = (selection: Selection) => cycleIn(parseTasks(text), plan(text, selection))?.rule;
    assert.equal(refused(REQUIRED), 'task-cycle');
    assert.equal(refused({ kind: 'task', key: '3' }), undefined);
  });

  it('shows the same in the editor', () => {
    const rules = (text: string) =>
      lintText(text, 'tasks').map(({ rule, severity }) => `${rule} ${severity}`);
    assert.deepEqual(rules('- [ ] 1. A\n  - _Depends: 1_\n'), ['task-cycle error']);
    assert.deepEqual(rules(`- [ ] 1. A\n- [ ] 2. B\n  - _Depends: 1_${graph('[["1", "2"]]')}`), [
      'wave-contradiction warning',
    ]);
    assert.deepEqual(rules(`- [ ] 1. A\n- [ ] 2. B${graph('[["1"]]')}`), ['task-in-no-wave hint']);
    assert.deepEqual(rules(`- [ ] 1. A\n- [ ] 2. B\n  - _Depends: 1_${graph('[["1"], ["2"]]')}`), []);
  });

  it('of ten thousand tasks is no work', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `- [ ] ${index + 1}. Task`).join('\n');
    assert.equal(plan(text).tasks.at(-1)?.wave, 9999);
  });

  const number = fc.integer({ min: 1, max: 12 });
  const item = fc.record({
    level: fc.integer({ min: 0, max: 1 }),
    state: fc.constantFrom(' ', 'x', '-'),
    optional: fc.boolean(),
    depends: fc.option(fc.array(number, { maxLength: 3 }), { nil: undefined }),
    beside: fc.boolean(),
  });
  const document = fc.tuple(
    fc.array(item, { minLength: 1, maxLength: 12 }),
    fc.option(fc.array(fc.array(number, { maxLength: 4 }), { maxLength: 4 }), { nil: undefined }),
  );
  const textOf = ([items, listed]: typeof document extends fc.Arbitrary<infer T> ? T : never) =>
    items
      .map(({ level, state, optional, depends, beside }, index) => {
        const indent = '  '.repeat(index === 0 ? 0 : level);
        const line = `${indent}- [${state}]${optional ? '*' : ''} ${index + 1}. ${beside ? '(P) ' : ''}Task`;
        return depends === undefined ? line : `${line}\n${indent}  - _Depends: ${depends.join(', ')}_`;
      })
      .join('\n') + (listed === undefined ? '' : graph(JSON.stringify(listed.map((ids) => ids.map(String)))));
  const selection: fc.Arbitrary<Selection> = fc.oneof(
    fc.constant<Selection>({ kind: 'required' }),
    fc.constant<Selection>({ kind: 'all' }),
    number.map((id): Selection => ({ kind: 'from', key: String(id) })),
    number.map((id): Selection => ({ kind: 'task', key: String(id) })),
  );

  it('has every dependency in an earlier wave, whatever the document says', () => {
    fc.assert(
      fc.property(document, selection, (given, chosen) => {
        const { tasks } = plan(textOf(given), chosen);
        const wave = new Map(tasks.map((each) => [each.task.key, each.wave]));
        for (const { after, wave: own } of tasks)
          for (const key of after) assert.ok((wave.get(key) ?? Number.POSITIVE_INFINITY) < own);
      }),
      runs(300),
    );
  });

  it('has every chosen leaf once, by wave and then in order of the document', () => {
    fc.assert(
      fc.property(document, (given) => {
        const text = textOf(given);
        const { tasks } = plan(text);
        const open = requiredLeaves(parseTasks(text).tasks).filter(({ state }) => state !== 'done');
        assert.deepEqual(tasks.map(({ task }) => task.key).sort(), open.map(({ key }) => key).sort());
        const places = tasks.map(({ wave, task }) => wave * 1000 + task.line);
        assert.deepEqual(
          places,
          [...places].sort((a, b) => a - b),
        );
      }),
      runs(300),
    );
  });

  it('lets each task wait for what it depends on, where that is no cycle', () => {
    fc.assert(
      fc.property(document, (given) => {
        const text = textOf(given);
        const { tasks, findings } = plan(text, { kind: 'all' });
        if (findings.some(({ rule }) => rule === 'task-cycle')) return;
        const wave = new Map(tasks.map((each) => [each.task.id, each.wave]));
        for (const task of flattenTasks(parseTasks(text).tasks))
          for (const id of task.depends.flatMap(({ ids }) => ids)) {
            const [own, other] = [wave.get(task.id), wave.get(id)];
            if (own !== undefined && other !== undefined) assert.ok(other < own, `${task.id} before ${id}`);
          }
      }),
      runs(300),
    );
  });
});

describe('The estimate of a run', () => {
  const MINUTE = 60_000;
  const record = (session: string, at: number, more: Partial<UsageRecord> = {}): UsageRecord => ({
    v: 1,
    at,
    day: '2026-11-27',
    model: 'm',
    session,
    kind: 'task',
    root: '/here',
    usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 },
    cost: 0.5,
    durationMs: MINUTE,
    ...more,
  });

  it('is what tasks took here before', () => {
    const records = [
      record('a', MINUTE),
      record('a', 3 * MINUTE),
      record('b', 9 * MINUTE),
      record('c', 9 * MINUTE, { kind: 'chat', cost: 9 }),
      record('d', 9 * MINUTE, { root: '/elsewhere', cost: 9 }),
    ];
    const effort = effortOf(records, '/here');
    assert.deepEqual(effort, { minutes: 2, cost: 0.75 });
    const document = parseTasks('- [ ] 1. A\n- [ ] 2. B');
    assert.deepEqual(planRun(document, REQUIRED, effort).estimate, { minutes: 4, cost: 1.5 });
    assert.deepEqual(effortOf(records, '/new'), { minutes: (3 + 1 + 1) / 3, cost: (1 + 0.5 + 9) / 3 });
  });

  it('is of a task with all its sessions, without the night between them', () => {
    const task = { spec: '/here/s', task: '1' };
    const records = [
      record('a', MINUTE, task),
      record('a', 4 * MINUTE, task),
      record('b', 900 * MINUTE, task),
      record('help', 3 * MINUTE, { ...task, kind: 'subagent' }),
    ];
    assert.deepEqual(effortOf(records, '/here'), { minutes: 5, cost: 2 });
  });

  it('knows what is done side by side, and what a reviewer costs', () => {
    const records = [
      record('a', 2 * MINUTE, { durationMs: 2 * MINUTE, spec: '/here/s', task: '1' }),
      record('r', 3 * MINUTE, { kind: 'review', cost: 0.25, spec: '/here/s', task: '1' }),
    ];
    const effort = effortOf(records, '/here');
    const apart = ['1', '2', '3'].map((id) => `- [ ] ${id}. A\n  - _Depends: none_\n`).join('');
    const document = parseTasks(`${apart}- [ ] 4. B\n  - _Depends: 1, 2, 3_`);
    const estimate = (parallel: number, reviewer: boolean) =>
      planRun(document, REQUIRED, effort, { parallel, reviewer }).estimate;
    assert.deepEqual(estimate(1, false), { minutes: 8, cost: 2 });
    assert.deepEqual(estimate(2, false), { minutes: 6, cost: 2 });
    assert.deepEqual(estimate(4, false), { minutes: 4, cost: 2 });
    assert.deepEqual(estimate(4, true), { minutes: 6, cost: 3 });
  });

  it('says nothing where nothing is known', () => {
    assert.equal(effortOf([], '/here'), undefined);
    assert.equal(plan('- [ ] 1. A').estimate, undefined);
    const { cost: _, ...unpriced } = record('a', MINUTE);
    assert.equal(effortOf([unpriced], '/here')?.cost, undefined);
  });
});
