import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Cancelled, createAbort } from '../../../src/core/util/abort';
import { createNodeProcesses } from '../../../src/node/nodeProcesses';
import { isRunning } from '../../../src/node/processInfo';
import { createWorkspace, type Workspace } from '../../support/workspaceBuilder';

const processes = createNodeProcesses({ graceMs: 300 });
const node = JSON.stringify(process.execPath);

/** Waits for a file that a command writes. */
async function pidIn(workspace: Workspace, file: string): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const text = existsSync(`${workspace.native}/${file}`)
      ? readFileSync(`${workspace.native}/${file}`, 'utf8')
      : '';
    if (text.trim() !== '') return Number(text);
    await delay(10);
  }
  throw new Error(`${file} was never written`);
}

describe('nodeProcesses', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  let workspace: Workspace;
  beforeEach(() => {
    workspace = createWorkspace();
  });
  const run = (command: string, more: object = {}) =>
    processes.run({ command, cwd: workspace.root, ...more });

  it('tells the exit code, both streams in order, and standard error by itself', async () => {
    const heard: string[] = [];
    const result = await run('echo out; echo err >&2; exit 3', {
      onOutput: (text: string) => heard.push(text),
    });
    assert.equal(result.exitCode, 3);
    assert.equal(result.outcome, 'exited');
    assert.equal(result.stderr, 'err\n');
    assert.deepEqual([...result.output.trim().split('\n')].sort(), ['err', 'out']);
    assert.equal(heard.join(''), result.output);
  });

  it('survives a listener that throws', async () => {
    const onOutput = (): void => {
      throw new Error('listener');
    };
    assert.equal((await run('echo a', { onOutput })).output, 'a\n');
  });

  it('does not know an exit code of a command that a signal ended', async () => {
    const result = await run('kill -9 $$');
    assert.equal(result.exitCode, undefined);
    assert.equal(result.outcome, 'exited');
  });

  it('says why a command could not be started', async () => {
    const result = await processes.run({ command: 'echo a', cwd: workspace.path('none') });
    assert.equal(result.outcome, 'notStarted');
    assert.match(result.output, /none/);
  });

  it('gives the text on standard input, or an end at once', async () => {
    assert.equal((await run('cat', { stdin: 'grüße' })).output, 'grüße');
    assert.equal((await run('cat')).output, '');
    assert.equal((await run('exit 0', { stdin: 'x'.repeat(1_000_000) })).exitCode, 0);
  });

  it('ends a command that takes too long, with its children, however deaf', async () => {
    const script = `trap '' TERM; (trap '' TERM; echo $$ > /dev/null; sh -c 'trap "" TERM; echo $$ > grandchild; while :; do sleep 1; done') & wait`;
    const result = await run(script, { timeout: 300 });
    assert.equal(result.outcome, 'timedOut');
    assert.equal(result.exitCode, undefined);
    assert.equal(isRunning(await pidIn(workspace, 'grandchild')), false);
  });

  it('ends a command that is cancelled, with its children', async () => {
    const abort = createAbort();
    const running = processes.run(
      { command: 'sleep 60 & echo $! > child; wait', cwd: workspace.root },
      abort.signal,
    );
    const child = await pidIn(workspace, 'child');
    abort.abort(new Cancelled());
    const result = await running;
    assert.equal(result.outcome, 'cancelled');
    assert.equal(result.exitCode, undefined);
    assert.equal(isRunning(child), false);
  });

  it('does not start what is cancelled already', async () => {
    const abort = createAbort();
    abort.abort(new Cancelled());
    const result = await processes.run({ command: 'touch made', cwd: workspace.root }, abort.signal);
    assert.equal(result.outcome, 'cancelled');
    assert.equal(existsSync(`${workspace.native}/made`), false);
  });

  it('ends what a command leaves running behind', async () => {
    const result = await run('sleep 60 & echo $! > child; exit 0');
    assert.equal(result.exitCode, 0);
    assert.equal(isRunning(await pidIn(workspace, 'child')), false);
    assert.ok(result.durationMs < 1500, `${result.durationMs} ms`);
  });

  it('ends what it leaves behind in a group of its own, as a shell with job control does', async function () {
    if (process.platform !== 'linux') return this.skip();
    const result = await run(`bash -c 'set -m; sleep 60 & echo $! > child'`);
    assert.equal(result.exitCode, 0, result.output);
    assert.equal(isRunning(await pidIn(workspace, 'child')), false);
  });

  it('ends, when it takes too long, also children in sessions of their own, however deaf', async function () {
    if (process.platform !== 'linux') return this.skip();
    const script = `setsid sh -c 'trap "" TERM; echo $$ > child; while :; do sleep 1; done' & wait`;
    const result = await run(script, { timeout: 300 });
    assert.equal(result.outcome, 'timedOut');
    assert.equal(isRunning(await pidIn(workspace, 'child')), false);
  });

  it('does not wait for a process of another group that holds the pipe', async () => {
    // A session of its own: signals to the group do not reach it.
    const code = `const c = require('node:child_process').spawn('sleep', ['3'], { detached: true, stdio: 'inherit' }); c.unref(); console.log(c.pid)`;
    const result = await run(`${node} -e ${JSON.stringify(code)}`);
    const pid = Number(result.output);
    assert.equal(result.exitCode, 0);
    assert.ok(result.durationMs < 2000, `${result.durationMs} ms`);
    process.kill(pid, 'SIGKILL');
  });

  it('keeps the beginning and the end of a long output', async () => {
    const result = await run(`${node} -e "for (let i = 0; i < 60000; i++) console.log('line ' + i)"`);
    assert.match(result.output, /^line 0\n/);
    assert.match(result.output, /line 59999\n$/);
    assert.match(result.output, /\n… [\d,]+ characters left out …\n/);
    assert.ok(result.output.length < 132_000);
  });

  it('decodes characters that the pipe cuts in two', async () => {
    const code = `const b = Buffer.from('a🙂ü'); let i = 0; (function next() { if (i < b.length) { process.stdout.write(b.subarray(i, ++i)); setTimeout(next, 10); } })()`;
    assert.equal((await run(`${node} -e ${JSON.stringify(code)}`)).output, 'a🙂ü');
  });

  it('passes on the environment without secrets', async () => {
    const runner = createNodeProcesses({
      environment: {
        PATH: process.env.PATH,
        KEPT: 'yes',
        ANTHROPIC_API_KEY: 'sk-ant-secret',
        ANTHROPIC_AUTH_TOKEN: 'token-secret',
        EARSHOT_HOME: '/secret',
        EARSHOT_API_KEY: 'other-secret',
        ELECTRON_RUN_AS_NODE: '1',
      },
    });
    const { output } = await runner.run({ command: 'env', cwd: workspace.root, env: { ADDED: 'too' } });
    assert.match(output, /^KEPT=yes$/m);
    assert.match(output, /^ADDED=too$/m);
    assert.doesNotMatch(output, /secret|EARSHOT|ELECTRON/);
  });

  it('lends its own Node where there is none, and only there', async () => {
    const nodeFallback = `${workspace.native}/it's here`;
    const poor = createNodeProcesses({ environment: { PATH: '/nowhere' }, nodeFallback });
    const lent = await poor.run({ command: 'node -p "process.execPath"', cwd: workspace.root });
    assert.equal(lent.output.trim(), process.execPath);
    assert.ok(existsSync(`${nodeFallback}/node`));

    const rich = createNodeProcesses({
      environment: process.env,
      nodeFallback: `${workspace.native}/unused`,
    });
    const path = await rich.run({ command: 'echo $PATH', cwd: workspace.root });
    assert.doesNotMatch(path.output, /unused/);
    assert.equal(existsSync(`${workspace.native}/unused`), false);
  });

  it('knows whether the owner of a log still lives', async () => {
    assert.equal(processes.isAlive(processes.owner), true);
    const [pid] = processes.owner.split('-');
    if (process.platform === 'linux') assert.equal(processes.isAlive(`${pid}-1`), false);
    const { output } = await run('echo $$');
    assert.equal(processes.isAlive(output.trim()), false);
    for (const token of ['', 'x', '-5', '0']) assert.equal(processes.isAlive(token), false);
  });
});
