// Verifies: hook-engine#3.5
/** What hooks print without measure, and what of it goes on; the processes are doubles. */
import assert from 'node:assert/strict';
import { createCommandRunner } from '../../../../src/core/hooks/runCommand';
import type { ProcessRunner } from '../../../../src/core/ports';
import { createAbort } from '../../../../src/core/util/abort';
import { createScriptedModel } from '../../../support/scriptedModel';
import { startCore, until } from '../coreHarness';
import { hookFile, named, startHooks } from './hookHarness';

const FLOOD = `first ${'x'.repeat(128_000)} last`;
const processes: ProcessRunner = {
  owner: 'o',
  isAlive: () => false,
  run: async () => ({
    exitCode: 0,
    outcome: 'exited',
    output: FLOOD,
    stdout: FLOOD,
    stderr: '',
    durationMs: 1,
  }),
};

describe('a hook that prints without measure', () => {
  it('tells the agent the beginning and the end, and that something is left out', async () => {
    const model = createScriptedModel({ answer: () => ({ text: 'Done.' }) });
    const { core, ports } = await startCore({
      model,
      answers: () => 'yes',
      files: {
        '.kiro/hooks/a.json': hookFile({ name: 'loud', trigger: 'UserPromptSubmit', command: 'loud' }),
      },
      with: { processes },
    });
    const id = await core.chats.start('/project', { text: 'Go on.' });
    await until(ports, () => core.sessions.get(id)?.status === 'done');
    const asked = JSON.stringify(model.requests[0]?.messages);
    assert.match(asked, /first x.*… [\d,]+ characters left out ….*x last/);
    assert.ok(asked.length < 22_000, `${asked.length} characters`);
  });

  it('names the files that its time did not reach', async () => {
    const harness = await startHooks([{ name: 'each', command: 'lint {{filePath}}', timeout: 60 }]);
    const slow: ProcessRunner = {
      ...processes,
      async run({ timeout = 0 }) {
        const outcome = timeout < 25_000 ? 'timedOut' : 'exited';
        return {
          exitCode: outcome === 'exited' ? 0 : undefined,
          outcome,
          output: 'linted',
          stderr: '',
          durationMs: Math.min(25_000, timeout),
        };
      },
    };
    const run = createCommandRunner({ processes: slow });
    const files = Array.from({ length: 300 }, (_, index) => `src/${index}.ts`);
    const cause = { trigger: 'PostFileSave', files, chain: [] };
    const ran = await run(named(harness, 'each'), 'lint {{filePath}}', cause, createAbort().signal);
    assert.equal(ran.outcome, 'timedOut');
    assert.match(
      ran.output,
      /linted\nIts time of 60 seconds is for all 300 files together: it ended at src\/2\.ts\. Not reached: src\/3\.ts, .*, src\/202\.ts and 97 more\.$/,
    );
  });

  it('keeps of a run for each of many files no more than of one', async () => {
    const harness = await startHooks([{ name: 'each', command: 'lint {{filePath}}' }]);
    const run = createCommandRunner({ processes });
    const files = Array.from({ length: 200 }, (_, index) => `src/${index}.ts`);
    const cause = { trigger: 'PostFileSave', files, chain: [] };
    const ran = await run(named(harness, 'each'), 'lint {{filePath}}', cause, createAbort().signal);
    assert.equal(ran.outcome, 'passed');
    assert.ok(ran.output.length < 140_000, `${ran.output.length} characters`);
    assert.ok(ran.output.startsWith('first ') && ran.output.endsWith(' last'));
  });
});
