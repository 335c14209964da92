// Verifies: hook-engine#2.2
/** A burst of files over the real disk and watcher. `EARSHOT_SOAK=1`: ten thousand of them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { startRealHooks } from '../../support/realHooks';
import { onTestEnd } from '../../support/testStore';
import { createWorkspace } from '../../support/workspaceBuilder';

const FILES = process.env.EARSHOT_SOAK === '1' ? 10_000 : 300;
const FOLDERS = 20;
/** Bytes of the heap, beyond what there was before. */
const MEMORY = 150e6;

describe('a storm of files', function () {
  this.timeout(120_000);

  it('is one run with all of them, and leaves the program able to answer', async () => {
    const [workspace, elsewhere] = [createWorkspace(), createWorkspace()];
    const told = join(elsewhere.native, 'told.jsonl');
    const command = `cat >> '${told}'; echo >> '${told}'`;
    workspace.file(
      '.kiro/hooks/a.json',
      JSON.stringify({
        version: 'v1',
        hooks: [
          {
            name: 'all',
            trigger: 'PostFileCreate',
            matcher: '\\.ts$',
            action: { type: 'command', command },
          },
        ],
      }),
    );
    for (let folder = 0; folder < FOLDERS; folder++) workspace.folder(`src/${folder}`);
    const { hooks, close } = await startRealHooks(workspace.root, elsewhere.path('home'));
    onTestEnd(close);
    const heap = process.memoryUsage().heapUsed;
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed - heap);
    }, 20);
    onTestEnd(() => clearInterval(watching));

    for (let file = 0; file < FILES; file++) {
      writeFileSync(join(workspace.native, 'src', `${file % FOLDERS}`, `${file}.ts`), `${file}\n`);
      // It has to listen meanwhile: the system forgets what nobody hears.
      if (file % 500 === 499) await nextTurn();
    }
    const [hook] = hooks.all;
    assert.ok(hook);
    const [stalls, written] = [monitorEventLoopDelay({ resolution: 5 }), performance.now()];
    stalls.enable();
    for (let round = 0; round < 3000 && hooks.runs(hook.id).length === 0; round++) await delay(20);
    stalls.disable();
    const [longest, whole] = [stalls.max / 1e6, performance.now() - written];
    // What came too late for it would be a second one.
    await delay(500);
    const events = existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n') : [];
    assert.equal(events.length, 1);
    const { file_paths } = JSON.parse(events[0] ?? '');
    assert.equal(file_paths.length, FILES);
    assert.equal(new Set(file_paths).size, FILES);
    assert.deepEqual(hooks.dropped, []);
    assert.ok(most < MEMORY, `${Math.round(most / 1e6)} MB more at the most`);
    if (process.env.EARSHOT_SOAK !== '1') return;
    // Where the machine is busy, both take longer.
    assert.ok(longest < whole / 2, `nothing else was come to for ${longest} of ${whole} ms`);
    console.log(
      `    ${Math.round(most / 1e6)} MB more at the most; nothing else for ${Math.round(longest)} of ${Math.round(whole)} ms`,
    );
  });
});
