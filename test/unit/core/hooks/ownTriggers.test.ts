/** What fires hooks beyond Kiro's triggers, beside sessions and tasks. */
import assert from 'node:assert/strict';
import type { Harness } from '../coreHarness';
import { commands, HOOKS, hookFile, save, settleHooks, startHooks } from './hookHarness';

const SPEC = '.kiro/specs/links/requirements.md';
const LOG = '.git/logs/HEAD';
const WHO = 'Ada <ada@example.org> 1700000000 +0000';

describe('a hook', () => {
  it('fires when a document of a spec changes, and for no other file', async () => {
    const harness = await startHooks([{ name: 'changed', trigger: 'OnSpecChange', command: 'look' }]);
    await save(harness, 'src/a.ts', 'x');
    await save(harness, '.kiro/steering/tech.md', 'x');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), []);
    await save(harness, SPEC, '# Requirements\n');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['look']);
    // A document that goes is not one that changes: nothing is promised of it.
    await harness.ports.files.remove(`/project/${SPEC}`);
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['look']);
    const [run] = harness.ports.processes.runs;
    assert.equal(JSON.parse(run?.stdin ?? '{}').hook_event_name, 'OnSpecChange');
  });

  it('fires at each commit, with its words, and not for those that were there before or for a checkout', async () => {
    const first = `${'0'.repeat(40)} ${'a'.repeat(40)} ${WHO}\tcommit (initial): Begin\n`;
    const harness = await startHooks(
      [{ name: 'commit', trigger: 'OnGitCommit', matcher: '^Add', command: 'look' }],
      { files: { [LOG]: first } },
    );
    await harness.ports.clock.advance(10_000);
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), []);
    const checkout = `${'a'.repeat(40)} ${'b'.repeat(40)} ${WHO}\tcheckout: moving from main to other\n`;
    const fix = `${'b'.repeat(40)} ${'c'.repeat(40)} ${WHO}\tcommit: Fix it\n`;
    const add = `${'c'.repeat(40)} ${'d'.repeat(40)} ${WHO}\tcommit: Add links\n`;
    await save(harness, LOG, first + checkout + fix + add);
    await harness.ports.clock.advance(10_000);
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['look']);
    assert.equal(JSON.parse(harness.ports.processes.runs[0]?.stdin ?? '{}').message, 'Add links');
  });

  it('does not fire for what it committed itself', async () => {
    const line = (message: string) => `${'0'.repeat(40)} ${'a'.repeat(40)} ${WHO}\tcommit: ${message}\n`;
    const harness: Harness = await startHooks([{ name: 'commit', trigger: 'OnGitCommit', command: 'tag' }], {
      files: { [LOG]: line('One') },
      commands: () => {
        void harness.ports.files.appendLines(`/project/${LOG}`, line('Its own'));
        return 0;
      },
    });
    await harness.ports.files.appendLines(`/project/${LOG}`, line('Two'));
    for (let round = 0; round < 5; round++) {
      await harness.ports.clock.advance(4000);
      await settleHooks(harness);
    }
    assert.deepEqual(commands(harness.ports), ['tag']);
  });

  it('fires on its schedule, again and again, until it is changed or switched off', async () => {
    const every = { name: 'timed', trigger: 'OnSchedule', schedule: '2m', command: 'look' };
    const harness = await startHooks([every]);
    const pass = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) await harness.ports.clock.advance(60_000);
      await settleHooks(harness);
    };
    await pass(1);
    assert.deepEqual(commands(harness.ports), []);
    await pass(4);
    assert.deepEqual(commands(harness.ports), ['look', 'look']);
    await save(harness, HOOKS, hookFile({ ...every, enabled: false }));
    await pass(6);
    assert.deepEqual(commands(harness.ports), ['look', 'look']);
  });
});
