// Feature: hook-engine, Property 10: A run is bounded
// Verifies: hook-engine#3.5
/** Hooks that flood, never end and fork, by real processes. `EARSHOT_SOAK=1`: a hundred megabytes, hundreds of processes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createAbort } from '../../../src/core/util/abort';
import { createNodeProcesses } from '../../../src/node/nodeProcesses';
import { isRunning } from '../../../src/node/processInfo';
import { markOf, orphans } from '../../support/noOrphans';
import { startRealHooks } from '../../support/realHooks';
import { inLongRun } from '../../support/soak';
import { onTestEnd } from '../../support/testStore';
import { createWorkspace } from '../../support/workspaceBuilder';

const SOAK = process.env.EARSHOT_SOAK === '1';
const FLOOD = SOAK ? 100_000_000 : 1_000_000;
/** Bytes of the heap and of buffers, beyond what there was before. */
const MEMORY = 100e6;

async function start(command: string, timeout = 60) {
  const [workspace, elsewhere] = [createWorkspace(), createWorkspace()];
  const hooks = [{ name: 'hostile', trigger: 'Manual', timeout, action: { type: 'command', command } }];
  workspace.file('.kiro/hooks/a.json', JSON.stringify({ version: 'v1', hooks }));
  const real = await startRealHooks(workspace.root, elsewhere.path('home'));
  onTestEnd(real.close);
  const [hook] = real.hooks.all;
  assert.ok(hook);
  return { hooks: real.hooks, id: hook.id, workspace };
}

describe('a hook that means no good', function () {
  this.timeout(120_000);
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('and prints without measure is cut, says so, and leaves the program able to do other things', async () => {
    const { hooks, id } = await start(`echo first; yes flood | head -c ${FLOOD}; echo last`);
    const used = () => {
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const before = used();
    let [most, turns] = [0, 0];
    const watching = setInterval(() => {
      turns += 1;
      most = Math.max(most, used() - before);
    }, 5);
    onTestEnd(() => clearInterval(watching));
    const ran = await hooks.runNow(id);
    clearInterval(watching);
    assert.deepEqual([ran?.outcome, ran?.exitCode], ['passed', 0]);
    const kept = hooks.runs(id)[0]?.output ?? '';
    assert.match(kept, /flood\n\w*last\n$/);
    assert.ok(kept.length <= 20_000, `${kept.length} characters are kept`);
    assert.match(ran?.output ?? '', /^first\n[^…]*\n… [\d,]+ characters left out …\n/);
    assert.ok((ran?.output.length ?? 0) < 140_000);
    if (!SOAK) return;
    assert.ok(turns > 10, `only ${turns} times something else was done`);
    assert.ok(most < MEMORY, `${Math.round(most / 1e6)} MB more at the most`);
    console.log(`    ${turns} turns, ${Math.round(most / 1e6)} MB more at the most`);
  });

  inLongRun('and prints for ever is ended in its time, with what it printed last', async () => {
    const { hooks, id } = await start('yes again', 2);
    const ran = await hooks.runNow(id);
    assert.equal(ran?.outcome, 'timedOut');
    assert.match(hooks.runs(id)[0]?.output ?? '', /again\n/);
  });

  inLongRun('and forks what outlives it is ended with all of that', async () => {
    const script = `bash -c 'set -m; for i in 1 2 3; do (sleep 61; true) & echo $! >> pids; done'`;
    const { hooks, id, workspace } = await start(script);
    const ran = await hooks.runNow(id);
    assert.equal(ran?.outcome, 'passed', ran?.output);
    const pids = readFileSync(join(workspace.native, 'pids'), 'utf8').trim().split('\n').map(Number);
    assert.equal(pids.length, 3);
    assert.deepEqual(pids.filter(isRunning), []);
  });

  inLongRun('and forks and forks is stopped by hand, with hundreds of sessions of their own', async () => {
    if (process.platform !== 'linux') return;
    const suite = 'hostile-hooks';
    const processes = createNodeProcesses({
      graceMs: 300,
      environment: { ...process.env, ...markOf(suite) },
    });
    const abort = createAbort();
    const command = `trap '' TERM; i=0; while [ $i -lt 300 ]; do setsid sh -c 'trap "" TERM; sleep 61; sleep 62' & i=$((i+1)); done; wait`;
    const running = processes.run({ command, cwd: createWorkspace().root, onOutput: () => {} }, abort.signal);
    while (orphans(suite).length < 300) await delay(50);
    abort.abort(new Error('enough'));
    assert.equal((await running).outcome, 'cancelled');
    assert.deepEqual(orphans(suite), []);
  });
});
