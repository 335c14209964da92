// Feature: hook-engine, Property 7: Chains end
// Verifies: hook-engine#2.4, #2.5, #2.8, #2.9
/** What a hook leads to where nobody sees who writes: it is held back after a few runs, with words. */
import assert from 'node:assert/strict';
import { createFakeMcp } from '../../../support/fakeMcp';
import type { ModelTurn } from '../../../support/scriptedModel';
import { createTestPorts } from '../../../support/testPorts';
import { type Harness, startCore } from '../coreHarness';
import { commands, HOOKS, hookFile, named, save, settleHooks, startHooks } from './hookHarness';

async function change({ ports }: Harness, path: string): Promise<void> {
  await ports.clock.advance(5);
  await ports.files.writeText(`/project/${path}`, `${ports.files.text(path) ?? ''}!`);
}

async function rest(harness: Harness): Promise<void> {
  for (let round = 0; round < 8; round++) await settleHooks(harness);
}

/** A hook that leaves something behind that writes when it has ended, as a daemon that formats does. */
async function withDaemon(hooks: readonly string[], next: (command: string) => string): Promise<Harness> {
  const harness: Harness = await startHooks(
    hooks.map((name) => ({ name, matcher: `^${name}$` })),
    {
      files: Object.fromEntries(hooks.map((name) => [name, ''])),
      commands({ command }) {
        harness.ports.clock.after(300, () => void change(harness, next(command)));
        return 0;
      },
    },
  );
  return harness;
}

describe('a hook that starts itself in a way that nobody sees', () => {
  it('is held back after a few runs, which the view says; the next save fires it again', async () => {
    const harness = await withDaemon(['a'], () => 'a');
    await save(harness, 'a', 'go');
    await rest(harness);
    assert.equal(commands(harness.ports).length, 4);
    const [notice] = harness.core.hooks.dropped;
    assert.deepEqual([notice?.files, notice?.hooks], [['a'], ['a']]);
    assert.match(notice?.reason ?? '', /ran 4 times in a row/);
    await save(harness, 'a', 'again');
    await settleHooks(harness);
    assert.ok(commands(harness.ports).length > 4);
  });

  it('over another hook, too', async () => {
    const harness = await withDaemon(['a', 'b'], (command) => (command === 'a' ? 'b' : 'a'));
    await save(harness, 'a', 'go');
    await rest(harness);
    assert.ok(commands(harness.ports).length <= 8, `${commands(harness.ports).length} runs`);
    assert.match(harness.core.hooks.dropped[0]?.reason ?? '', /in a row/);
  });

  it('by the tool of a server, is known to be the writer', async () => {
    const edits: ModelTurn = { tools: [{ name: 'disk__edit', input: {} }] };
    const answers = Array.from({ length: 6 }, () => [edits, { text: 'Done.' }]).flat();
    const harness: Harness = await startHooks([{ name: 'agent', prompt: 'Tidy.' }], {
      settings: { autonomy: 'autopilot' },
      files: {
        'a.ts': 'x',
        '.kiro/settings/mcp.json': JSON.stringify({ mcpServers: { disk: { command: 'disk' } } }),
      },
      turns: answers,
      answers: ({ answers: [first] }) => first?.id,
      with: {
        mcp: createFakeMcp({
          disk: {
            tools: ['edit'],
            async call() {
              await change(harness, 'a.ts');
              await harness.ports.clock.advance(1000);
              return 'written';
            },
          },
        }),
      },
    });
    await save(harness, 'a.ts', 'y');
    await rest(harness);
    assert.equal(harness.ports.files.text('a.ts'), 'y!');
    assert.equal(harness.core.sessions.known.length, 1);
    assert.equal(harness.core.hooks.lastRun(named(harness, 'agent').id)?.outcome, 'passed');
    assert.deepEqual(harness.core.hooks.dropped, []);
  });
});

describe('a burst of files', () => {
  it('is looked at in slices, so that others come to their turn', async () => {
    const ports = createTestPorts({
      files: { [HOOKS]: hookFile({ name: 'all', trigger: 'PostFileCreate' }) },
      answers: () => 'yes',
      commands: () => 0,
    });
    let [now, most] = [0, 0];
    const files = {
      ...ports.files,
      async stat(path: string) {
        most = Math.max(most, ++now);
        await new Promise(setImmediate);
        now--;
        return ports.files.stat(path);
      },
    };
    const harness = await startCore({ ports: { ...ports, files } });
    for (let file = 0; file < 2_000; file++) await ports.files.writeText(`/project/src/${file}.ts`, '');
    for (let round = 0; round < 20 && commands(ports).length === 0; round++) await settleHooks(harness);
    assert.deepEqual(commands(ports), ['all']);
    assert.ok(most <= 400, `${most} at once`);
  });
});

describe('files that wait for a running hook', () => {
  it('are no more than it can take; the view says what was dropped', async () => {
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    const harness = await startHooks([{ name: 'slow', trigger: 'PostFileCreate', prompt: 'Look.' }], {
      turns: [{ text: 'Done.', hold }, { text: 'Done.' }],
    });
    await save(harness, 'first.ts', '');
    await settleHooks(harness);
    for (let file = 0; file < 21_000; file++) {
      harness.ports.watcher.fire({ path: `/project/src/${file}.ts`, kind: 'created' });
      await harness.ports.files.writeText(`/project/src/${file}.ts`, '');
      if (file % 10_000 === 0) await settleHooks(harness);
    }
    await rest(harness);
    const [notice] = harness.core.hooks.dropped;
    assert.match(notice?.reason ?? '', /^More than 20,?000 files wait/);
    assert.deepEqual(notice?.hooks, ['slow']);
    release();
    await settleHooks(harness);
    const [last] = harness.core.hooks.runs(named(harness, 'slow').id);
    assert.equal(last?.files.length, 20_000);
  });
});
