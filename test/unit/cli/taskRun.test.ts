import assert from 'node:assert/strict';
import { createCliPerson } from '../../../src/cli/cliPerson';
import { UsageError } from '../../../src/cli/command';
import { createRunPrinter } from '../../../src/cli/runPrinter';
import { tapSessions } from '../../../src/cli/sessionTap';
import { checksOf, plannedTasks, requireSpec, requireTask } from '../../../src/cli/taskPlan';
import { exitOf, sayResults } from '../../../src/cli/taskResults';
import { createCore } from '../../../src/core';
import { agreeToCheck } from '../../../src/core/tasks/evidence/checks';
import type { TaskOutcome } from '../../../src/core/tasks/taskRunner';
import { createTestPorts, type TestPortsOptions } from '../../support/testPorts';
import { own } from '../../support/testStore';
import { captureTerminal } from './captured';

const TASKS = `- [x] 1. Done
- [ ] 2. Parent
  - [ ] 2.1 First
    - _Verify: make first_
  - [x] 2.2 Second
  - [ ]* 2.3 Optional
- [ ] 3. Last
- [ ] Without a number
`;

async function open(tasks = TASKS, options: TestPortsOptions = {}) {
  const files = { '.kiro/specs/links/tasks.md': tasks, ...options.files };
  const ports = createTestPorts({ ...options, files });
  const tap = tapSessions(ports.files);
  const core = own(
    createCore(
      { ...ports, files: tap.files },
      { roots: [ports.root], home: '/home/.earshot', hostRunsHooks: false },
    ),
  );
  await core.specs.ready;
  return { ports, core, tap, spec: requireSpec(core.specs.all, 'links') };
}

describe('the plan of a run', () => {
  const titles = (tasks: readonly { title: string }[]) => tasks.map(({ title }) => title);

  it('is what the runner does', async () => {
    const { spec } = await open();
    assert.deepEqual(titles(plannedTasks(spec, undefined)), ['First', 'Last', 'Without a number']);
    assert.deepEqual(titles(plannedTasks(spec, requireTask(spec, '2'))), ['First']);
    assert.deepEqual(titles(plannedTasks(spec, requireTask(spec, '2.3'))), ['Optional']);
    assert.deepEqual(titles(plannedTasks(spec, requireTask(spec, '1'))), ['Done']);
  });

  it('names each check once, the project’s own with them', async () => {
    const { spec, ports } = await open(TASKS, { files: { 'go.mod': 'module x' } });
    const commands = async (tasks: Parameters<typeof checksOf>[2]) =>
      (await checksOf(ports.files, spec, tasks)).map(({ command }) => command);
    assert.deepEqual(await commands(plannedTasks(spec, undefined)), ['make first', 'go test ./...']);
    const one = await commands(plannedTasks(spec, requireTask(spec, '2')));
    assert.deepEqual(one, ['make first', 'go test ./...'], 'what must not get worse counts, too');
  });

  it('refuses names that there are not, or twice', async () => {
    const { spec, core } = await open('- [ ] 1. A\n- [ ] 1. B\n');
    assert.throws(() => requireSpec(core.specs.all, 'x'), /There are: links/);
    assert.throws(() => requireTask(spec, '7'), UsageError);
    assert.throws(() => requireTask(spec, '1'), /name one of @0 \(A\), @1 \(B\)/);
    assert.equal(requireTask(spec, '@1').title, 'B');
  });
});

describe('the person of a command line', () => {
  const unapproved = {
    kind: 'unapproved-spec',
    title: '',
    detail: '',
    answers: [{ id: 'run', label: 'Run Anyway' }],
  } as const;
  const hook = {
    kind: 'hook',
    title: '',
    detail: '',
    answers: [{ id: 'yes', label: 'Let It Run' }],
  } as const;

  it('is there only for what an option said, and says yes to nothing else', async () => {
    const nobody = createCliPerson(false);
    assert.equal(nobody.present, false);
    assert.equal(await nobody.ask(unapproved), undefined);
    const person = createCliPerson(true);
    assert.equal(person.present, false);
    assert.equal(await person.ask(unapproved), 'run');
    assert.equal(await person.ask(hook), undefined);
    assert.ok((await person.name()).length > 0);
  });

  it('declines a check that was not agreed to before', async () => {
    const { core, spec, ports } = await open(TASKS, { with: { person: createCliPerson(true) } });
    assert.equal(
      await agreeToCheck({ person: ports.person, consents: core.consents }, spec.root, {
        kind: 'test',
        command: 'make',
        source: 'Makefile',
      }),
      false,
    );
  });
});

describe('the printer of a run', () => {
  it('shows a session as it is logged', async () => {
    const { core, tap, spec, ports } = await open('- [ ] 1. Greet\n  - _Verify: make check_\n', {
      settings: { autonomy: 'autopilot' },
      turns: [
        { text: 'First.\n\n', tools: [{ name: 'write_file', input: { path: 'a.txt', content: 'x' } }] },
        { tools: [{ name: 'read_file', input: { path: 'missing\u001b.txt' } }] },
        { text: 'It is\ndone.' },
      ],
      commands: { 'make check': { exitCode: 2, output: 'one\n\u001b[31mtwo\n' } },
    });
    await core.consents.grant('check', ports.root, 'make check');
    const captured = captureTerminal();
    const printer = createRunPrinter(captured.terminal.out);
    tap.onEvent(({ event }) => printer.event(event));
    core.sessions.onLive(printer.live);
    ports.person.enqueue('run');
    await core.tasks.runAll(spec.path);
    assert.equal(
      captured.stdout.replace(/\d+\.\d s/g, '0 s'),
      [
        '▸ 1 Greet',
        '  First.',
        '  → write_file a.txt ✓ 0 s',
        '  → read_file missing.txt ✗ There is no file missing.txt.',
        '  It is',
        '  done.',
        '  → check: make check ✗ exit code 2 0 s',
        '    one',
        '    two',
        '✗ failed',
        '',
      ].join('\n'),
    );
  });
});

describe('the results of a run', () => {
  const task = { id: '1', title: 'Greet' } as Parameters<typeof sayResults>[0][number]['task'];
  const result = (outcome: TaskOutcome, reason?: string) => ({ task, session: 's', outcome, reason });

  it('are an exit code', () => {
    assert.equal(exitOf([result('done'), result('done')]), 0);
    for (const outcome of ['unverified', 'failed', 'cancelled'] as const)
      assert.equal(exitOf([result('done'), result(outcome)]), 1);
  });

  it('say what is not done, and why', () => {
    const captured = captureTerminal();
    sayResults(
      [result('done'), result('failed', 'It broke.'), result('unverified'), result('cancelled')],
      true,
      captured.terminal.out,
    );
    const lines = captured.stderr.trimEnd().split('\n');
    assert.deepEqual(lines.length, 3);
    assert.equal(lines[0], 'earshot: “1 Greet” is not done. It broke.');
    assert.match(lines[1] ?? '', /is not proved/);
    assert.equal(lines[2], 'Stopped. “1 Greet” is open again.');
  });
});
