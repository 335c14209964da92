// Verifies: hook-engine#2.2, #2.10
/** What happens in folders that were just made, as the editor's own watchers tell of it; hooks, processes and disk are real. */
import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fromNativePath } from '../../src/node/nativePath';
import { createWatcher } from '../../src/vscode/adapters/watcher';
import { type RealHooks, startRealHooks } from '../support/realHooks';
import { eventually, workspaceRoot } from './support';

const FILES = 500;

describe('a hook on files in folders that were just made', () => {
  const folder = path.join(workspaceRoot(), 'host-new-folders');
  const sources = path.join(folder, 'deep', 'in', 'src');
  let home = '';
  let real: RealHooks | undefined;

  before(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'earshot-new-folders-'));
    mkdirSync(path.join(folder, '.kiro', 'hooks'), { recursive: true });
    const hooks = [
      {
        name: 'all',
        trigger: 'PostFileCreate',
        matcher: '\\.ts$',
        action: { type: 'command', command: 'true' },
      },
    ];
    writeFileSync(path.join(folder, '.kiro', 'hooks', 'a.json'), JSON.stringify({ version: 'v1', hooks }));
    real = await startRealHooks(fromNativePath(folder), fromNativePath(home), createWatcher());
  });

  after(async () => {
    await real?.close();
    for (const each of [folder, home]) rmSync(each, { recursive: true, force: true });
  });

  function filesOfRuns(): readonly (readonly string[])[] {
    const [hook] = real?.hooks.all ?? [];
    return hook ? (real?.hooks.runs(hook.id) ?? []).map(({ files }) => files) : [];
  }

  it('hears of what was written with its folders at once', async () => {
    mkdirSync(sources, { recursive: true });
    writeFileSync(path.join(sources, 'first.ts'), '');
    await eventually('the run', () => filesOfRuns().flat().includes('deep/in/src/first.ts'));
  });

  it('hears of each of hundreds of files once, in one run or, on a slow machine, a few', async () => {
    const names = Array.from({ length: FILES }, (_, file) => `deep/in/src/${file}.ts`);
    for (const name of names) writeFileSync(path.join(folder, name), name);
    const heard = () =>
      filesOfRuns()
        .flat()
        .filter((file) => !file.endsWith('/first.ts'));
    await eventually('all files', () => heard().length >= FILES);
    await real?.hooks.settled();
    assert.deepEqual([...heard()].sort(), [...names].sort());
    assert.ok(filesOfRuns().length <= 4, `${filesOfRuns().length} runs`);
    assert.deepEqual(real?.hooks.dropped, []);
  });
});
