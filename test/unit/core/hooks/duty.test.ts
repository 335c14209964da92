// Feature: hook-engine, Property 8: One window fires
// Verifies: hook-engine#2.6
/** Two windows, or a window and a terminal, at one folder. */
import assert from 'node:assert/strict';
import { createCore } from '../../../../src/core';
import { createHome } from '../../../../src/core/home';
import { createDuty } from '../../../../src/core/hooks/duty';
import type { FileSystem } from '../../../../src/core/ports';
import { createFakeProcesses } from '../../../support/fakeProcesses';
import { createTestPorts } from '../../../support/testPorts';
import { own } from '../../../support/testStore';
import { type Harness, HOME, quiet } from '../coreHarness';
import { commands, HOOKS, hookFile, save, settleHooks, startHooks } from './hookHarness';

const LOG = '.git/logs/HEAD';
const line = (message: string) =>
  `${'0'.repeat(40)} ${'a'.repeat(40)} Ada <a@b.c> 1700000000 +0000\tcommit: ${message}\n`;
const ALL = [
  { name: 'timed', trigger: 'OnSchedule', schedule: '5m' },
  { name: 'commit', trigger: 'OnGitCommit' },
  { name: 'lint', matcher: '\\.ts$' },
];

/** The same folder, disk and clock in another process; both live. */
async function second({ ports }: Harness, isCommand = false) {
  const processes = { ...createFakeProcesses(() => 0), owner: 'other', isAlive: () => true };
  ports.processes.alive.add('other');
  const core = own(
    createCore({ ...ports, processes }, { roots: ['/project'], home: HOME, hostRunsHooks: false, isCommand }),
  );
  await Promise.all([core.specs.ready, core.hooks.ready]);
  for (const { id } of core.hooks.all) await core.hooks.agree(id);
  return { core, ran: () => processes.runs.map(({ command }) => command) };
}

async function everything(harness: Harness): Promise<void> {
  await harness.ports.files.appendLines(`/project/${LOG}`, line('More'));
  for (let minute = 0; minute < 6; minute++) await harness.ports.clock.advance(60_000);
  await save(harness, 'a.ts', `${harness.ports.clock.now()}`);
  await settleHooks(harness);
}

const locks = ({ ports }: Harness) =>
  Object.keys(ports.files.snapshot()).filter((path) => path.endsWith('/hooks.owner'));

const start = () => startHooks(ALL, { commands: () => 0, files: { [LOG]: line('One'), 'a.ts': '' } });

describe('hooks of a folder that is open twice', () => {
  it('fire once, in the window that came first, and in the other when that is gone', async () => {
    const first = await start();
    const other = await second(first);
    await everything(first);
    assert.deepEqual([...commands(first.ports)].sort(), ['commit', 'lint', 'timed']);
    assert.deepEqual(other.ran(), []);
    first.core.dispose();
    await quiet();
    await everything(first);
    assert.deepEqual([...other.ran()].sort(), ['commit', 'lint', 'timed']);
    assert.equal(commands(first.ports).length, 3);
  });

  it('are for one of two windows that begin at the same moment', async () => {
    const { files, hasher } = createTestPorts();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: FileSystem = {
      ...files,
      async writeText(path, text) {
        await held;
        await files.writeText(path, text);
      },
    };
    const home = createHome(HOME, hasher);
    const [one, two] = [
      createDuty(slow, { owner: 'one', isAlive: () => true }, home, false),
      createDuty(files, { owner: 'two', isAlive: () => true }, home, false),
    ];
    const both = Promise.all([one.isOurs('/project'), two.isOurs('/project')]);
    await quiet();
    release();
    assert.equal((await both).filter(Boolean).length, 1);
  });

  it('fire in the other window when the first was killed', async () => {
    const first = await start();
    // The lock of one that lives no more.
    const [lock] = locks(first);
    assert.ok(lock);
    await first.ports.files.writeText(lock, 'dead\n');
    await everything(first);
    assert.deepEqual([...commands(first.ports)].sort(), ['commit', 'lint', 'timed']);
  });

  it('are left to the window by a command', async () => {
    const first = await start();
    const command = await second(first, true);
    await command.core.hooks.heard('/project', { path: '/project/a.ts', kind: 'changed' });
    await everything(first);
    assert.deepEqual([...commands(first.ports)].sort(), ['commit', 'lint', 'timed']);
    assert.deepEqual(command.ran(), []);
  });

  it('fire in a window whose hooks are turned on when the other turns them off', async () => {
    const first = await start();
    const other = await second(first);
    first.ports.set({ hooks: 'off' });
    await quiet();
    // Settings are those of both here.
    assert.deepEqual(locks(first), []);
    first.ports.set({ hooks: 'on' });
    await quiet();
    await save(first, HOOKS, hookFile(...ALL));
    await everything(first);
    assert.equal([...commands(first.ports), ...other.ran()].filter((each) => each === 'lint').length, 1);
  });
});
