// Feature: run-engine, Property 2: What cannot be done does not begin
// Feature: run-engine, Property 11: A budget holds
// Verifies: run-engine#1.2, #1.3, #3.7
import assert from 'node:assert/strict';
import { createCliPerson } from '../../../src/cli/cliPerson';
import { UsageError } from '../../../src/cli/command';
import { runSpec } from '../../../src/cli/runSpec';
import { tapSessions } from '../../../src/cli/sessionTap';
import { createCore } from '../../../src/core';
import { createTestPorts, type TestPortsOptions } from '../../support/testPorts';
import { own } from '../../support/testStore';
import { argumentsOf, captureTerminal } from './captured';

const TASKS = `- [ ] 1. First
  - _Verify: check 1_
  - _Boundary: src/**_
- [ ] 2. Second
  - _Verify: check 2_
- [ ]* 3. Extra
  - _Verify: check 3_
`;
const write = { tools: [{ name: 'write_file', input: { path: 'src/a.txt', content: 'x' } }] };
const DONE = { text: 'Nothing to change: it is there.' };

async function open(options: TestPortsOptions = {}, tasks = TASKS) {
  const ports = createTestPorts({
    settings: { autonomy: 'autopilot' },
    answers: ['run'],
    ...options,
    files: { ...options.files, '.kiro/specs/links/tasks.md': tasks },
  });
  const tap = tapSessions(ports.files);
  const core = own(
    createCore(
      { ...ports, files: tap.files },
      { roots: [ports.root], home: '/home/.earshot', hostRunsHooks: false },
    ),
  );
  await core.specs.ready;
  const cli = { core, root: ports.root, prompt: undefined, ...tap };
  const run = async (values: Readonly<Record<string, string | true | undefined>> = {}) => {
    const captured = captureTerminal();
    const code = await runSpec(
      cli,
      argumentsOf({ 'agree-check': true, ...values }, ['links']),
      captured.terminal,
    );
    return { code, stdout: captured.stdout, stderr: captured.stderr };
  };
  return { run, ports, core };
}

describe('earshot run', () => {
  it('does what is required, and says what each task came to', async () => {
    const { run, ports } = await open({ turns: [write, { text: 'Done.' }, DONE], commands: () => 0 });
    const { code, stderr } = await run();
    assert.equal(code, 0);
    assert.match(stderr, /✓ 1 First\n✓ 2 Second\nRun 1: 2 of 2 done\.\n/);
    assert.match(ports.files.text('.kiro/specs/links/tasks.md') ?? '', /\[x\] 1.*\[x\] 2.*\[ \]\* 3/s);
    const again = await run();
    assert.deepEqual([again.code, again.stderr], [0, 'Every required task of “links” is done.\n']);
  });

  it('ends with 1 where something is left, and says what and why', async () => {
    const commands = (_: unknown, index: number) => (index === 0 ? 0 : 1);
    const { run } = await open({ turns: [write, DONE], commands });
    const { code, stderr } = await run({ tries: '1' });
    assert.equal(code, 1);
    assert.match(stderr, /✗ 1 First: failed\. “check 1” failed/);
    assert.match(stderr, /· 2 Second: not begun/);
    assert.match(stderr, /Run 1: 0 of 2 done/);
  });

  it('prints the run and its sessions as JSON lines', async () => {
    const { run } = await open({ turns: [DONE], commands: () => 0 });
    const { code, stdout } = await run({ task: '2', json: true });
    assert.equal(code, 0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { run?: string; session?: string; type: string; status?: string });
    assert.equal(events[0]?.type, 'run.started');
    assert.ok(events.some(({ type, session }) => type === 'session.ended' && session !== undefined));
    assert.equal(events.at(-1)?.type, 'run.ended');
    assert.equal(events.at(-1)?.status, 'done');
  });

  it('with --plan prints what would run, and runs nothing', async () => {
    const { run, core } = await open();
    const { code, stdout } = await run({ plan: true });
    assert.equal(code, 0);
    assert.equal(
      stdout,
      'Wave 1\n  1 First  may touch src/**\nWave 2\n  2 Second  may touch any file\nLeft out: 1 optional (--all runs them).\n',
    );
    assert.match((await run({ plan: true, all: true })).stdout, /3 Extra \(optional\)/);
    const json = JSON.parse((await run({ plan: true, json: true, from: '2' })).stdout) as {
      tasks: { key: string }[];
    };
    assert.deepEqual(
      json.tasks.map(({ key }) => key),
      ['2'],
    );
    assert.equal(core.runs.known.length, 0);
  });

  it('says in a plan of each task what it may touch: its boundary, or any file', async () => {
    const { run } = await open({}, `${TASKS}- [ ] 4. Fourth\n  - _Boundary: !docs/**_\n`);
    const [text, json] = [await run({ plan: true }), await run({ plan: true, json: true })];
    const said = [...text.stdout.matchAll(/^ {2}(\d) .*?may touch (.+)$/gm)].map(([, id, words]) => [
      id,
      words,
    ]);
    assert.deepEqual(said, [
      ['1', 'src/**'],
      ['2', 'any file'],
      ['4', 'any file but docs/**'],
    ]);
    const { tasks } = JSON.parse(json.stdout) as {
      tasks: { key: string; boundary: string[]; mayTouch: string }[];
    };
    assert.deepEqual(
      tasks.map(({ key, mayTouch }) => [key, mayTouch]),
      said,
    );
    assert.deepEqual(
      tasks.map(({ boundary }) => boundary),
      [['src/**'], [], ['!docs/**']],
    );
  });

  it('says of a plan that cannot run why', async () => {
    const { run } = await open({}, '- [ ] 1. A\n  - _Depends: 2_\n- [ ] 2. B\n  - _Depends: 1_\n');
    const { code, stdout } = await run({ plan: true });
    assert.equal(code, 1);
    assert.match(stdout, /! tasks\.md:\d+: Tasks 1, 2 wait for each other/);
    const { stdout: json } = await run({ plan: true, json: true });
    assert.equal(stdout.match(/tasks\.md:(\d+)/)?.[1], String(JSON.parse(json).problems[0].line));
    await assert.rejects(run(), { reason: 'invalid' });
  });

  it('goes on only as the run was begun', async () => {
    const { run } = await open({ turns: [DONE] });
    for (const flags of [{ parallel: '4' }, { task: '1' }, { all: true }, { review: true }] as const)
      await assert.rejects(run({ resume: true, ...flags }), /--resume goes on as the run was begun/);
  });

  it('agrees to all checks with --agree-check, types and lint included, and says which do not run without', async () => {
    const files = { 'package.json': '{"scripts":{"typecheck":"tsc"}}' };
    const setup = {
      files,
      turns: [DONE, DONE],
      commands: () => 0,
      with: { person: createCliPerson(true) },
    };
    const agreed = await open(setup);
    await agreed.run({ task: '1' });
    assert.deepEqual(
      [...new Set(agreed.ports.processes.runs.map(({ command }) => command))],
      ['check 1', 'npm run typecheck'],
    );
    const some = await open(setup);
    await some.core.consents.grant('check', some.ports.root, 'check 1');
    const { stderr } = await some.run({ task: '1', 'agree-check': undefined });
    assert.match(stderr, /Not run, since nobody agreed to it.*--agree-check.*:\n {2}npm run typecheck/);
    assert.deepEqual([...new Set(some.ports.processes.runs.map(({ command }) => command))], ['check 1']);
    const none = await open(setup);
    await assert.rejects(none.run({ task: '1', 'agree-check': undefined }), { reason: 'refused' });
  });

  it('does not take what makes no sense', async () => {
    const { run } = await open();
    for (const values of [
      { tries: '0' },
      { parallel: '1.5' },
      { budget: 'much' },
      { all: true, task: '1' },
      { task: '9' },
      { resume: true },
    ] as const)
      await assert.rejects(run(values as Readonly<Record<string, string | true>>), UsageError);
  });

  it('stops before a budget is exceeded, and says so', async () => {
    const { run, core } = await open({
      turns: [write, DONE, DONE],
      commands: () => 0,
      settings: {
        autonomy: 'autopilot',
        prices: { scripted: { input: 100, output: 1000, cacheRead: 0, cacheWrite: 100 } },
      },
    });
    const { code, stderr } = await run({ budget: '0.01' });
    assert.equal(code, 1);
    assert.match(stderr, /could exceed the budget of \$0\.01 for this run/);
    assert.equal(core.runs.known[0]?.status, 'stopped');
    assert.equal(core.runs.known[0]?.needs[0]?.kind, 'budget');
    const again = await run({ resume: true, budget: '50' });
    assert.equal(again.code, 0, again.stderr);
    assert.equal(core.runs.known[0]?.options.budget, 50);
  });

  it('keeps no budget that it cannot: without a price nothing is sent', async () => {
    const { run } = await open({ turns: [DONE], commands: () => 0 });
    assert.match((await run({ budget: '5' })).stderr, /Nobody knows what the model costs/);
  });
});
