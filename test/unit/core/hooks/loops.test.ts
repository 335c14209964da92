// Feature: hook-engine, Property 7: Chains end
// Verifies: hook-engine#2.4, #2.5
/** A hook's own writes do not fire it; everybody else's do. */

import assert from 'node:assert/strict';
import type { ModelTurn } from '../../../support/scriptedModel';
import { createTestPorts } from '../../../support/testPorts';
import { approveAll } from '../approveAll';
import { type Harness, startCore, until } from '../coreHarness';
import { commands, HOOKS, hookFile, named, save, settleHooks, startHooks } from './hookHarness';

type Script = (harness: Harness, command: string) => Promise<void>;

/** Hooks whose commands do something to the files; some time passes while they run. */
async function acting(
  hooks: Parameters<typeof startHooks>[0],
  files: Readonly<Record<string, string>>,
  script: Script,
): Promise<Harness> {
  const harness: Harness = await startHooks(hooks, {
    files,
    async commands({ command }) {
      await script(harness, command);
      return 0;
    },
  });
  return harness;
}

async function change({ ports }: Harness, path: string, edit: (text: string) => string): Promise<void> {
  await ports.clock.advance(1);
  await ports.files.writeText(`/project/${path}`, edit(ports.files.text(path) ?? ''));
}

describe('a hook does not fire itself', () => {
  const scripts: readonly [string, Script][] = [
    ['by tidying the file that fired it', (harness) => change(harness, 'a.ts', (text) => text.trim())],
    ['by writing the same content again', (harness) => change(harness, 'a.ts', (text) => text)],
    ['by adding to it in each run', (harness) => change(harness, 'a.ts', (text) => `${text}!`)],
    [
      'by writing others',
      async (harness) => {
        await change(harness, 'gen/b.ts', () => 'generated');
        await change(harness, 'c.ts', (text) => `${text}!`);
      },
    ],
    [
      'by building',
      (harness) => change(harness, `dist/${harness.ports.processes.runs.length}.ts`, () => 'x'),
    ],
    [
      'by what takes longer than its events',
      async (harness) => {
        await change(harness, 'a.ts', (text) => `${text}!`);
        await harness.ports.clock.advance(2000);
      },
    ],
  ];
  for (const [what, script] of scripts) {
    it(what, async () => {
      const triggers = ['PostFileSave', 'PostFileCreate'];
      const hooks = triggers.map((trigger) => ({ name: trigger, trigger }));
      const harness = await acting(hooks, { 'a.ts': 'x ', 'c.ts': '' }, script);
      await save(harness, 'a.ts', 'y ');
      await settleHooks(harness);
      const saves = commands(harness.ports).filter((command) => command === 'PostFileSave').length;
      const creations = commands(harness.ports).filter((command) => command === 'PostFileCreate').length;
      assert.ok(saves <= 2 && creations <= 1, `${saves} and ${creations}`);
      await settleHooks(harness);
      assert.equal(commands(harness.ports).length, saves + creations, 'it has come to rest');
    });
  }

  it('alone runs exactly once for each save of the person', async () => {
    const harness = await acting([{ name: 'append' }], { 'a.ts': '' }, (h) =>
      change(h, 'a.ts', (text) => `${text}!`),
    );
    for (const text of ['1', '2', '3']) {
      await save(harness, 'a.ts', text);
      await settleHooks(harness);
    }
    assert.equal(commands(harness.ports).length, 3);
    assert.equal(harness.ports.files.text('a.ts'), '3!');
  });

  it('by deleting files', async () => {
    const harness = await acting(
      [{ name: 'clean', trigger: 'PostFileDelete' }],
      { 'a.ts': '', 'b.ts': '', 'c.ts': '' },
      (h) => h.ports.files.remove('/project/b.ts'),
    );
    await harness.ports.files.remove('/project/a.ts');
    await settleHooks(harness);
    assert.equal(commands(harness.ports).length, 1);
    await harness.ports.files.remove('/project/c.ts');
    await settleHooks(harness);
    assert.equal(commands(harness.ports).length, 2);
  });

  it('as an agent, by its tools or by its commands', async () => {
    const writes: ModelTurn = {
      tools: [
        { name: 'edit_file', input: { path: 'a.ts', oldText: 'y', newText: 'agent' } },
        { name: 'run_command', input: { command: 'format' } },
      ],
    };
    const harness: Harness = await startHooks([{ name: 'agent', prompt: 'Tidy.' }], {
      settings: { autonomy: 'autopilot' },
      files: { 'a.ts': 'x', 'b.ts': 'x' },
      turns: [writes, { text: 'Done.' }, writes, { text: 'Done.' }],
      async commands() {
        await change(harness, 'b.ts', (text) => `${text}!`);
        return 0;
      },
    });
    await save(harness, 'a.ts', 'y');
    await settleHooks(harness);
    assert.equal(harness.core.sessions.known.length, 1);
    assert.equal(harness.ports.files.text('a.ts'), 'agent');
    assert.equal(harness.ports.files.text('b.ts'), 'x!');
    await save(harness, 'a.ts', 'y');
    await settleHooks(harness);
    assert.equal(harness.core.sessions.known.length, 2, 'the person’s next save fires it');
  });
});

describe('hooks that fire one another', () => {
  for (const slow of [false, true]) {
    it(`end: each at most once in a chain${slow ? ', also when they write long before they end' : ''}`, async () => {
      const script: Script = async (harness, command) => {
        await change(harness, command === 'ping' ? 'pong.txt' : 'ping.txt', (text) => `${text}!`);
        if (slow) await harness.ports.clock.advance(1000);
      };
      const hooks = [
        { name: 'ping', matcher: 'ping' },
        { name: 'pong', matcher: 'pong' },
      ];
      const harness = await acting(hooks, { 'ping.txt': '', 'pong.txt': '' }, script);
      await save(harness, 'ping.txt', 'go');
      await settleHooks(harness);
      await settleHooks(harness);
      assert.deepEqual(commands(harness.ports), ['ping', 'pong']);
      await save(harness, 'pong.txt', 'go');
      await settleHooks(harness);
      await settleHooks(harness);
      assert.deepEqual(commands(harness.ports).slice(2), ['pong', 'ping']);
    });
  }

  it('three in a ring end as well', async () => {
    const names = ['a', 'b', 'c'];
    const hooks = names.map((name) => ({ name, matcher: `^${name}$` }));
    const harness = await acting(hooks, { a: '', b: '', c: '' }, (h, command) =>
      change(h, names[(names.indexOf(command) + 1) % 3] ?? '', (text) => `${text}!`),
    );
    await save(harness, 'a', 'go');
    for (let round = 0; round < 4; round++) await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['a', 'b', 'c']);
  });
});

describe('others’ writes fire', () => {
  it('the person’s, after a run, of the same file', async () => {
    const harness = await acting([{ name: 'fmt' }], { 'a.ts': '' }, (h) =>
      change(h, 'a.ts', (text) => text.trim()),
    );
    await save(harness, 'a.ts', ' x ');
    await settleHooks(harness);
    await save(harness, 'a.ts', ' y ');
    await settleHooks(harness);
    assert.equal(commands(harness.ports).length, 2);
  });

  it('the person’s, before the events of the hook’s own write have come', async () => {
    const harness = await acting([{ name: 'fmt' }], { 'a.ts': '' }, (h) =>
      change(h, 'a.ts', (text) => text.trim()),
    );
    await save(harness, 'a.ts', ' x ');
    await until(
      harness.ports,
      () => commands(harness.ports).length === 1 && harness.ports.files.text('a.ts') === 'x',
    );
    await save(harness, 'a.ts', 'x and more ');
    await settleHooks(harness);
    assert.equal(commands(harness.ports).length, 2);
    assert.equal(harness.ports.files.text('a.ts'), 'x and more');
  });

  /** Types a text in an editor, then saves it. */
  async function type(
    { ports }: Harness,
    typed: Map<string, string>,
    path: string,
    text: string,
  ): Promise<void> {
    typed.set(`/project/${path}`, text);
    ports.watcher.fire({ path: `/project/${path}`, kind: 'edited' });
    await ports.clock.advance(20);
    typed.delete(`/project/${path}`);
    await ports.files.writeText(`/project/${path}`, text);
  }

  /** The editor's files: what is typed and not saved counts. */
  function withEditor(script: (ports: ReturnType<typeof createTestPorts>, command: string) => Promise<void>) {
    const typed = new Map<string, string>();
    const ports = createTestPorts({
      files: { [HOOKS]: hookFile({ name: 'test', matcher: '\\.ts$' }), 'a.ts': '', 'b.ts': '' },
      answers: () => 'yes',
      async commands({ command }) {
        await script(ports, command);
        return 0;
      },
    });
    const files = {
      ...ports.files,
      readText: async (path: string) => typed.get(path) ?? (await ports.files.readText(path)),
    };
    return { typed, ports: { ...ports, files } };
  }

  it('the person’s, of another file while a slow hook runs: it runs again for that one', async () => {
    let during = async () => {};
    const { typed, ports } = withEditor(async (each) => {
      await during();
      await each.clock.advance(1000);
    });
    const harness = await startCore({ ports });
    during = async () => {
      during = async () => {};
      await type(harness, typed, 'b.ts', 'typed');
    };
    await type(harness, typed, 'a.ts', 'first');
    await settleHooks(harness);
    await settleHooks(harness);
    assert.deepEqual(
      ports.processes.runs.map(({ env }) => env?.KIRO_HOOK_FILE),
      ['a.ts', 'b.ts'],
    );
  });

  it('the person’s, of the same file while a formatter runs; and then it rests', async () => {
    let during = async () => {};
    const { typed, ports } = withEditor(async (each) => {
      await during();
      await each.clock.advance(300);
      await each.files.writeText('/project/a.ts', (each.files.text('a.ts') ?? '').trim());
    });
    const harness = await startCore({ ports });
    during = async () => {
      during = async () => {};
      await type(harness, typed, 'a.ts', 'second ');
    };
    await type(harness, typed, 'a.ts', 'first ');
    for (let round = 0; round < 3; round++) await settleHooks(harness);
    assert.ok(ports.processes.runs.length <= 2);
    assert.equal(ports.files.text('a.ts'), 'second');
  });

  it('an editor that shows what a hook wrote is not a person', async () => {
    const { ports } = withEditor(async (each) => {
      await each.clock.advance(1);
      await each.files.writeText('/project/b.ts', `${each.processes.runs.length}`);
      each.watcher.fire({ path: '/project/b.ts', kind: 'edited' });
      await each.clock.advance(10);
    });
    const harness = await startCore({ ports });
    await save(harness, 'a.ts', 'x');
    await settleHooks(harness);
    assert.equal(ports.processes.runs.length, 1);
  });

  it('a task’s agent’s, also while the hook runs', async () => {
    const spec = '.kiro/specs/links';
    const harness: Harness = await startHooks([{ name: 'test', matcher: '\\.js$' }], {
      settings: { autonomy: 'autopilot' },
      files: { [`${spec}/tasks.md`]: '# Implementation Plan\n\n- [ ] 1. A\n', 'a.js': '' },
      turns: [
        { tools: [{ name: 'write_file', input: { path: 'b.js', content: 'agent' } }] },
        { text: 'Done.' },
      ],
      async commands() {
        if (harness.ports.processes.runs.length === 1) await harness.core.tasks.run(`/project/${spec}`, '1');
        return 0;
      },
    });
    await harness.ports.files.writeText('/project/b.js', 'old');
    await settleHooks(harness);
    const before = commands(harness.ports).length;
    await approveAll(harness.core, `/project/${spec}`);
    assert.equal(before, 0, 'a new file is not a save');
    await save(harness, 'a.js', 'x');
    await settleHooks(harness);
    await settleHooks(harness);
    assert.deepEqual(
      harness.ports.processes.runs.map(({ env }) => env?.KIRO_HOOK_FILE),
      ['a.js', 'b.js'],
    );
    assert.equal(harness.core.hooks.lastRun(named(harness, 'test').id)?.outcome, 'passed');
  });
});
