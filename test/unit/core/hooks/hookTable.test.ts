// Feature: hook-engine, Property 4: The same everywhere
// Verifies: hook-engine#2.1, #3.2, #3.3
/** Every trigger, both actions, both generations, in every kind of session: fired for real, by real processes. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionState } from '../../../../src/core/agent/session/sessionState';
import { type HookTrigger, TRIGGERS } from '../../../../src/core/hooks/model';
import { createNodeProcesses } from '../../../../src/node/nodeProcesses';
import { createAbsentPerson } from '../../../support/fakePerson';
import { createScriptedModel, type ModelTurn, type ScriptedModel } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { DESIGN, type Harness, REQUIREMENTS, specFile, startCore, tasksText } from '../coreHarness';
import { ALL, BLOCKING, cellsOf, GENERATIONS, hookFiles, KINDS, type Kind, type Wanted } from './hookCells';

const SESSION: readonly HookTrigger[] = [
  'SessionStart',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'Stop',
];

let root = '';

const write = (path: string, content: string): ModelTurn => ({
  tools: [{ name: 'write_file', input: { path, content } }],
});
const remove = (path: string): ModelTurn => ({ tools: [{ name: 'delete_file', input: { path } }] });

const LEADER = 'Role: converse';
const HAND_ON: ModelTurn = { tools: [{ name: 'delegate', input: { task: 'Do it.' } }] };

/** Answers by what it is asked: a hook's session is done at once, one that leads a sub-agent only hands its task on. */
function scripted(kind: Kind, turns: readonly ModelTurn[]): ScriptedModel {
  const queue = [...turns];
  const leading = [HAND_ON];
  return createScriptedModel({
    answer({ system }) {
      if (system.includes('Role: hook')) return { text: 'Hook done.' };
      const mine = kind === 'subagent' && system.includes(LEADER) ? leading : queue;
      return mine.shift() ?? { text: 'Done.' };
    },
  });
}

/** Of the session that does the work, not of hooks and not of one that leads it. */
function requestsOf(kind: Kind, { model }: Begun) {
  return model.requests.filter(
    ({ system }) => !system.includes('Role: hook') && !(kind === 'subagent' && system.includes(LEADER)),
  );
}

const COMMITS = '.git/logs/HEAD';
const COMMIT = `${'0'.repeat(40)} ${'a'.repeat(40)} Ada <a@b.c> 1700000000 +0000\tcommit: One\n`;

const WORK: readonly ModelTurn[] = [write('a.txt', 'one'), write('old.txt', 'two'), remove('gone.txt')];

interface Begun extends Harness {
  readonly model: ScriptedModel;
  /** The first answer ends. */
  release(): void;
}

async function begin(
  kind: Kind,
  given: Omit<Wanted, 'triggers'> & Partial<Pick<Wanted, 'triggers'>>,
  turns: readonly ModelTurn[] = WORK,
): Promise<Begun> {
  const wanted = { triggers: cellsOf(kind, given.generation), ...given };
  let release = () => {};
  const hold = new Promise<void>((resolve) => {
    release = resolve;
  });
  const [first, ...rest] = turns;
  const model = scripted(kind, [{ ...first, hold }, ...rest]);
  const harness = await startCore({
    roots: [root],
    root,
    model,
    settings: { autonomy: 'autopilot' },
    answers: ({ answers }) => answers[0]?.id,
    files: {
      [specFile('requirements.md')]: REQUIREMENTS,
      [specFile('design.md')]: DESIGN,
      [specFile('tasks.md')]: tasksText('- [ ] 1. Sweep'),
      'old.txt': 'old',
      'gone.txt': 'old',
      [COMMITS]: COMMIT,
      ...hookFiles(wanted),
    },
    with: {
      processes: createNodeProcesses(),
      ...(kind === 'cli' ? { person: createAbsentPerson() } : {}),
    },
  });
  const { core } = harness;
  await approveAll(core, spec());
  for (const { content } of core.hooks.all) await core.consents.grant('hook', root, content);
  for (const { id } of core.hooks.all) assert.ok(await core.hooks.agree(id));
  // What git did is long ago.
  await harness.ports.clock.advance(10_000);
  return { ...harness, model, release };
}

const spec = () => `${root}/.kiro/specs/links`;

async function until<T>({ ports }: Harness, find: () => T | undefined | false, what: string): Promise<T> {
  for (let round = 0; round < 400; round++) {
    const found = find();
    if (found) return found;
    await ports.clock.advance(20);
    await delay(5);
  }
  throw new Error(`It never came to: ${what}`);
}

/** Does the work of a kind of session, and resolves with its state when it is over. */
async function work(kind: Kind, harness: Begun): Promise<SessionState> {
  const { core } = harness;
  if (kind === 'main') {
    harness.release();
    const id = await core.chats.start(root, { text: 'please work' });
    return until(harness, () => over(core.sessions.get(id)), 'the chat is over');
  }
  const running =
    kind === 'subagent' ? core.chats.start(root, { text: 'Lead.' }) : core.tasks.run(spec(), '1');
  const kindOf = kind === 'subagent' ? 'subagent' : 'task';
  const begun = await until(
    harness,
    () => core.sessions.known.find(({ state }) => state.started.kind === kindOf),
    `the ${kindOf} has begun`,
  );
  await until(harness, () => requestsOf(kind, harness).length > 0, 'the model is asked');
  await core.chats.say(begun.id, { text: 'please work' });
  harness.release();
  const led = await running;
  if (kind === 'subagent')
    await until(harness, () => over(core.sessions.get(String(led))), 'the leader is over');
  return until(harness, () => over(core.sessions.get(begun.id)), `the ${kindOf} is over`);
}

/** What fires hooks beside sessions. */
async function beside(kind: Kind, harness: Begun): Promise<void> {
  const { core, ports } = harness;
  if (kind !== 'main' && kind !== 'cli') return;
  const isQuiet = () => core.hooks.all.every(({ id }) => !core.hooks.isRunning(id));
  for (const hook of core.hooks.all.filter(({ trigger }) => trigger === 'Manual'))
    await core.hooks.runNow(hook.id);
  if (kind === 'main') {
    await ports.files.writeText(`${root}/${specFile('design.md')}`, `${DESIGN}\nMore.\n`);
    await until(harness, isQuiet, 'the document is heard of');
    await approveAll(core, spec());
  }
  const checkpoint = await core.checkpoints.take(root, { kind: 'person', label: 'Before' });
  assert.ok(checkpoint);
  await ports.files.writeText(`${root}/old.txt`, 'spoilt');
  await core.checkpoints.restore(await core.checkpoints.plan(root, checkpoint.id, { kind: 'all' }));
  for (let minute = 0; minute < 6; minute++) await ports.clock.advance(60_000);
  // What is committed while a hook runs counts as the hook's own.
  await until(harness, isQuiet, 'nothing runs');
  await ports.files.appendLines(`${root}/${COMMITS}`, COMMIT);
  await ports.clock.advance(10_000);
}

function over(state: SessionState | undefined): SessionState | undefined {
  return state && state.status !== 'running' ? state : undefined;
}

function events(trigger: HookTrigger): readonly Record<string, unknown>[] {
  try {
    return readFileSync(join(root, `${trigger}.jsonl`), 'utf8')
      .trim()
      .split(/(?<=\})(?=\{)|\n/)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}

function hookOf({ core }: Harness, name: string) {
  const hook = core.hooks.all.find((each) => each.name === name);
  assert.ok(hook, `the hook of ${name}`);
  return hook;
}

describe('hooks of every trigger', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'earshot-hooks-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('are all in the table', () => assert.deepEqual([...ALL].sort(), [...TRIGGERS].sort()));

  for (const kind of KINDS)
    for (const generation of GENERATIONS) {
      it(`${generation}, commands: ${kind}`, async () => {
        const harness = await begin(kind, { generation, action: 'command' });
        const state = await work(kind, harness);
        assert.equal(state.status, 'done', state.reason);
        const { hooks } = harness.core;
        await beside(kind, harness);
        const cells = cellsOf(kind, generation);
        for (const trigger of cells) {
          const isIts = ({ session_id }: Record<string, unknown>) =>
            !SESSION.includes(trigger) || session_id === state.started.session;
          const event = await until(harness, () => events(trigger).find(isIts), `${trigger} has fired`);
          assert.equal(event.hook_event_name, trigger);
          assert.equal(event.cwd, root);
          const id = hookOf(harness, trigger).id;
          await until(harness, () => hooks.lastRun(id)?.outcome === 'passed', `${trigger} is recorded`);
          assert.equal(hooks.lastRun(id)?.exitCode, 0);
        }
        assert.deepEqual(events('PreToolUse')[0]?.tool_input, { path: 'a.txt', content: 'one' });
        assert.match(JSON.stringify(events('PostToolUse')[0]?.tool_response), /"success":true/);
        if (cells.includes('PostTaskExec'))
          assert.deepEqual(
            [events('PostTaskExec')[0]?.spec_name, events('PostTaskExec')[0]?.task_name],
            ['links', '1 Sweep'],
          );
        const asked = JSON.stringify(requestsOf(kind, harness));
        assert.match(asked, /said-SessionStart/, 'what it prints is said to the agent');
        assert.match(asked, /said-UserPromptSubmit/);
        assert.equal(/said-PostToolUse/.test(asked), generation === '0.x', 'as each generation has it');
        assert.doesNotMatch(asked, /said-PreToolUse/);
      });

      it(`${generation}, agents: ${kind}`, async () => {
        const harness = await begin(kind, { generation, action: 'agent' });
        const state = await work(kind, harness);
        assert.equal(state.status, 'done', state.reason);
        await beside(kind, harness);
        const cells = cellsOf(kind, generation);
        for (const trigger of cells)
          await until(
            harness,
            () => harness.core.hooks.lastRun(hookOf(harness, trigger).id)?.outcome === 'passed',
            `${trigger} has run`,
          );
        const own = harness.model.requests.filter(({ system }) => system.includes('Role: hook'));
        const others = requestsOf(kind, harness);
        for (const trigger of cells) {
          const isSaid = SESSION.includes(trigger) && trigger !== 'Stop';
          const requests = JSON.stringify((isSaid ? others : own).map(({ messages }) => messages));
          assert.match(requests, new RegExp(`words-${trigger}`), trigger);
        }
      });
    }

  for (const kind of KINDS) {
    const exits = (...codes: readonly number[]) =>
      codes.map((code) => `cat >/dev/null; echo out-${code}; echo why-${code} >&2; exit ${code}`);

    for (const generation of GENERATIONS) {
      // Hundreds of processes: a sample here, the rest in the long run.
      const isSample = kind === 'main' ? generation === 'v1' : kind === 'task' && generation === '0.x';
      if (process.env.EARSHOT_SOAK !== '1' && !isSample) continue;
      it(`exit codes 1 and 2 are told, and stop nothing that has happened: ${generation}, ${kind}`, async () => {
        const cells = cellsOf(kind, generation);
        const triggers = cells.filter((trigger) => !BLOCKING.includes(trigger));
        const codes = [1, 2] as const;
        const commands = exits(...codes);
        const harness = await begin(kind, { generation, action: 'command', triggers, commands });
        const state = await work(kind, harness);
        assert.equal(state.status, 'done', state.reason);
        assert.equal(harness.ports.files.text(`${root}/a.txt`), 'one');
        await beside(kind, harness);
        for (const trigger of triggers)
          for (const [index, code] of codes.entries()) {
            const { id } = hookOf(harness, `${trigger} ${index}`);
            const ran = () => harness.core.hooks.lastRun(id);
            await until(harness, ran, `${trigger} ${code}`);
            assert.deepEqual([ran()?.outcome, ran()?.exitCode], ['failed', code], `${trigger} ${code}`);
          }
      });
    }

    it(`exit code 2 says no, 1 does not: ${kind}`, async () => {
      const triggers = ['PreToolUse', 'PostToolUse'] as const;
      const two = await begin(kind, { generation: 'v1', action: 'command', triggers, commands: exits(2) });
      await work(kind, two);
      assert.equal(two.ports.files.text(`${root}/a.txt`), undefined, 'nothing is written');
      assert.match(JSON.stringify(requestsOf(kind, two).at(-1)), /PreToolUse” says no: why-2/);
      assert.equal(two.core.hooks.lastRun(hookOf(two, 'PreToolUse').id)?.exitCode, 2);
      assert.equal(two.core.hooks.lastRun(hookOf(two, 'PostToolUse').id), undefined, 'nothing ran');

      const one = await begin(kind, { generation: 'v1', action: 'command', triggers, commands: exits(1) });
      const state = await work(kind, one);
      assert.equal(one.ports.files.text(`${root}/a.txt`), 'one', 'a failure of the hook is not a no');
      assert.doesNotMatch(JSON.stringify(requestsOf(kind, one).at(-1)), /why-1/);
      assert.equal(one.core.hooks.lastRun(hookOf(one, 'PreToolUse').id)?.exitCode, 1);
      assert.match(JSON.stringify(state.items), /failed with exit code 1.*why-1/, 'the person sees it');
    });

    it(`exit code 2 keeps back what is said: ${kind}`, async () => {
      const triggers = ['UserPromptSubmit'] as const;
      const harness = await begin(kind, {
        generation: 'v1',
        action: 'command',
        triggers,
        commands: exits(2),
      });
      const state = await work(kind, harness);
      assert.match(JSON.stringify(state.items), /Not sent to the model.*why-2/);
      assert.doesNotMatch(JSON.stringify(requestsOf(kind, harness)), /please work/);
    });

    it(`of 0.x, every failure says no: ${kind}`, async () => {
      const triggers = ['PreToolUse'] as const;
      const harness = await begin(kind, {
        generation: '0.x',
        action: 'command',
        triggers,
        commands: exits(1),
      });
      await work(kind, harness);
      assert.equal(harness.ports.files.text(`${root}/a.txt`), undefined);
      assert.match(JSON.stringify(requestsOf(kind, harness).at(-1)), /why-1/);
    });
  }

  it('exit code 2 before a task leaves it, with the reason', async () => {
    const triggers = ['PreTaskExec', 'PostTaskExec'] as const;
    const commands = ['echo not today >&2; exit 2'];
    const harness = await begin('task', { generation: 'v1', action: 'command', triggers, commands });
    const [result] = await Promise.all([
      harness.core.tasks.run(spec(), '1'),
      until(
        harness,
        () => harness.core.hooks.lastRun(hookOf(harness, 'PreTaskExec').id),
        'the hook of the task has run',
      ),
    ]);
    assert.equal(harness.model.requests.length, 0, 'the agent is not asked');
    assert.match(JSON.stringify(harness.core.runs.known), /not today/);
    assert.match(harness.ports.files.text(`${spec()}/tasks.md`) ?? '', /- \[ \] 1\. Sweep/);
    assert.equal(harness.core.hooks.lastRun(hookOf(harness, 'PostTaskExec').id), undefined);
    assert.ok(result);
  });

  it('a hook on Stop may let the agent go on, but not for ever', async () => {
    const commands = [`cat >/dev/null; printf '{"decision":"block","reason":"Say more."}'`];
    const wanted = { generation: 'v1', action: 'command', triggers: ['Stop'], commands } as const;
    const harness = await begin('main', wanted, [{ text: 'Done.' }]);
    const state = await work('main', harness);
    assert.equal(state.status, 'done');
    assert.equal(JSON.stringify(harness.model.requests.at(-1)).match(/Say more\./g)?.length, 3);
  });

  it('fires nothing where hooks are turned off', async () => {
    // Approvals are given before it begins.
    const triggers = ALL.filter((trigger) => trigger !== 'OnApproval');
    const harness = await begin('main', { generation: 'v1', action: 'command', triggers });
    harness.ports.set({ hooks: 'off' });
    await work('main', harness);
    for (const trigger of ALL) assert.deepEqual(events(trigger), []);
  });
});
