// Feature: hook-engine, Property 13: An organisation’s no is the last word
// Verifies: hook-engine#4.4
/** What holds for hooks of every trigger: an organisation's no; and those that no session fires. */
import assert from 'node:assert/strict';
import { createAdministration } from '../../../../src/core/administration/administration';
import { readPolicy } from '../../../../src/core/administration/policy';
import { TRIGGERS } from '../../../../src/core/hooks/model';
import { nodeHasher } from '../../../../src/node/nodePorts';
import { createScriptedModel } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { type Harness, latest, notes, REQUIREMENTS, SPEC, specFile, tasksText, until } from '../coreHarness';
import { commands, named, save, settleHooks, startHooks } from './hookHarness';

const LOG = '.git/logs/HEAD';
const COMMIT = `${'0'.repeat(40)} ${'a'.repeat(40)} Ada <a@b.c> 1700000000 +0000\tcommit: One\n`;
const FILES = {
  'a.ts': '1',
  'gone.ts': '1',
  [LOG]: COMMIT,
  [specFile('requirements.md')]: REQUIREMENTS,
  [specFile('design.md')]: '# Design Document\n\n## Overview\n\nA sweep.\n',
  [specFile('tasks.md')]: tasksText('- [ ] 1. Sweep'),
};
const write = { tools: [{ name: 'write_file', input: { path: 'new.ts', content: 'x' } }] };
const ALL = TRIGGERS.map((trigger) => ({
  name: trigger,
  trigger,
  ...(trigger === 'OnSchedule' ? { schedule: '5m' } : {}),
}));

async function start(forbidden: boolean): Promise<Harness> {
  const policy = forbidden ? readPolicy('{"hooks": "off"}') : undefined;
  const administration = createAdministration('/etc/policy.json', policy, nodeHasher);
  const turns = [write, { text: 'Done.' }, write];
  const harness = await startHooks(ALL, {
    files: FILES,
    settings: { autonomy: 'autopilot' },
    commands: () => 0,
    model: createScriptedModel({ answer: () => turns.shift() ?? { text: 'Done.' } }),
    answers: ({ answers }) => answers[0]?.id,
    with: { administration },
  });
  const { core } = harness;
  // The person agreed to all of them, before there was a policy.
  for (const { id, content } of core.hooks.all) {
    await core.consents.grant('hook', '/project', content);
    if (!forbidden) await core.hooks.agree(id);
  }
  return harness;
}

async function restore({ core, ports }: Harness): Promise<void> {
  const checkpoint = await core.checkpoints.take('/project', { kind: 'person', label: 'Before' });
  assert.ok(checkpoint);
  await ports.files.writeText('/project/a.ts', 'spoilt');
  await core.checkpoints.restore(await core.checkpoints.plan('/project', checkpoint.id, { kind: 'all' }));
}

/** Does all that fires hooks. */
async function everything(harness: Harness): Promise<void> {
  const { core, ports } = harness;
  await ports.clock.advance(10_000);
  await approveAll(core, SPEC);
  for (const path of ['a.ts', 'made.ts', specFile('design.md')]) await save(harness, path, `${path}\n`);
  await ports.files.remove('/project/gone.ts');
  await settleHooks(harness);
  await approveAll(core, SPEC);
  await restore(harness);
  // What is committed while a hook runs counts as the hook's own.
  await settleHooks(harness);
  await ports.files.appendLines(`/project/${LOG}`, COMMIT);
  for (let minute = 0; minute < 6; minute++) await ports.clock.advance(60_000);
  const id = await core.chats.start('/project', { text: 'please work' });
  await until(ports, () => core.sessions.get(id)?.status !== 'running', 'the chat is over');
  const task = core.tasks.run(SPEC, '1');
  await until(ports, () => core.sessions.known.some(({ state }) => state.started.kind === 'task'));
  await until(ports, () => core.sessions.known.every(({ state }) => state.status !== 'running'));
  await task;
  await settleHooks(harness);
}

describe('hooks of every trigger', () => {
  it('run, and not one of them where the organisation lets no hook run', async () => {
    const free = await start(false);
    await everything(free);
    await free.core.hooks.runNow(named(free, 'Manual').id);
    const ran = new Set(commands(free.ports));
    assert.deepEqual(
      TRIGGERS.filter((trigger) => !ran.has(trigger)),
      [],
    );
    const held = await start(true);
    await everything(held);
    assert.deepEqual(
      commands(held.ports).filter((command) => TRIGGERS.some((trigger) => trigger === command)),
      [],
    );
    await assert.rejects(held.core.hooks.runNow(named(held, 'Manual').id), /organi[sz]ation|administrator/i);
  });
});

describe('a hook on approval', () => {
  it('is told which document of which spec, and fits by its path', async () => {
    const hooks = [
      { name: 'all', trigger: 'OnApproval' },
      { name: 'tasks', trigger: 'OnApproval', matcher: 'tasks\\.md$' },
    ];
    const harness = await startHooks(hooks, { files: FILES, commands: () => 0 });
    await harness.core.workflow.approve(SPEC, 'requirements');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['all']);
    const { hook_event_name, spec_name, document } = JSON.parse(
      harness.ports.processes.runs[0]?.stdin ?? '{}',
    );
    assert.deepEqual([hook_event_name, spec_name, document], ['OnApproval', 'links', 'requirements']);
  });
});

describe('a hook on a restored checkpoint', () => {
  it('runs when the files are back', async () => {
    let seen: string | undefined;
    const harness: Harness = await startHooks([{ name: 'install', trigger: 'OnCheckpointRestore' }], {
      files: FILES,
      commands: () => {
        seen = harness.ports.files.text('a.ts');
        return 0;
      },
    });
    await restore(harness);
    await settleHooks(harness);
    assert.deepEqual([commands(harness.ports), seen], [['install'], '1']);
  });
});

describe('a hook that asks before it runs', () => {
  const confirm = {
    question: 'Run all the tests?',
    options: [
      { id: 'skip', label: 'Not now', run: false, continueReason: 'Look at the tests yourself.' },
      { id: 'run', label: 'Run them', run: true },
    ],
  };

  async function stopping(answer: 'skip' | 'run', present = true): Promise<Harness> {
    const harness = await startHooks([{ name: 'tests', trigger: 'Stop', confirm }], {
      turns: [{ text: 'Done.' }, { text: 'Looked.' }, { text: 'Looked.' }, { text: 'Looked.' }],
      commands: () => 0,
      answers: ({ title }) => (title === confirm.question ? answer : 'yes'),
    });
    await harness.core.hooks.agree(named(harness, 'tests').id);
    Object.assign(harness.ports.person, { present });
    const id = await harness.core.chats.start('/project', { text: 'please work' });
    await until(harness.ports, () => harness.core.sessions.get(id)?.status !== 'running', 'it is over');
    return harness;
  }

  it('runs when the person says so, and is told what they said', async () => {
    const { ports } = await stopping('run');
    assert.deepEqual(commands(ports), ['tests']);
    assert.equal(JSON.parse(ports.processes.runs[0]?.stdin ?? '{}').user_decision, 'run');
  });

  it('does not run when they say no, and the agent goes on with the reason of that answer', async () => {
    const { core, ports } = await stopping('skip');
    assert.deepEqual(commands(ports), []);
    assert.ok(notes(latest(core)).some((note) => note.includes('Look at the tests yourself.')));
  });

  it('does not run where nobody is there to say yes', async () => {
    const { ports } = await stopping('run', false);
    assert.deepEqual(commands(ports), []);
    assert.deepEqual(
      ports.person.questions.filter(({ title }) => title === confirm.question),
      [],
    );
  });
});
