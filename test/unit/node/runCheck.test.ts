import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { runCheck } from '../../../src/core/tasks/evidence/runCheck';
import { Cancelled, createAbort } from '../../../src/core/util/abort';
import { createNodeProcesses } from '../../../src/node/nodeProcesses';

const processes = createNodeProcesses({ graceMs: 100 });
const check = (command: string, options: Parameters<typeof runCheck>[3] = {}) =>
  runCheck({ processes }, { kind: 'test', command, source: 'package.json' }, tmpdir(), options);

describe('a check that', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('passes tells its tests, whatever colours it has', async () => {
    const heard: string[] = [];
    const command = `printf '\\033[32m  3 passing\\033[0m (5ms)\\n'`;
    const { outcome, tests, tail } = await check(command, { onOutput: (text) => heard.push(text) });
    assert.deepEqual(
      [outcome, tests, tail],
      ['passed', { passed: 3, failed: 0, skipped: 0 }, '  3 passing (5ms)'],
    );
    assert.match(heard.join(''), /3 passing/);
  });

  it('never ends is ended, with its children', async () => {
    const { outcome, why } = await check('(while true; do echo x; sleep 0.01; done) & wait', {
      timeout: 300,
    });
    assert.equal(outcome, 'timedOut');
    assert.match(why ?? '', /did not end within .* and was ended/);
  });

  it('wants a terminal or an answer gets none', async () => {
    assert.equal((await check('test -t 0')).outcome, 'failed');
    assert.equal((await check('read answer')).outcome, 'failed');
  });

  it('is killed, by its child or by itself, is told as that', async () => {
    for (const command of ['sh -c "kill -9 \\$PPID"; echo over', 'kill -9 $$']) {
      const { outcome, exitCode, why } = await check(command);
      assert.deepEqual([outcome, exitCode], ['failed', undefined]);
      assert.match(why ?? '', /ended by something else/);
    }
  });

  it('ends well with tests that fail, as behind a pipe, has failed; one that must fail is met by that', async () => {
    const red = `(printf '  3 passing (5ms)\\n  1 failing\\n\\n  1) expires:\\n'; exit 1)`;
    const { outcome, exitCode, tests } = await check(`${red} | tail -20`);
    assert.deepEqual([outcome, exitCode, tests?.failed], ['failed', 0, 1]);
    assert.equal((await check(`! ${red}`)).outcome, 'passed');
  });

  it('is not installed is told as that', async () => {
    const { outcome, why } = await check('no-such-program-of-ours');
    assert.equal(outcome, 'failed');
    assert.match(why ?? '', /not installed/);
  });

  it('prints without measure leaves its end', async () => {
    const { outcome, tail, tests } = await check(
      `node -e "for (let i = 0; i < 60000; i++) console.log('line of output ' + i); console.log('  7 passing (1s)')"`,
    );
    assert.deepEqual([outcome, tests?.passed], ['passed', 7]);
    assert.ok(tail.length <= 4000 && tail.endsWith('7 passing (1s)'));
  }).timeout(20_000);

  it('leaves a process behind does not keep anybody waiting', async () => {
    const { outcome } = await check('(sleep 30 &) ; echo done');
    assert.equal(outcome, 'passed');
  });

  it('is cancelled says nothing at all', async () => {
    const abort = createAbort();
    const running = check('sleep 30', { signal: abort.signal });
    abort.abort(new Cancelled());
    await assert.rejects(running, Cancelled);
  });
});
