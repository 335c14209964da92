// Verifies: run-engine#3.2, #3.3
import assert from 'node:assert/strict';
import { latest, notes, SPEC, tasksText } from '../coreHarness';
import { approved, boxes, DONE, ONE, TASKS } from './taskHarness';

describe('running all tasks', () => {
  const PLAN = [
    '- [ ] 1. First',
    '  - [x] 1.1 Done before',
    '  - [ ] 1.2 Second',
    '    - _Verify: check 1.2_',
    '  - [ ]* 1.3 Optional',
    '    - _Verify: check 1.3_',
    '- [ ] 2. Third',
    '  - _Verify: check 2_',
    '- [ ] 3. Fourth',
    '  - _Verify: check 3_',
  ];

  it('goes in order, leaves out what is done or optional, and rolls up to the parents', async () => {
    const harness = await approved(PLAN, { turns: [DONE, DONE, DONE], commands: () => 0 });
    const results = await harness.core.tasks.runAll(SPEC);
    assert.deepEqual(
      results.map(({ task }) => task.id),
      ['1.2', '2', '3'],
    );
    assert.deepEqual(
      harness.ports.processes.runs.map(({ command }) => command),
      ['check 1.2', 'check 1.2', 'check 2', 'check 2', 'check 3', 'check 3'],
      'each before and after',
    );
    assert.deepEqual(boxes(harness), [
      'x1. First',
      'x1.1 Done before',
      'x1.2 Second',
      ' 1.3 Optional',
      'x2. Third',
      'x3. Fourth',
    ]);
    await assert.rejects(harness.core.tasks.runAll(SPEC), { reason: 'notFound', message: /is done/ });
    assert.equal(harness.core.specs.get(SPEC)?.documents[2]?.state, 'approved', 'ticks are no edits');
  });

  it('stops at the first that fails', async () => {
    const harness = await approved(PLAN, {
      turns: [DONE, DONE, DONE],
      commands: { 'check 1.2': 0, 'check 2': 1, 'check 3': 0 },
    });
    const results = await harness.core.tasks.runAll(SPEC);
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['done', 'failed'],
    );
    assert.deepEqual(boxes(harness).slice(-2), [' 2. Third', ' 3. Fourth']);
  });

  it('of a task that has open sub-tasks runs those', async () => {
    const harness = await approved(PLAN, { turns: [DONE], commands: () => 0 });
    assert.deepEqual(
      (await harness.core.tasks.run(SPEC, '1')).map(({ task }) => task.id),
      ['1.2'],
    );
  });

  it('does not tick a parent whose own check has not run, nor parents elsewhere', async () => {
    const lines = [
      '- [ ] 1. Elsewhere',
      '  - [x] 1.1 Done',
      '- [ ] 2. Outer',
      '  - [ ] 2.1 Inner',
      '    - _Verify: check_',
      '  - _Verify: outer check_',
    ];
    const harness = await approved(lines, { turns: [DONE, DONE], commands: () => 0 });
    await harness.core.tasks.run(SPEC, '2.1');
    assert.deepEqual(boxes(harness), [' 1. Elsewhere', 'x1.1 Done', ' 2. Outer', 'x2.1 Inner']);
    const [result] = await harness.core.tasks.run(SPEC, '2');
    assert.equal(result?.outcome, 'done');
    assert.ok(boxes(harness).includes('x2. Outer'));
  });

  it('reads the file again before each task', async () => {
    const harness = await approved(PLAN, {
      turns: [DONE, DONE],
      async commands({ command }) {
        if (command !== 'check 1.2') return 0;
        const text = (harness.ports.files.text(TASKS) ?? '').replace('[ ] 2.', '[x] 2.');
        await harness.ports.files.writeText(TASKS, text);
        harness.ports.person.saved.set(TASKS, text);
        return 0;
      },
    });
    const results = await harness.core.tasks.runAll(SPEC);
    assert.deepEqual(
      results.map(({ task }) => task.id),
      ['1.2', '3'],
    );
  });

  const edits: readonly [string, (text: string) => string, string[], boolean][] = [
    [
      'renumbered',
      (text) => text.replace('- [-] 1. Sweep', '- [ ] 1. New\n- [-] 2. Sweep'),
      [' 1. New', 'x2. Sweep'],
      true,
    ],
    [
      'reordered',
      (text) => text.replace(/(- \[-\] 1\. Sweep[\s\S]*?_\n)/, '- [ ] 2. Other\n$1'),
      [' 2. Other', 'x1. Sweep'],
      true,
    ],
    ['removed', () => tasksText('- [ ] 1. Other'), [' 1. Other'], false],
    ['reworded', (text) => text.replace('Sweep', 'Sweep twice'), [' 1. Sweep twice'], false],
  ];
  for (const [what, change, expected, ticked] of edits) {
    it(`a task that is ${what} while it runs: the right box or a note, never a wrong box`, async () => {
      const harness = await approved(ONE, {
        turns: [DONE],
        async commands(_, index) {
          // Before the agent, nobody has changed anything yet.
          if (index === 0) return 0;
          await harness.ports.files.writeText(TASKS, change(harness.ports.files.text(TASKS) ?? ''));
          return 0;
        },
      });
      const [result] = await harness.core.tasks.run(SPEC, '1');
      assert.deepEqual(boxes(harness), expected);
      assert.equal(result?.outcome, ticked ? 'done' : 'unverified');
      assert.equal(notes(latest(harness.core)).length, ticked ? 0 : 1);
      assert.equal(result?.reason === undefined, ticked);
    });
  }

  it('tasks.md deleted while it runs is said, and nothing hangs', async () => {
    const harness = await approved(ONE, {
      turns: [DONE],
      async commands() {
        await harness.ports.files.remove(TASKS);
        return 0;
      },
    });
    const [result] = await harness.core.tasks.run(SPEC, '1');
    assert.match(result?.reason ?? '', /tasks\.md is gone/);
    assert.equal(harness.ports.files.text(TASKS), undefined);
  });
});
