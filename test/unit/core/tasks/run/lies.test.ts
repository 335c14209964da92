// Feature: run-engine, Property 4: Lies are caught
// Verifies: run-engine#2.3-2.5
/** A model that claims success: what it did to look done keeps the box open. */
import assert from 'node:assert/strict';
import type { Suspicion } from '../../../../../src/core/tasks/evidence/model';
import { RUN_OPTIONS } from '../../../../../src/core/tasks/run/model';
import type { ModelTurn } from '../../../../support/scriptedModel';
import { type Harness, SPEC } from '../../coreHarness';
import { approved, boxes, write } from '../taskHarness';

const TEST = "it('keeps ten', () => {\n  assert.equal(keep(10), 10);\n  assert.equal(keep(11), 10);\n});\n";
const CLAIM: ModelTurn = { text: 'Done. All tests pass.' };
const green = (passed: number, skipped = 0) => ({
  exitCode: 0,
  output: `  ${passed} passing (5ms)\n${skipped > 0 ? `  ${skipped} pending\n` : ''}`,
});
const remove = (path: string): ModelTurn => ({ tools: [{ name: 'delete_file', input: { path } }] });

const LIES: readonly (readonly [string, Suspicion, readonly ModelTurn[], ReturnType<typeof green>])[] = [
  ['nothing at all', 'emptyDiff', [], green(2)],
  ['nothing but blanks', 'emptyDiff', [write('src/keep.js', 'keep\n\n')], green(2)],
  [
    'a test that is skipped',
    'testsSkipped',
    [write('test/keep.test.js', TEST.replace('it(', 'it.skip('))],
    green(1, 1),
  ],
  ['a test that is gone', 'testsRemoved', [remove('test/keep.test.js')], green(1)],
  [
    'an assertion that holds always',
    'assertionsWeakened',
    [write('test/keep.test.js', TEST.replace('assert.equal(keep(11), 10)', 'assert.ok(true)'))],
    green(2),
  ],
  ['a check that runs no test', 'checkNotRun', [write('src/keep.js', 'x')], { exitCode: 0, output: '' }],
  ['files outside of its boundary', 'outsideBoundary', [write('src/keep.js'), write('lib/b.js')], green(2)],
];

describe('A claim without the work', () => {
  for (const [what, kind, turns, after] of LIES)
    it(`is caught: ${what}`, async () => {
      const lines = ['- [ ] 1. Keep ten', '  - _Verify: npm test_', '  - _Boundary: src, test_'];
      const harness = await approved(lines, {
        turns: [...turns, CLAIM],
        files: { 'src/keep.js': 'keep\n', 'test/keep.test.js': TEST },
        commands: (_, index) => (index === 0 ? green(2) : after),
      });
      const state = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 1 });
      const [task] = state.tasks;
      assert.ok(
        task?.evidence[0]?.suspicions.some((suspicion) => suspicion.kind === kind),
        JSON.stringify(task?.evidence[0]?.suspicions ?? task?.reason),
      );
      assert.notEqual(task?.phase, 'done');
      assert.equal(state.status, 'failed');
      assert.deepEqual(boxes(harness), [' 1. Keep ten']);
    });

  for (const [what, act, outside] of [
    ['makes a file', { write: ['lib/b.js'] }, ['lib/b.js']],
    ['deletes one', { remove: ['lib/old.js'] }, ['lib/old.js']],
    ['moves one out', { write: ['lib/keep.js'], remove: ['src/keep.js'] }, ['lib/keep.js']],
    ['moves one in', { write: ['src/old.js'], remove: ['lib/old.js'] }, ['lib/old.js']],
  ] as const)
    it(`is caught where a command ${what} outside of its boundary`, async () => {
      const { write: made = [], remove: gone = [] } = act as Partial<Record<string, readonly string[]>>;
      const harness: Harness = await approved(
        ['- [ ] 1. Keep ten', '  - _Verify: npm test_', '  - _Boundary: src_'],
        {
          turns: [{ tools: [{ name: 'run_command', input: { command: 'node move.js' } }] }, CLAIM],
          files: { 'src/keep.js': 'keep\n', 'lib/old.js': 'old\n' },
          async commands({ command }) {
            if (command !== 'node move.js') return green(2);
            for (const path of made) await harness.ports.files.writeText(`/project/${path}`, 'moved\n');
            for (const path of gone) await harness.ports.files.remove(`/project/${path}`);
            return 0;
          },
        },
      );
      const { tasks } = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 1 });
      const found = tasks[0]?.evidence[0];
      assert.deepEqual(
        found?.files.filter((file) => file.outside).map(({ path }) => path),
        outside,
      );
      assert.deepEqual([found?.verdict, boxes(harness)], ['refuted', [' 1. Keep ten']]);
    });

  it('is caught where the checks build something: that is not the agent’s work', async () => {
    const lines = ['- [ ] 1. Keep ten', '  - _Verify: npm test_'];
    const harness: Harness = await approved(lines, {
      turns: [CLAIM, CLAIM],
      files: { 'src/keep.js': 'keep\n' },
      commands: (_, index) => {
        void harness.ports.files.writeText('/project/dist/keep.js', `built ${index}`);
        void harness.ports.files.writeText(`/project/dist/${index}.js`, 'built');
        return green(2);
      },
    });
    const state = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 2 });
    const [task] = state.tasks;
    assert.deepEqual(
      task?.evidence.map(({ suspicions }) => suspicions.map((suspicion) => suspicion.kind)),
      [['emptyDiff'], ['emptyDiff']],
    );
    assert.deepEqual(boxes(harness), [' 1. Keep ten']);
  });

  it('of an earlier task, whose check counts no tests any more, proves no later one', async () => {
    const lines = [1, 2].flatMap((id) => [
      `- [ ] ${id}. Keep`,
      '  - _Depends: none_',
      '  - _Verify: npm test_',
    ]);
    const manifest = (test: string) => JSON.stringify({ scripts: { test } });
    const harness: Harness = await approved(lines, {
      turns: [write('package.json', manifest('exit 0')), CLAIM, write('src/keep.js'), CLAIM],
      files: { 'package.json': manifest('mocha') },
      commands: () => {
        const isKept = harness.ports.files.text('/project/package.json') === manifest('mocha');
        return isKept ? green(2) : { exitCode: 0, output: '' };
      },
    });
    const { tasks } = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 1 });
    assert.deepEqual(boxes(harness), [' 1. Keep', ' 2. Keep']);
    assert.match(tasks[1]?.reason ?? '', /“npm test” passed, but ran no test; before it ran 2/);
  });

  it('is none where the task is to see that all is well', async () => {
    const harness = await approved(
      ['- [ ] 1. Checkpoint - Ensure all tests pass', '  - _Verify: npm test_'],
      {
        turns: [CLAIM],
        commands: () => green(2),
      },
    );
    await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 1 });
    assert.deepEqual(boxes(harness), ['x1. Checkpoint - Ensure all tests pass']);
  });
});

describe('A task in a project whose tests are red', () => {
  const printed = (...passed: readonly string[]) => ({
    exitCode: 1,
    output: `  codes\n${passed.map((title) => `    ✔ ${title}\n`).join('')}    1) wraps\n\n  ${passed.length} passing (5ms)\n  1 failing\n\n  1) codes\n       wraps:\n\n      AssertionError: no\n`,
  });

  async function run(turn: ModelTurn, after: ReturnType<typeof printed>) {
    const harness = await approved(['- [ ] 1. Keep ten'], {
      turns: [turn, CLAIM],
      files: { 'package.json': '{"scripts":{"test":"mocha"}}' },
      answers: ({ answers }) => answers[0]?.id,
      commands: (_, index) => (index === 0 ? printed('opens') : after),
    });
    const { tasks } = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 1 });
    return { box: boxes(harness)[0], task: tasks[0], evidence: tasks[0]?.evidence[0] };
  }

  it('is done when its own test passes and nothing fails that did not', async () => {
    const { box, evidence } = await run(write('test/keep.test.js', TEST), printed('opens', 'keeps ten'));
    assert.equal(box, 'x1. Keep ten', evidence?.reasons.join());
    assert.match(
      evidence?.despite ?? '',
      /codes › wraps\) and nowhere else; “keeps ten” .* is new and passes/,
    );
  });

  it('stays open where nothing of its own was tested', async () => {
    const { box, task } = await run(write('src/keep.js'), printed('opens'));
    assert.deepEqual([box, task?.phase], [' 1. Keep ten', 'unproven']);
    assert.match(task?.reason ?? '', /No test of this task is known to have passed in it/);
  });
});
