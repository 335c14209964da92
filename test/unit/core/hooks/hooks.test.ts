// Feature: hook-engine, Property 5: A burst is one run
// Feature: hook-engine, Property 12: Consent is to exactly that
// Verifies: hook-engine#2.2, #3.1, #4.1, #4.2
import assert from 'node:assert/strict';
import { createAbsentPerson } from '../../../support/fakePerson';
import { quiet, startCore } from '../coreHarness';
import { commands, HOOKS, hookFile, named, save, settleHooks, startHooks } from './hookHarness';

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
    await startHooks([{ name: 'gone', trigger: 'PostFileDelete' }], {
      ports: harness.ports,
    });
    await harness.ports.files.writeText(
      `/project/${HOOKS}`,
      hookFile({ name: 'gone', trigger: 'PostFileDelete' }),
    );
    await quiet();
    for (const path of Object.keys(files)) harness.ports.watcher.fire({ path, kind: 'deleted' });
    await settleHooks(harness);
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
    const person = createAbsentPerson();
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
