import assert from 'node:assert/strict';
import type { Person } from '../../../../src/core/ports';
import { createFakePerson } from '../../../support/fakePerson';
import { createTestPorts } from '../../../support/testPorts';
import { HOME, latest, quiet, startCore, until } from '../coreHarness';
import { commands, HOOKS, hookFile, named, save, settleHooks, startHooks } from './hookHarness';

const forever = new Promise<never>(() => {});
const OK = () => 0;

describe('what fires a hook', () => {
  it('a file that is created, saved or deleted and that its pattern fits', async () => {
    const harness = await startHooks(
      [
        { name: 'created', trigger: 'PostFileCreate', matcher: '\\.ts$' },
        { name: 'saved', trigger: 'PostFileSave', matcher: '\\.ts$' },
        { name: 'deleted', trigger: 'PostFileDelete', matcher: '\\.ts$' },
        { name: 'stop', trigger: 'Stop' },
        { name: 'manual', trigger: 'Manual' },
      ],
      { commands: OK },
    );
    const { ports } = harness;
    const steps: readonly [() => Promise<void>, string[]][] = [
      [() => save(harness, 'a.ts', '1'), ['created']],
      [() => save(harness, 'a.ts', '2'), ['saved']],
      [() => save(harness, 'a.js', '1'), []],
      [() => ports.files.remove('/project/a.ts'), ['deleted']],
      [() => save(harness, '.kiro/specs/x/a.ts', '1'), []],
    ];
    let before = 0;
    for (const [step, expected] of steps) {
      await step();
      await settleHooks(harness);
      assert.deepEqual(commands(ports).slice(before), expected);
      before = commands(ports).length;
    }
  });

  it('what is saved together is one run, with the list of files', async () => {
    const files = { 'a.ts': '', 'b.ts': '', 'c.md': '' };
    const harness = await startHooks([{ name: 'lint', matcher: '\\.ts$' }], { commands: OK, files });
    for (const name of ['b.ts', 'a.ts', 'c.md', 'a.ts'])
      await harness.ports.files.writeText(`/project/${name}`, `${name}!`);
    await settleHooks(harness);
    assert.equal(commands(harness.ports).length, 1);
    const [run] = harness.ports.processes.runs;
    const event = JSON.parse(run?.stdin ?? '');
    assert.deepEqual(event.file_paths, ['b.ts', 'a.ts']);
    assert.deepEqual(
      [event.hook_event_name, event.cwd, event.file_path],
      ['PostFileSave', '/project', 'b.ts'],
    );
    assert.deepEqual(JSON.parse(run?.env?.USER_PROMPT ?? ''), event);
    assert.equal(run?.env?.KIRO_HOOK_FILE, 'b.ts');
    assert.equal(run?.timeout, 60_000);
    assert.deepEqual(harness.core.hooks.lastRun(named(harness, 'lint').id)?.files, ['b.ts', 'a.ts']);
  });

  it('a command that names its file runs for each of them', async () => {
    const files = { 'a.ts': '', 'b c.ts': '' };
    const harness = await startHooks([{ name: 'fmt', command: 'fmt "{{filePath}}"' }], {
      files,
      commands: ({ command }) => (command.includes('b c') ? 3 : 0),
    });
    for (const name of Object.keys(files)) await harness.ports.files.writeText(`/project/${name}`, 'x');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['fmt "a.ts"', 'fmt "b c.ts"']);
    const run = harness.core.hooks.lastRun(named(harness, 'fmt').id);
    assert.deepEqual([run?.outcome, run?.exitCode], ['failed', 3]);
  });

  it('a name that no quoting makes safe is said, and the command does not run', async () => {
    const harness = await startHooks([{ name: 'echo', command: 'sh -c "echo {{filePath}}"' }], {
      commands: OK,
      files: { '$(x).ts': '' },
    });
    await save(harness, '$(x).ts', '1');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), []);
    const run = harness.core.hooks.lastRun(named(harness, 'echo').id);
    assert.equal(run?.outcome, 'failed');
    assert.match(run?.output ?? '', /KIRO_HOOK_FILE/);
  });

  it('thousands of files do not make an environment that no system takes', async () => {
    const harness = await startHooks([{ name: 'lint' }], { commands: OK });
    const names = Array.from({ length: 2000 }, (_, index) => `some/folder/file-${index}.ts`);
    const files = Object.fromEntries(names.map((name) => [`/project/${name}`, '']));
    for (const path of Object.keys(files)) harness.ports.watcher.fire({ path, kind: 'deleted' });
    const { core } = await startHooks([{ name: 'gone', trigger: 'PostFileDelete' }], {
      ports: harness.ports,
    });
    await harness.ports.files.writeText(
      `/project/${HOOKS}`,
      hookFile({ name: 'gone', trigger: 'PostFileDelete' }),
    );
    await quiet();
    for (const path of Object.keys(files)) harness.ports.watcher.fire({ path, kind: 'deleted' });
    await settleHooks({ core, ports: harness.ports });
    const run = harness.ports.processes.runs.at(-1);
    assert.ok((run?.env?.USER_PROMPT?.length ?? Number.POSITIVE_INFINITY) < 100_000);
    assert.equal(JSON.parse(run?.stdin ?? '').file_paths.length, 2000);
  });

  it('not what came and went, nor folders, nor typing', async () => {
    const harness = await startHooks(
      [
        { name: 'new', trigger: 'PostFileCreate' },
        { name: 'gone', trigger: 'PostFileDelete' },
        { name: 'saved' },
      ],
      {
        commands: OK,
        files: { 'src/a.ts': '' },
      },
    );
    await save(harness, '.a.swp', 'x');
    await harness.ports.files.remove('/project/.a.swp');
    harness.ports.watcher.fire({ path: '/project/src', kind: 'created' });
    harness.ports.watcher.fire({ path: '/project/src/a.ts', kind: 'edited' });
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), []);
  });

  it('a file that never rests does not keep the others waiting', async () => {
    const harness = await startHooks([{ name: 'lint' }], {
      commands: OK,
      files: { 'a.ts': '', 'log.txt': '' },
    });
    await save(harness, 'a.ts', '1');
    for (let round = 0; round < 30; round++) {
      await harness.ports.clock.advance(100);
      if (commands(harness.ports).length === 0)
        await harness.ports.files.writeText('/project/log.txt', String(round));
    }
    assert.ok(commands(harness.ports).length > 0);
  });
});

describe('consent', () => {
  it('is asked once for exactly what runs; a changed hook asks again', async () => {
    const harness = await startHooks([{ name: 'lint', command: 'npm run lint' }], {
      commands: OK,
      files: { 'a.ts': '' },
    });
    const { core, ports } = harness;
    assert.equal(core.hooks.isAgreed(named(harness, 'lint').id), false);
    for (const text of ['1', '2']) {
      await save(harness, 'a.ts', text);
      await settleHooks(harness);
    }
    assert.equal(ports.person.questions.length, 1);
    assert.match(ports.person.questions[0]?.detail ?? '', /npm run lint/);
    assert.equal(core.hooks.isAgreed(named(harness, 'lint').id), true);
    await ports.files.writeText(
      `/project/${HOOKS}`,
      hookFile({ name: 'lint', command: 'npm run lint; curl evil.example' }),
    );
    await quiet();
    assert.equal(core.hooks.isAgreed(named(harness, 'lint').id), false);
    await save(harness, 'a.ts', '3');
    await settleHooks(harness);
    assert.equal(ports.person.questions.length, 2);
    assert.match(ports.person.questions[1]?.detail ?? '', /evil\.example/);
    assert.equal(commands(ports).length, 3);

    const { core: later } = await startCore({ ports });
    assert.equal(later.hooks.isAgreed(named(harness, 'lint').id), true, 'it is kept');
  });

  it('a no is not asked for at every save; the person can still say yes', async () => {
    const harness = await startHooks([{ name: 'lint' }], {
      commands: OK,
      answers: [undefined, 'yes'],
      files: { 'a.ts': '' },
    });
    for (const text of ['1', '2', '3']) {
      await save(harness, 'a.ts', text);
      await settleHooks(harness);
    }
    assert.equal(harness.ports.person.questions.length, 1);
    assert.deepEqual(commands(harness.ports), []);
    assert.equal(await harness.core.hooks.agree(named(harness, 'lint').id), true);
    await save(harness, 'a.ts', '4');
    await settleHooks(harness);
    assert.equal(commands(harness.ports).length, 1);
  });

  it('saves while the person is asked are one question and one run', async () => {
    let answer: (id: string) => void = () => {};
    const answers = () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      });
    const harness = await startHooks([{ name: 'lint' }], {
      commands: OK,
      answers,
      files: { 'a.ts': '', 'b.ts': '' },
    });
    await save(harness, 'a.ts', '1');
    await settleHooks(harness);
    await save(harness, 'b.ts', '1');
    await settleHooks(harness);
    assert.equal(harness.ports.person.questions.length, 1);
    assert.equal(harness.core.hooks.isRunning(named(harness, 'lint').id), false);
    answer('yes');
    await settleHooks(harness);
    assert.deepEqual(
      harness.ports.processes.runs.map(({ env }) => env?.KIRO_HOOK_FILE),
      ['a.ts', 'b.ts'],
    );
    assert.equal(harness.ports.person.questions.length, 1);
  });

  it('given in one folder of a workspace does not count in another', async () => {
    const files = {
      [HOOKS]: hookFile({ name: 'lint' }),
      '/other/.kiro/hooks/a.json': hookFile({ name: 'lint' }),
      '/other/a.ts': '',
      'a.ts': '',
    };
    const harness = await startCore({ roots: ['/project', '/other'], files, commands: OK, answers: ['yes'] });
    await save(harness, 'a.ts', '1');
    await settleHooks(harness);
    assert.equal(commands(harness.ports).length, 1);
    await harness.ports.files.writeText('/other/a.ts', '1');
    await settleHooks(harness);
    assert.equal(harness.ports.person.questions.length, 2);
    assert.equal(commands(harness.ports).length, 1);
  });

  it('headless: only what was agreed to before', async () => {
    const person: Person = { ...createFakePerson(), present: false };
    const harness = await startHooks([{ name: 'lint' }], {
      commands: OK,
      files: { 'a.ts': '' },
      with: { person },
    });
    await save(harness, 'a.ts', '1');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), []);
    await harness.core.consents.grant('hook', '/project', named(harness, 'lint').content);
    const again = await startCore({ ports: harness.ports });
    harness.core.dispose();
    await save(again, 'a.ts', '2');
    await settleHooks(again);
    assert.equal(commands(again.ports).length, 1);
  });
});

describe('hooks that are off', () => {
  const off: readonly [string, Parameters<typeof startHooks>[1], RegExp][] = [
    ['in a workspace that is not trusted', { trusted: false }, /restricted/],
    ['by the setting', { settings: { hooks: 'off' } }, /turned off/],
    ['where Kiro runs them', { settings: { hooks: 'auto' }, hostRunsHooks: true }, /Kiro runs these/],
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
    assert.deepEqual(names(), []);
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
    await harness.ports.files.appendText(log, '{"hook":7}\nnull\n{"torn');
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

  it('of an agent without a model says what is missing', async () => {
    const harness = await startHooks([{ name: 'notes', prompt: 'Keep notes.' }]);
    const run = await harness.core.hooks.runNow(named(harness, 'notes').id);
    assert.deepEqual([run?.outcome, run?.output], ['failed', 'No API key is set.']);
  });
});
