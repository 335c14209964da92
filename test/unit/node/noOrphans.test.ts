import assert from 'node:assert/strict';
import { createAbort } from '../../../src/core/util/abort';
import { createNodeProcesses } from '../../../src/node/nodeProcesses';
import { markOf, orphans } from '../../support/noOrphans';

describe('the search for processes that are left', () => {
  it('finds a command and its children while they run, and none when they were ended', async () => {
    if (process.platform !== 'linux') return;
    const suite = 'of-this-test';
    const abort = createAbort();
    const processes = createNodeProcesses({
      graceMs: 200,
      environment: { ...process.env, ...markOf(suite) },
    });
    const run = processes.run(
      { command: 'sleep 61 & sleep 62', cwd: process.cwd(), onOutput: () => {} },
      abort.signal,
    );
    while (orphans(suite).filter(({ command }) => command.startsWith('sleep')).length < 2)
      await new Promise((resolve) => setTimeout(resolve, 10));
    abort.abort(new Error('enough'));
    await run;
    assert.deepEqual(orphans(suite), []);
  });
});
