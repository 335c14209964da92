// Feature: run-engine, Property 12: A bug is shown before it is fixed
// Verifies: run-engine#3.8, #3.9
import assert from 'node:assert/strict';
import { needWords } from '../../../../../src/core/tasks/report/needWords';
import { isExploration } from '../../../../../src/core/tasks/run/exploration';
import { RUN_OPTIONS, type RunState } from '../../../../../src/core/tasks/run/model';
import { isPreservation } from '../../../../../src/core/tasks/run/preservation';
import { createScriptedModel } from '../../../../support/scriptedModel';
import { type Harness, SPEC, until } from '../../coreHarness';
import { approved, boxes, DONE, write } from '../taskHarness';

const BUGFIX = { '.kiro/specs/links/.config.kiro': '{"specType":"bugfix"}' };
const LINES = ['- [ ] 1. Write bug condition exploration test', '- [ ] 2. Fix it', '  - _Verify: check fix_'];
const phases = ({ tasks }: RunState) => tasks.map(({ key, phase }) => `${key} ${phase}`);
const FAILING = { exitCode: 1, output: '1 passing\n1 failing\n\n  1) bug shows:\n' };

async function run(
  verify: readonly string[],
  after: number | object,
  turns = [write('test/bug.js'), DONE],
  before: number | object = 0,
) {
  const ran = new Map<string, number>();
  const harness = await approved([LINES[0] ?? '', ...verify, ...LINES.slice(1)], {
    model: createScriptedModel({ turns: [...turns, write('src/a.js'), DONE, DONE, DONE] }),
    files: { ...BUGFIX, 'package.json': '{"scripts":{"test":"mocha"}}' },
    answers: ({ answers }) => answers[0]?.id,
    commands({ command }) {
      const count = (ran.get(command) ?? 0) + 1;
      ran.set(command, count);
      return command === 'check fix' ? 0 : count === 1 ? before : after;
    },
  });
  return { harness, state: await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 2 }) };
}

describe('The exploration test of a bug fix', () => {
  it('is known by what the task says', () => {
    const is = (title: string, type: 'bugfix' | 'feature' = 'bugfix') => isExploration({ type }, { title });
    assert.ok(is('Write bug condition exploration test'));
    assert.ok(is('Write the exploration property test (BEFORE the fix)'));
    assert.ok(!is('Write bug condition exploration test', 'feature'));
    assert.ok(!is('Verify that the exploration test now passes'));
    assert.ok(!is('Re-run the exploration test'));
    assert.ok(!is('Write preservation property tests'));
  });

  it('is proved by its failing', async () => {
    const { state, harness } = await run([], FAILING);
    assert.equal(state.tasks[0]?.phase, 'done', state.tasks[0]?.reason);
    assert.equal(boxes(harness)[0], 'x1. Write bug condition exploration test');
  });

  it('that passes stops the run and asks, and nothing is fixed', async () => {
    const { state, harness } = await run([], { exitCode: 0, output: '2 passing\n' });
    assert.equal(state.status, 'stopped');
    assert.deepEqual(state.needs, [{ kind: 'exploration', task: '1' }]);
    assert.match(state.reason ?? '', /may not be what was thought/);
    assert.deepEqual(phases(state), ['1 unproven', '2 waiting']);
    assert.deepEqual(boxes(harness), [' 1. Write bug condition exploration test', ' 2. Fix it']);
    assert.equal(harness.core.sessions.known.length, 1, 'the agent is not told to make it fail');
  });

  it('with a check that is met by its failing is proved by that', async () => {
    const { state } = await run(['  - _Verify: ! node --test bug_'], 0);
    assert.equal(state.tasks[0]?.phase, 'done', state.tasks[0]?.reason);
  });

  it('that cannot be loaded shows no bug, whatever is red', async () => {
    const counted = { exitCode: 0, output: '\n  1 passing (5ms)\n' };
    const broken = { exitCode: 1, output: 'SyntaxError: Unexpected token in test/bug.js\n' };
    const unloaded = {
      exitCode: 1,
      output:
        '✖ test/bug.js (20ms)\nℹ tests 2\nℹ pass 1\nℹ fail 1\nℹ cancelled 0\n\n✖ failing tests:\n\n✖ test/bug.js (20ms)\n',
    };
    for (const after of [broken, unloaded]) {
      const { state } = await run([], after, [write('test/bug.js'), DONE], counted);
      assert.deepEqual(phases(state), ['1 unproven', '2 waiting']);
      assert.match(state.tasks[0]?.reason ?? '', /no new test is among what fails/);
      assert.equal(state.tasks[0]?.try, 2, 'the agent is told, and may mend it');
    }
  });

  it('that cannot be loaded shows no bug where nothing counts tests either', async () => {
    const output = "node:internal/modules\nError: Cannot find module './links'\n";
    for (const [verify, after] of [
      ['node test/bug.js', { exitCode: 1, output }],
      ['! node test/bug.js', { exitCode: 0, output }],
      ['! runner test/bug.js', { exitCode: 0, output: 'sh: 1: runner: not found\n' }],
    ] as const) {
      const { state } = await run([`  - _Verify: ${verify}_`], after);
      assert.deepEqual(phases(state), ['1 unproven', '2 waiting'], verify);
    }
  });

  it('that was not written proves nothing, though tests fail', async () => {
    const { state } = await run([], FAILING, [{ text: 'Done.' }, { text: 'Done.' }]);
    assert.equal(state.tasks[0]?.phase, 'failed');
  });
});

describe('What comes before the fix of a bug and is not proved', () => {
  const TWO = [
    '- [ ] 1. Write bug condition exploration test',
    '- [ ] 2. Write preservation property tests',
    '  - _Verify: check tests_',
    ...LINES.slice(1).map((line) => line.replace('2. Fix', '3. Fix')),
  ];

  /** Without commands that were agreed to, but for those that tasks name; preservation runs no test. */
  async function stopped(lines: readonly string[] = TWO) {
    const preserved = { exitCode: 0, output: '\n  0 passing (1ms)\n' };
    const harness = await approved(lines, {
      model: createScriptedModel({ turns: [write('test/a.js'), DONE, DONE, DONE, DONE, DONE] }),
      files: BUGFIX,
      commands: ({ command }) => (command === 'check tests' ? preserved : 0),
    });
    const state = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 1 });
    return { harness, state };
  }

  it('stops and asks, whether no check is agreed to or no test ran, and nothing is fixed', async () => {
    const { state } = await stopped();
    assert.equal(state.status, 'stopped');
    assert.deepEqual(phases(state), ['1 unproven', '2 waiting', '3 waiting']);
    assert.match(
      needWords(state)?.words ?? '',
      /^1 comes before the fix and is not proved\. No check ran: .* until you retry it, tick it or skip it\.$/,
    );
    const second = await stopped(TWO.slice(1));
    assert.deepEqual(phases(second.state), ['2 unproven', '3 waiting']);
    assert.match(second.state.reason ?? '', /passed without running a test/);
  });

  it('is not answered by going on', async () => {
    const { state, harness } = await stopped();
    await assert.rejects(harness.core.runs.resume(state.id), {
      reason: 'refused',
      message: /1 comes before the fix and is not proved/,
    });
    assert.deepEqual(phases(harness.core.runs.get(state.id) ?? state), phases(state));
  });

  it('is not answered by a retry of the fix, but by one of its own', async () => {
    const { state, harness } = await stopped();
    const { runs } = harness.core;
    for (const key of ['2', '3'])
      await assert.rejects(runs.retry(state.id, key), {
        reason: 'refused',
        message: /^1 comes before the fix and is not proved/,
      });
    assert.deepEqual(phases(runs.get(state.id) ?? state), phases(state));
    const again = await runs.retry(state.id, '1');
    assert.deepEqual(phases(again), phases(state));
    assert.equal(again.tasks[0]?.try, 2);
  });

  it('is not answered by a retry of the fix while something else of the run goes on', async () => {
    const { state, harness } = await stopped([...TWO, '- [ ] 4. Aside', '  - _Depends: none_']);
    const { runs } = harness.core;
    const refused: unknown[] = [];
    const heard = runs.onDidChange(() => {
      if (runs.get(state.id)?.tasks[3]?.phase !== 'working') return;
      heard.dispose();
      runs.retry(state.id, '3').catch((error) => refused.push(error.reason));
    });
    const { tasks } = await runs.retry(state.id, '4');
    assert.notEqual(tasks[3]?.phase, 'waiting');
    assert.equal(tasks[2]?.phase, 'waiting');
    assert.deepEqual(refused, ['refused']);
  });

  it('lets the fix begin once the person ticked or skipped each', async () => {
    const { state, harness } = await stopped();
    const { runs, tasks } = harness.core;
    await tasks.markDone(SPEC, '1');
    const next = await runs.resume(state.id);
    assert.deepEqual(phases(next), ['1 skipped', '2 unproven', '3 waiting']);
    runs.skip(state.id, '2');
    await until(harness.ports, () => runs.get(state.id)?.tasks[1]?.phase === 'skipped');
    const last = await runs.resume(state.id);
    assert.deepEqual(phases(last), ['1 skipped', '2 skipped', '3 done']);
    assert.equal(last.status, 'done');
  });
});

describe('The preservation tests of a bug fix', () => {
  const TITLE = 'Write preservation property tests (BEFORE implementing fix)';
  const counted = (passing: number, failing: number) => ({
    exitCode: failing,
    output: `\n  ${passing} passing (5ms)\n  ${failing} failing\n\n  1) bug shows:\n${failing > 1 ? '  2) keeps:\n' : ''}`,
  });

  /** All tests, before the agent began and after it; its own check, if it has one, runs none. */
  async function preserve(after: object, verify: readonly string[] = []) {
    const results = [counted(1, 1), after];
    const harness = await approved([`- [ ] 1. ${TITLE}`, ...verify], {
      model: createScriptedModel({ turns: [write('test/keeps.js'), DONE] }),
      files: { ...BUGFIX, 'package.json': '{"scripts":{"test":"mocha"}}' },
      answers: ({ answers }) => answers[0]?.id,
      commands: ({ command }) => (command === 'check it' ? counted(0, 0) : (results.shift() ?? after)),
    });
    const state = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 1 });
    return state.tasks[0];
  }

  it('are known by what the task says', () => {
    const is = (title: string, type: 'bugfix' | 'feature' = 'bugfix') => isPreservation({ type }, { title });
    assert.ok(is(TITLE));
    assert.ok(!is(TITLE, 'feature'));
    assert.ok(!is('Verify preservation tests still pass'));
    assert.ok(!is('Fix the preservation of links'));
  });

  it('are proved by passing, though the test that shows the bug still fails', async () => {
    const task = await preserve(counted(3, 1));
    assert.equal(task?.phase, 'done', task?.reason);
    assert.deepEqual(
      task?.evidence[0]?.checks.map(({ verdict }) => verdict),
      ['passed'],
    );
  });

  it('that are not there prove nothing, and one that fails on the code as it is speaks against them', async () => {
    const none = await preserve(counted(1, 1));
    assert.equal(none?.phase, 'unproven');
    assert.match(none?.reason ?? '', /fails as it did before, so it proves nothing/);
    assert.equal((await preserve(counted(2, 2)))?.phase, 'failed');
    const empty = await preserve(counted(3, 1), ['  - _Verify: check it_']);
    assert.match(empty?.reason ?? '', /“check it” passed without running a test/);
  });
});

describe('A bug fix from its test to its end', () => {
  const ORDER = [
    '- [ ] 1. Write bug condition exploration test',
    '- [ ] 2. Write preservation property tests',
    '- [ ] 3. Fix it',
    '- [ ] 4. Verify bug condition exploration test now passes',
    '- [ ] 5. Verify preservation tests still pass',
  ];

  /** A runner of three tests, each by what lies in the workspace; the agent writes them, and this as the fix. */
  async function fixedBy(fix: string) {
    const harness: Harness = await approved(ORDER, {
      model: createScriptedModel({
        answer({ messages }) {
          const id = /Task (\d): /.exec(JSON.stringify(messages[0]))?.[1] ?? '';
          const paths: Record<string, string> = { 1: 'test/bug.js', 2: 'test/keeps.js', 3: 'src/a.js' };
          const path = paths[id];
          return messages.length === 1 && path !== undefined ? write(path, fix) : DONE;
        },
      }),
      files: { ...BUGFIX, 'package.json': '{"scripts":{"test":"mocha"}}', 'src/a.js': 'bug' },
      answers: ({ answers }) => answers[0]?.id,
      commands() {
        const text = (path: string) => harness.ports.files.text(`/project/${path}`);
        const code = text('src/a.js');
        const failing = [
          ...(text('test/bug.js') && code !== 'fixed' ? ['shows'] : []),
          ...(text('test/keeps.js') && code === 'spoilt' ? ['keeps'] : []),
        ];
        const all = 1 + ['test/bug.js', 'test/keeps.js'].filter((path) => text(path)).length;
        const named = failing.map((name, index) => `  ${index + 1}) ${name}:\n`).join('');
        const counts = `\n  ${all - failing.length} passing (5ms)\n`;
        const red = failing.length === 0 ? '' : `  ${failing.length} failing\n\n${named}`;
        return { exitCode: failing.length, output: counts + red };
      },
    });
    return harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries: 1 });
  }

  it('has the test fail, then the fix, then both pass', async () => {
    const state = await fixedBy('fixed');
    assert.deepEqual(phases(state), ['1 done', '2 done', '3 done', '4 done', '5 done']);
    const failed = state.tasks.map(({ evidence }) => evidence[0]?.checks[0]?.after.tests?.failed);
    assert.deepEqual(failed, [1, 1, 0, 0, 0]);
  });

  it('ticks neither a fix that mends nothing, nor that the test passes now', async () => {
    const state = await fixedBy('other');
    assert.deepEqual(phases(state).slice(0, 4), ['1 done', '2 done', '3 unproven', '4 unproven']);
    assert.equal(state.status, 'failed');
  });

  it('is at its end where the fix breaks what is to be kept', async () => {
    const state = await fixedBy('spoilt');
    assert.deepEqual(phases(state), ['1 done', '2 done', '3 failed', '4 waiting', '5 waiting']);
    assert.match(state.tasks[2]?.reason ?? '', /keeps/);
  });
});
