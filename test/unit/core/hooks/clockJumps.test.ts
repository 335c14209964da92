// Feature: hook-engine, Property 14: A clock that is set holds no hook back
// Verifies: hook-engine#2.11, #2.12, #3.8
/** Hooks on a machine whose clock is set, or that sleeps. */
import assert from 'node:assert/strict';
import type { Harness } from '../coreHarness';
import { commands, save, settleHooks, startHooks } from './hookHarness';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const timed = (schedule: string) => ({ name: 'timed', trigger: 'OnSchedule', schedule, command: 'look' });

/** As many minutes pass while the machine is awake. */
async function pass(harness: Harness, minutes: number): Promise<number> {
  await harness.ports.clock.advance(minutes * MINUTE);
  await settleHooks(harness);
  return commands(harness.ports).length;
}

describe('a hook on a schedule', () => {
  it('fires at its time of the day, also when the machine has slept before', async () => {
    const harness = await startHooks([timed('09:00')]);
    harness.ports.clock.sleep(8 * HOUR);
    assert.equal(await pass(harness, 55), 0);
    assert.equal(await pass(harness, 6), 1);
  });

  it('fires once when the machine wakes, where its time passed in its sleep', async () => {
    for (const schedule of ['09:00', '30m']) {
      const harness = await startHooks([timed(schedule)]);
      await pass(harness, 1);
      harness.ports.clock.sleep(58 * HOUR);
      assert.equal(await pass(harness, 2), 1, schedule);
      assert.equal(await pass(harness, 20), 1, schedule);
    }
  });

  it('does not wait longer because the clock is put back, and does not fire twice for it', async () => {
    const often = await startHooks([timed('30m')]);
    assert.equal(await pass(often, 29), 0);
    often.ports.clock.jump(-24 * HOUR);
    assert.equal(await pass(often, 31), 1);

    const daily = await startHooks([timed('09:00')]);
    assert.equal(await pass(daily, 9 * 60), 1);
    daily.ports.clock.jump(-10_000);
    assert.equal(await pass(daily, 60), 1, 'the same morning');
    daily.ports.clock.jump(-24 * HOUR);
    assert.equal(await pass(daily, 22 * 60), 1);
    assert.equal(await pass(daily, 2 * 60), 2, 'the next one');
  });
});

describe('a hook for files', () => {
  it('fires in the middle of what does not end, also when the clock is put back', async () => {
    const harness = await startHooks([{ name: 'lint', matcher: '\\.ts$' }], { commands: () => 0 });
    const { ports } = harness;
    await ports.files.writeText('/project/a.ts', '0');
    ports.clock.jump(-HOUR);
    for (let round = 0; round < 30; round++) {
      await ports.files.writeText('/project/a.ts', String(round));
      await ports.clock.advance(100);
    }
    assert.ok(commands(ports).length > 0, 'within a second or two');
  });

  it('fires for an edit after a commit, also when the clock is put back between them', async () => {
    const harness = await startHooks([{ name: 'lint', matcher: '\\.ts$' }], {
      commands: () => 0,
      files: { 'a.ts': '1', '.git/HEAD': 'ref: refs/heads/main', '.git/index': '' },
    });
    const { core, ports } = harness;
    await ports.clock.advance(10_000);
    await ports.files.writeText('/project/.git/index', 'committed');
    await settleHooks(harness);
    ports.clock.jump(-HOUR);
    await save(harness, 'a.ts', '2');
    await settleHooks(harness);
    assert.deepEqual(core.hooks.suppressed, []);
    assert.deepEqual(commands(ports), ['lint']);
  });

  it('has its whole time for what it runs, also when the machine sleeps in the middle', async () => {
    const harness: Harness = await startHooks(
      [{ name: 'lint', matcher: '\\.ts$', command: 'lint {{filePath}}', timeout: 60 }],
      {
        files: { 'a.ts': '0', 'b.ts': '0' },
        commands() {
          harness.ports.clock.sleep(8 * HOUR);
          return { exitCode: 0, durationMs: 20_000 };
        },
      },
    );
    const { ports } = harness;
    await ports.files.writeText('/project/a.ts', '1');
    await ports.files.writeText('/project/b.ts', '1');
    await settleHooks(harness);
    assert.deepEqual(
      ports.processes.runs.map(({ timeout }) => timeout),
      [60_000, 40_000],
    );
  });
});
