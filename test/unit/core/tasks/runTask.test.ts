// Feature: agent-engine, Property 11: A ticked box was proved
// Verifies: agent-engine#8.1, #8.2, #8.3
import assert from 'node:assert/strict';
import { ModelError } from '../../../../src/core/agent/turn/model';
import type { CommandScripts } from '../../../support/fakeProcesses';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { latest, notes, REQUIREMENTS, SPEC, specFile, tasksText } from '../coreHarness';
import { approved, boxes, DONE, ONE, TASKS, write } from './taskHarness';

describe('running a task', () => {
  it('marks it while it runs, and ticks it only when its check has passed', async () => {
    const seen: string[] = [];
    const commands: CommandScripts = () => {
      seen.push(ports.files.text(TASKS) ?? '');
      return 0;
    };
    const harness = await approved(ONE, { turns: [write('sweep.js'), DONE], commands });
    const { core, ports } = harness;
    const running: boolean[] = [];
    core.sessions.onDidChange(() => running.push(core.tasks.isRunning(SPEC)));
    const [result] = await core.tasks.run(SPEC, '1');
    assert.equal(result?.outcome, 'done');
    assert.match(seen[0] ?? '', /- \[-\] 1\. Sweep/);
    assert.deepEqual(boxes(harness), ['x1. Sweep']);
    assert.equal(ports.files.text('sweep.js'), 'x');
    assert.equal(core.tasks.isRunning(SPEC), false);
    assert.ok(running.every(Boolean));
    const check = latest(core).items.find((item) => item.type === 'check');
    assert.equal(check?.type === 'check' && check.status, 'passed');
    assert.equal(core.tasks.sessionOf(SPEC, result?.task as never)?.id, result?.session);
  });

  const failing: readonly [string, readonly ModelTurn[], CommandScripts, RegExp][] = [
    ['its check fails', [DONE], { 'npm test': 1 }, /“npm test” failed \(exit code 1\)/],
    [
      'its check times out',
      [DONE],
      { 'npm test': { outcome: 'timedOut', exitCode: undefined } },
      /15 minutes/,
    ],
    [
      'its check cannot start',
      [DONE],
      { 'npm test': { outcome: 'notStarted', exitCode: undefined, output: 'no shell' } },
      /could not be started/,
    ],
    ['its check was killed', [DONE], { 'npm test': { exitCode: undefined } }, /ended by something else/],
    ['the model refuses', [{ text: 'No', stop: 'refusal' }], { 'npm test': 0 }, /refused/],
    [
      'the model breaks off',
      [{ text: 'x', error: new ModelError('malformed', 'Cut off.') }],
      { 'npm test': 0 },
      /Cut off/,
    ],
  ];
  for (const [what, turns, commands, reason] of failing) {
    it(`opens the box again, with the reason, when ${what}`, async () => {
      const harness = await approved(ONE, { turns, commands });
      const [result] = await harness.core.tasks.run(SPEC, '1');
      assert.equal(result?.outcome, 'failed');
      assert.match(result?.reason ?? '', reason);
      assert.equal(latest(harness.core).status, 'failed');
      assert.match(latest(harness.core).reason ?? '', reason);
      assert.deepEqual(boxes(harness), [' 1. Sweep']);
    });
  }

  it('runs no check after an agent that failed', async () => {
    const { core, ports } = await approved(ONE, {
      turns: [{ text: '', stop: 'max_tokens' }],
      commands: { 'npm test': 0 },
    });
    await core.tasks.run(SPEC, '1');
    assert.equal(ports.processes.runs.length, 1, 'the one before it');
  });

  it('without any check the box stays, and Mark as Done is for the person', async () => {
    const harness = await approved(['- [ ] 1. Group', '  - [ ] 1.1 Sweep'], { turns: [DONE] });
    const { core } = harness;
    const [result] = await core.tasks.run(SPEC, '1.1');
    assert.equal(result?.outcome, 'unverified');
    assert.deepEqual(boxes(harness), [' 1. Group', ' 1.1 Sweep']);
    assert.match(notes(latest(core)).join(), /Mark Task as Done/);
    await core.tasks.markDone(SPEC, '1.1');
    assert.deepEqual(boxes(harness), ['x1. Group', 'x1.1 Sweep']);
    await core.tasks.toggle(SPEC, '1.1');
    assert.deepEqual(boxes(harness), ['x1. Group', ' 1.1 Sweep']);
    for (const act of [core.tasks.markDone, core.tasks.toggle, core.tasks.run]) {
      await assert.rejects(act(SPEC, '9') as Promise<unknown>, { reason: 'notFound' });
    }
  });

  it('ticks several boxes by hand at once, and opens them again when all are done', async () => {
    const harness = await approved(['- [ ] 1. A', '- [x] 2. B', '- [-] 3. C']);
    const { core, ports } = harness;
    const writes: string[] = [];
    const { writeText } = ports.files;
    ports.files.writeText = (path, text) => {
      writes.push(text);
      return writeText(path, text);
    };
    await core.tasks.toggle(SPEC, '1', '2', '3');
    assert.deepEqual(boxes(harness), ['x1. A', 'x2. B', 'x3. C']);
    assert.equal(writes.length, 1);
    await core.tasks.toggle(SPEC, '1', '3');
    assert.deepEqual(boxes(harness), [' 1. A', 'x2. B', ' 3. C']);
    await assert.rejects(core.tasks.toggle(SPEC, '1', '9'), { reason: 'notFound' });
    assert.deepEqual(boxes(harness), [' 1. A', 'x2. B', ' 3. C']);
  });

  it('takes the workspace’s check after the person agreed to it; asks once', async () => {
    const files = { 'package.json': '{"scripts":{"test":"mocha"}}' };
    const harness = await approved(['- [ ] 1. A', '- [ ] 2. B'], {
      turns: [DONE, DONE],
      commands: { 'npm test': 0 },
      answers: ['yes'],
      files,
    });
    const results = await harness.core.tasks.runAll(SPEC);
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['done', 'done'],
    );
    assert.equal(harness.ports.person.questions.length, 1);
    assert.match(harness.ports.person.questions[0]?.detail ?? '', /^npm test\n/);
  });

  it('a check that the person declines does not run: unverified', async () => {
    const harness = await approved(['- [ ] 1. A'], {
      turns: [DONE],
      commands: { 'go test ./...': 0 },
      answers: ['no'],
      files: { 'go.mod': '' },
    });
    const [result] = await harness.core.tasks.run(SPEC, '1');
    assert.equal(result?.outcome, 'unverified');
    assert.equal(harness.ports.processes.runs.length, 0);
    assert.deepEqual(boxes(harness), [' 1. A']);
  });

  it('a question that is dismissed runs nothing at all', async () => {
    const harness = await approved(['- [ ] 1. A'], {
      turns: [DONE],
      answers: [undefined],
      files: { 'go.mod': '' },
    });
    assert.deepEqual(await harness.core.tasks.run(SPEC, '1'), []);
    assert.equal(harness.core.sessions.known.length, 0);
  });

  it('the check is the one that was read before the agent began', async () => {
    const weaken = (command: string) => ({ tools: [{ name: 'run_command', input: { command } }] });
    const files = { [specFile('tasks.md')]: tasksText(...ONE), [specFile('requirements.md')]: REQUIREMENTS };
    const harness = await approved(ONE, {
      files,
      turns: [
        {
          tools: [
            {
              name: 'write_file',
              input: { path: specFile('tasks.md'), content: '- [x] 1. Sweep\n  - _Verify: true_' },
            },
          ],
        },
        weaken('sed -i s/npm.test/true/ tasks.md'),
        DONE,
      ],
      async commands({ command }) {
        if (command.startsWith('sed')) {
          const text = tasksText('- [x] 1. Sweep', '  - _Verify: true_');
          await harness.ports.files.writeText(TASKS, text);
        }
        return command === 'npm test' ? 1 : 0;
      },
    });
    const [result] = await harness.core.tasks.run(SPEC, '1');
    assert.equal(result?.outcome, 'failed');
    assert.deepEqual(
      harness.ports.processes.runs.map(({ command }) => command),
      ['npm test', 'sed -i s/npm.test/true/ tasks.md', 'npm test'],
    );
    assert.deepEqual(boxes(harness), [' 1. Sweep'], 'a tick of the agent’s own does not count');
  });

  it('shows the model the task, its check and what was approved', async () => {
    const model = createScriptedModel({ turns: [DONE] });
    const { core } = await approved(ONE, { model, commands: { 'npm test': 0 } });
    await core.tasks.run(SPEC, '1');
    const request = JSON.stringify(model.requests[0]);
    for (const part of ['Task 1: Sweep', 'npm test', '30 days old', 'Design Document'])
      assert.ok(request.includes(part), part);
  });
});
