// Feature: hook-engine, Property 3: What ran goes on
// Feature: hook-engine, Property 10: A run is bounded
// Verifies: hook-engine#1.3, #3.5, #3.6, #3.7
import assert from 'node:assert/strict';
import { createSessionHooks } from '../../../../src/core/hooks/sessionHooks';
import { createAbort } from '../../../../src/core/util/abort';
import { createScriptedModel } from '../../../support/scriptedModel';
import { createTestPorts } from '../../../support/testPorts';
import { HOME, latest, quiet, startCore, until } from '../coreHarness';
import { HOOKS, hookFile, named, save, settleHooks, startHooks } from './hookHarness';

const forever = new Promise<never>(() => {});
const OK = () => 0;

describe('the hooks of a workspace', () => {
  it('follow their files, also when the whole folder goes', async () => {
    const harness = await startHooks([{ name: 'a' }], {
      files: { '.kiro/hooks/b.json': hookFile({ name: 'b' }) },
    });
    const { core, ports } = harness;
    const names = () => core.hooks.all.map(({ name }) => name);
    assert.deepEqual(names(), ['a', 'b']);
    await ports.files.remove('/project/.kiro/hooks/a.json');
    await quiet();
    assert.deepEqual(names(), ['b']);
    await ports.files.writeText('/project/.kiro/hooks/b.json', '{');
    await quiet();
    assert.deepEqual(names(), ['b'], 'while somebody types, what it held goes on');
    assert.match(core.hooks.problems[0]?.message ?? '', /Not valid JSON.*go on running/);
    assert.equal(core.hooks.problems.length, 1);
    await ports.files.writeText('/project/.kiro/hooks/b.json', hookFile({ name: 'b2' }));
    await quiet();
    assert.deepEqual(names(), ['b2']);
    assert.equal(core.hooks.problems.length, 0);

    const fire = ports.watcher.fire;
    Object.assign(ports.watcher, { fire: () => {} });
    await ports.files.remove('/project/.kiro');
    Object.assign(ports.watcher, { fire });
    ports.watcher.fire({ path: '/project/.kiro', kind: 'deleted' });
    await quiet();
    assert.deepEqual(names(), []);
  });

  it('are those of that folder alone: no sub-folders, no links, no other folders', async () => {
    const harness = await startHooks([{ name: 'a' }], {
      files: {
        '.kiro/hooks-off/x.json': hookFile({ name: 'off' }),
        '.kiro/hooks/sub/x.json': hookFile({ name: 'sub' }),
        '/elsewhere/x.json': hookFile({ name: 'link' }),
      },
    });
    const { core, ports } = harness;
    ports.files.link('/project/.kiro/hooks/link.json', '/elsewhere/x.json');
    for (const path of ['.kiro/hooks-off/x.json', '.kiro/hooks/sub/x.json', '.kiro/hooks/link.json']) {
      ports.watcher.fire({ path: `/project/${path}`, kind: 'changed' });
    }
    await quiet();
    assert.deepEqual(
      core.hooks.all.map(({ name }) => name),
      ['a'],
    );
  });

  it('one file that cannot be read is a problem; the others work', async () => {
    const ports = createTestPorts({
      files: { [HOOKS]: hookFile({ name: 'a' }), '.kiro/hooks/b.json': hookFile({ name: 'b' }) },
    });
    ports.files.fail('/project/.kiro/hooks/a.json', 'read', 'permission', 9);
    const { core } = await startCore({ ports });
    assert.deepEqual(
      core.hooks.all.map(({ name }) => name),
      ['b'],
    );
    assert.match(core.hooks.problems[0]?.message ?? '', /cannot be read/);
  });
});

describe('a run', () => {
  it('is kept: its result is there after a restart, damaged lines or not', async () => {
    const harness = await startHooks([{ name: 'test' }], {
      commands: { test: { exitCode: 2, output: 'red\n' } },
      files: { 'a.ts': '' },
    });
    const { id } = named(harness, 'test');
    await save(harness, 'a.ts', '1');
    await settleHooks(harness);
    const log = `${HOME}/workspaces/${harness.ports.hasher.sha256('/project').slice(0, 16)}/hooks.jsonl`;
    await harness.ports.files.appendLines(log, '{"hook":7}\nnull\n{"torn');
    const { core } = await startCore({ ports: harness.ports });
    const run = core.hooks.lastRun(id);
    assert.deepEqual(
      [run?.outcome, run?.exitCode, run?.output, run?.files],
      ['failed', 2, 'red\n', ['a.ts']],
    );
  });

  it('counts though it cannot be kept', async () => {
    const harness = await startHooks([{ name: 'test' }], { commands: OK, files: { 'a.ts': '' } });
    const log = `${HOME}/workspaces/${harness.ports.hasher.sha256('/project').slice(0, 16)}/hooks.jsonl`;
    harness.ports.files.fail(log, 'append', 'full');
    assert.equal((await harness.core.hooks.runNow(named(harness, 'test').id))?.outcome, 'passed');
    assert.equal(harness.core.hooks.lastRun(named(harness, 'test').id)?.outcome, 'passed');
  });

  it('has the time that its hook gives it: 60 seconds, another, or no limit', async () => {
    const harness = await startHooks([{ name: 'a' }, { name: 'b', timeout: 5 }, { name: 'c', timeout: 0 }], {
      commands: ({ command }) => (command === 'b' ? { outcome: 'timedOut', exitCode: undefined } : 0),
    });
    for (const name of ['a', 'b', 'c']) await harness.core.hooks.runNow(named(harness, name).id);
    assert.deepEqual(
      harness.ports.processes.runs.map(({ timeout }) => timeout),
      [60_000, 5000, undefined],
    );
    assert.equal(harness.core.hooks.lastRun(named(harness, 'b').id)?.outcome, 'timedOut');
  });

  it('can be stopped, and ends when Earshot closes', async () => {
    const harness = await startHooks([{ name: 'watch', timeout: 0 }], {
      commands: { watch: { hold: forever } },
    });
    const { core, ports } = harness;
    const { id } = named(harness, 'watch');
    const run = core.hooks.runNow(id);
    await until(ports, () => core.hooks.isRunning(id) && ports.processes.runs.length === 1);
    core.hooks.stop(id);
    assert.equal((await run)?.outcome, 'cancelled');
    assert.equal(core.hooks.isRunning(id), false);
    const other = core.hooks.runNow(id);
    await until(ports, () => ports.processes.runs.length === 2);
    await core.close();
    assert.equal((await other)?.outcome, 'cancelled');
  });

  it('whose files cannot be looked at fails and says so', async () => {
    const harness = await startHooks([{ name: 'test' }], {
      commands() {
        throw new Error('No such shell');
      },
    });
    const run = await harness.core.hooks.runNow(named(harness, 'test').id);
    assert.deepEqual([run?.outcome, run?.output], ['failed', 'No such shell']);
  });

  it('of an agent works with the tools, asks before it writes, and ends with the session', async () => {
    const turns = [
      { tools: [{ name: 'write_file', input: { path: 'NOTES.md', content: 'x' } }] },
      { text: 'Done.' },
    ];
    const harness = await startHooks([{ name: 'notes', prompt: 'Keep notes.' }], {
      turns,
      files: { 'a.ts': '', 'AGENTS.md': 'Be brief.' },
    });
    const { core, ports } = harness;
    await save(harness, 'a.ts', '1');
    await until(ports, () =>
      core.sessions.known[0]?.state.items.some((item) => item.type === 'tool' && item.status === 'asking'),
    );
    const asked = latest(core).items.find((item) => item.type === 'tool');
    const user = latest(core).items.find((item) => item.type === 'user');
    for (const part of ['Keep notes.', 'Files: a.ts', 'Be brief.'])
      assert.ok(user?.type === 'user' && user.text.includes(part), part);
    core.sessions.answer(core.sessions.known[0]?.id ?? '', asked?.type === 'tool' ? asked.call : '', 'once');
    await settleHooks(harness);
    assert.equal(ports.files.text('NOTES.md'), 'x');
    assert.equal(core.hooks.lastRun(named(harness, 'notes').id)?.outcome, 'passed');
    assert.equal(latest(core).started.hook, named(harness, 'notes').id);
  });

  it('of an agent leaves what it changed to be reviewed, and waits for nobody', async () => {
    for (const autonomy of ['autopilot', 'supervised'] as const) {
      const change = { path: 'b.ts', oldText: 'old', newText: 'agent' };
      const harness = await startHooks([{ name: 'notes', prompt: 'Keep notes.' }], {
        settings: { autonomy },
        files: { 'a.ts': '', 'b.ts': 'old\n' },
        turns: [
          {
            tools: [
              { name: 'edit_file', input: change },
              { name: 'write_file', input: { path: 'c.ts', content: 'new' } },
            ],
          },
          { text: 'Done.' },
        ],
      });
      const { core, ports } = harness;
      await save(harness, 'a.ts', '1');
      await settleHooks(harness);
      assert.equal(core.hooks.lastRun(named(harness, 'notes').id)?.outcome, 'passed', autonomy);
      const { changes, status } = latest(core);
      assert.deepEqual([status, changes.set?.state], ['done', 'open'], autonomy);
      assert.deepEqual(
        changes.set?.files.map(({ path }) => path),
        ['b.ts', 'c.ts'],
      );
      assert.deepEqual([ports.files.text('b.ts'), ports.files.text('c.ts')], ['agent\n', 'new']);
      const id = core.sessions.known[0]?.id ?? '';
      await core.reviews.act(id, { type: 'choose', path: 'b.ts', refused: 'all' });
      await core.reviews.act(id, { type: 'decide', how: 'chosen' });
      assert.deepEqual([ports.files.text('b.ts'), ports.files.text('c.ts')], ['old\n', 'new']);
      assert.equal(latest(core).changes.set?.state, 'settled');
      await settleHooks(harness);
      assert.equal(core.sessions.known.length, 1, 'what is taken back does not fire it again');
    }
  });

  it('of an agent is held by the rules of its hook, which only narrow', async () => {
    const write = (path: string) => ({ name: 'write_file', input: { path, content: 'x' } });
    const rules = [{ capability: 'fs_write', effect: 'deny', match: 'src/**' }];
    const harness = await startHooks([{ name: 'docs', prompt: 'Keep.', permissions: { rules } }], {
      settings: { autonomy: 'autopilot' },
      files: { 'a.ts': '' },
      turns: [{ tools: [write('src/b.ts'), write('docs/b.md')] }, { text: 'Done.' }],
    });
    await save(harness, 'a.ts', '1');
    await settleHooks(harness);
    const { files } = harness.ports;
    assert.deepEqual([files.text('src/b.ts'), files.text('docs/b.md')], [undefined, 'x']);

    const allows = { rules: [{ capability: 'shell', effect: 'allow' }] };
    await files.writeText(
      `/project/${HOOKS}`,
      hookFile({ name: 'docs', prompt: 'Keep.', permissions: allows }),
    );
    await settleHooks(harness);
    assert.deepEqual(harness.core.hooks.all, []);
    assert.match(
      harness.core.hooks.problems[0]?.message ?? '',
      /permissions\.rules\.0\.effect.*does not run/,
    );
  });

  it('of an agent is not asked for more than its hook may cost, and says so', async () => {
    const write = { tools: [{ name: 'write_file', input: { path: 'NOTES.md', content: 'x' } }] };
    const answers = [{ ...write, outputTokens: 30_000 }, { text: 'Done.' }];
    const model = {
      ...createScriptedModel({ turns: answers }),
      priceOf: () => ({ input: 1, output: 10, cacheRead: 1, cacheWrite: 1 }),
    };
    const hook = { name: 'notes', prompt: 'Keep notes.', budget: 0.31 };
    const harness = await startHooks([hook], {
      model,
      settings: { autonomy: 'autopilot' },
      files: { 'a.ts': '' },
    });
    await save(harness, 'a.ts', '1');
    await settleHooks(harness);
    const run = harness.core.hooks.lastRun(named(harness, 'notes').id);
    assert.equal(model.requests.length, 1);
    assert.equal(run?.outcome, 'failed');
    assert.match(run?.output ?? '', /budget of \$0\.31 for this hook.*Raise “budget” in the hook’s file/);
  });

  it('started for a sub-agent never starts the hook that led to the agent who handed it its task', async () => {
    const hooks = [
      { name: 'stopped', trigger: 'Stop' },
      { name: 'other', trigger: 'Stop' },
    ];
    const harness = await startHooks(hooks, { commands: () => 0 });
    const { core, ports } = harness;
    const chains = new Map([['parent', [named(harness, 'stopped').id]]]);
    const inSession = createSessionHooks({
      ports,
      hooks: () => core.hooks.all,
      look: async () => {},
      consents: {
        isAgreed: () => true,
        isDeclined: () => false,
        ask: async () => true,
        learn: async () => {},
      },
      run: async ({ id }, { files, chain }) => ({
        hook: id,
        at: 0,
        durationMs: 0,
        outcome: 'passed',
        exitCode: 0,
        files,
        output: '',
        session: undefined,
        chain,
      }),
      isOff: () => false,
      onRun: async () => {},
      onChange: () => {},
      chains,
      begin: () => {},
    });
    const about = {
      kind: 'subagent',
      title: 'Look',
      root: '/project',
      model: 'm',
      rehearsed: false,
    } as const;
    const session = core.sessions.start({ ...about, parent: { session: 'parent', call: '1' } });
    const scene = { root: '/project', place: '/project', session };
    const stop = { trigger: 'Stop', subjects: [], facts: {} } as const;
    const fired = await inSession.fire(scene, stop, createAbort().signal);
    assert.deepEqual(
      fired.map(({ hook, run }) => [hook.name, run?.chain]),
      [['other', chains.get('parent')]],
    );
    await session.end('done');
  });

  it('of an agent without a model says what is missing', async () => {
    const harness = await startHooks([{ name: 'notes', prompt: 'Keep notes.' }]);
    const run = await harness.core.hooks.runNow(named(harness, 'notes').id);
    assert.deepEqual([run?.outcome, run?.output], ['failed', 'No API key is set.']);
  });
});
