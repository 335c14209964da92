// Feature: hook-engine, Property 9: Off is off
// Verifies: hook-engine#2.7, #4.3
import assert from 'node:assert/strict';
import { until } from '../coreHarness';
import { commands, HOOKS, hookFile, named, save, settleHooks, startHooks } from './hookHarness';

const OK = () => 0;

describe('hooks that are off', () => {
  const off: readonly [string, Parameters<typeof startHooks>[1], RegExp][] = [
    ['in a workspace that is not trusted', { trusted: false }, /restricted/],
    ['by the setting', { settings: { hooks: 'off' } }, /turned off/],
  ];
  for (const [what, options, reason] of off) {
    it(`${what}: nothing fires, and it says why`, async () => {
      const harness = await startHooks([{ name: 'lint' }], {
        commands: OK,
        files: { 'a.ts': '' },
        ...options,
      });
      await save(harness, 'a.ts', '1');
      await settleHooks(harness);
      assert.deepEqual(commands(harness.ports), []);
      assert.match(harness.core.hooks.off ?? '', reason);
      assert.equal(harness.core.hooks.all.length, 1, 'they are listed all the same');
      const run = harness.core.hooks.runNow(named(harness, 'lint').id, 'a.ts');
      if (options?.trusted === false) await assert.rejects(run, { reason: 'untrusted' });
      else assert.equal((await run)?.outcome, 'passed', 'by hand they run');
    });
  }

  it('inside Kiro: those of files are left to it; those of our sessions, which it does not see, fire', async () => {
    const harness = await startHooks(
      [
        { name: 'lint' },
        { name: 'said', trigger: 'UserPromptSubmit' },
        { name: 'spec', trigger: 'OnSpecChange' },
      ],
      {
        commands: OK,
        turns: [{ text: 'Done.' }],
        files: { 'a.ts': '' },
        settings: { hooks: 'auto' },
        hostRunsHooks: true,
      },
    );
    const { core, ports } = harness;
    for (const { id } of core.hooks.all) await core.hooks.agree(id);
    await save(harness, 'a.ts', '1');
    await save(harness, '.kiro/specs/links/requirements.md', '# Requirements\n');
    await settleHooks(harness);
    const id = await core.chats.start('/project', { text: 'please work' });
    await until(ports, () => core.sessions.get(id)?.status !== 'running');
    assert.deepEqual(commands(ports), ['spec', 'said']);
    assert.equal(core.hooks.off, undefined);
    const [would] = await core.hooks.wouldFire('/project', 'a.ts', 'PostFileSave');
    assert.match(would?.blocked ?? '', /Kiro fires hooks of files itself/);
    assert.equal((await core.hooks.runNow(named(harness, 'lint').id, 'a.ts'))?.outcome, 'passed', 'by hand');
    ports.set({ hooks: 'on' });
    await save(harness, 'a.ts', '2');
    await settleHooks(harness);
    assert.deepEqual(commands(ports).at(-1), 'lint');
    assert.equal(commands(ports).length, 4);
  });

  it('fire as soon as trust is given or the setting says so, and views hear of it', async () => {
    const harness = await startHooks([{ name: 'lint' }], {
      trusted: false,
      settings: { hooks: 'off' },
      commands: OK,
      files: { 'a.ts': '' },
    });
    let heard = 0;
    harness.core.hooks.onDidChange(() => heard++);
    harness.ports.grantTrust();
    harness.ports.set({ hooks: 'auto' });
    assert.equal(heard, 2);
    assert.equal(harness.core.hooks.off, undefined);
    await save(harness, 'a.ts', '1');
    await settleHooks(harness);
    assert.equal(commands(harness.ports).length, 1);
  });

  it('one that is disabled does not fire; enabling changes one word of its file', async () => {
    const text =
      '{\n  // ours\n  "version": "v1",\n  "hooks": [{"name": "lint", "trigger": "PostFileSave", "enabled": false, "action": {"type": "command", "command": "lint"}}]\n}\n';
    const harness = await startHooks([], { commands: OK, files: { [HOOKS]: text, 'a.ts': '' } });
    const { core, ports } = harness;
    await save(harness, 'a.ts', '1');
    await settleHooks(harness);
    assert.deepEqual(commands(ports), []);
    await core.hooks.setEnabled(named(harness, 'lint').id, true);
    assert.equal(ports.files.text(HOOKS), text.replace('false', 'true'));
    await save(harness, 'a.ts', '2');
    await settleHooks(harness);
    assert.equal(commands(ports).length, 1);
  });

  it('enabling touches no other hook when the file moved on', async () => {
    const harness = await startHooks([{ name: 'a' }, { name: 'b' }]);
    const { id } = named(harness, 'b');
    const path = `/project/${HOOKS}`;
    const moved = hookFile({ name: 'a' }, { name: 'new' }, { name: 'b' });
    const ports = harness.ports;
    const fire = ports.watcher.fire;
    Object.assign(ports.watcher, { fire: () => {} });
    await ports.files.writeText(path, moved);
    Object.assign(ports.watcher, { fire });
    await assert.rejects(harness.core.hooks.setEnabled(id, false), { reason: 'changed' });
    assert.equal(ports.files.text(HOOKS), moved);
  });
});
