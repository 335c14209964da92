// Feature: hook-engine, Property 6: What git brings is no edit
// Verifies: hook-engine#2.2, #2.3
/** What git brings is no edit. */
import assert from 'node:assert/strict';
import type { FileChange, FileWatcher } from '../../../../src/core/ports';
import { commands, save, settleHooks, startHooks } from './hookHarness';

describe('files that git moves', () => {
  it('fire nothing, and are shown; an edit afterwards does', async () => {
    const harness = await startHooks([{ name: 'lint', matcher: '\\.ts$' }], {
      commands: () => 0,
      files: { 'a.ts': '1', 'b.ts': '1', '.git/HEAD': 'ref: refs/heads/main', '.git/index': '' },
    });
    const { core, ports } = harness;
    await ports.clock.advance(10_000);
    await ports.files.writeText('/project/a.ts', '2');
    await ports.files.writeText('/project/b.ts', '2');
    await ports.files.writeText('/project/.git/HEAD', 'ref: refs/heads/other');
    await settleHooks(harness);
    assert.deepEqual(commands(ports), []);
    const [notice] = core.hooks.suppressed;
    assert.deepEqual([notice?.files, notice?.hooks], [['a.ts', 'b.ts'], ['lint']]);
    await ports.clock.advance(10_000);
    await save(harness, 'a.ts', '3');
    await settleHooks(harness);
    assert.deepEqual(commands(ports), ['lint']);
    assert.equal(core.hooks.suppressed.length, 1);
  });

  it('fire nothing as long as git holds its lock; one that was left behind is told, and silences nobody for ever', async () => {
    const harness = await startHooks([{ name: 'lint', matcher: '\\.ts$' }], {
      commands: () => 0,
      files: { 'a.ts': '1', '.git/HEAD': 'ref: refs/heads/main', '.git/index': '' },
    });
    const { core, ports } = harness;
    await ports.clock.advance(60_000);
    await ports.files.writeText('/project/.git/index.lock', '');
    await ports.clock.advance(5_000);
    await save(harness, 'a.ts', '2');
    await settleHooks(harness);
    assert.deepEqual(commands(ports), []);
    assert.match(core.hooks.suppressed[0]?.reason ?? '', /^Git moved these files/);

    await ports.clock.advance(120_000);
    await save(harness, 'a.ts', '3');
    await settleHooks(harness);
    assert.deepEqual(commands(ports), []);
    assert.match(
      core.hooks.suppressed[0]?.reason ?? '',
      /index\.lock has been there for 2 minutes.*delete it/,
    );

    await ports.clock.advance(600_000);
    await save(harness, 'a.ts', '4');
    await settleHooks(harness);
    assert.deepEqual(commands(ports), ['lint']);
  });

  it('nothing of node_modules ever fires, nor what is Kiro’s own unless the pattern says so', async () => {
    const files = { 'node_modules/x/a.ts': '', '.kiro/steering/a.md': '' };
    const hooks = [{ name: 'all' }, { name: 'steering', matcher: '^\\.kiro/steering/' }];
    const harness = await startHooks(hooks, { commands: () => 0, files });
    for (const path of Object.keys(files)) await save(harness, path, 'x');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['steering']);
  });

  it('nothing of what is installed fires, also where an editor tells of it', async () => {
    const listeners = new Set<(change: FileChange) => void>();
    const watcher: FileWatcher = {
      watch(_, listener) {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    };
    const paths = ['node_modules/x/a.ts', 'packages/b/node_modules/x/a.ts', '.venv/lib/a.ts', '.hg/a.ts'];
    const files = Object.fromEntries([...paths, 'src/a.ts'].map((path) => [path, '']));
    const harness = await startHooks([{ name: 'all', matcher: '.*' }], {
      commands: () => 0,
      files,
      with: { watcher },
    });
    const tell = (path: string) => {
      for (const listener of listeners) listener({ path: `/project/${path}`, kind: 'changed' });
    };
    for (const path of paths) tell(path);
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), []);
    tell('src/a.ts');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['all']);
  });

  it('a burst of hundreds of files is one run with all of them', async () => {
    const harness = await startHooks([{ name: 'all', trigger: 'PostFileCreate' }], { commands: () => 0 });
    for (let index = 0; index < 500; index++) {
      await harness.ports.files.writeText(`/project/src/${index}.ts`, 'x');
      if (index % 50 === 0 && index > 200) await harness.ports.clock.advance(100);
    }
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['all']);
    assert.equal(harness.core.hooks.runs(harness.core.hooks.all[0]?.id ?? '')[0]?.files.length, 500);
  });
});
