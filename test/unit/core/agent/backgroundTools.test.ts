// Feature: agent-engine, Property 2: A stop reaches everything
// Verifies: agent-engine#4.3
/** start_process, read_output and stop_process, from the model's side. */
import assert from 'node:assert/strict';
import { createRecentText } from '../../../../src/core/agent/recentText';
import {
  type BackgroundProcess,
  createBackground,
  withBackground,
} from '../../../../src/core/agent/turn/background';
import type { CommandResult, RunCommand } from '../../../../src/core/ports';
import { createAbort } from '../../../../src/core/util/abort';
import { createFakeClock, settle } from '../../../support/fakeClock';
import { createFakeProcesses } from '../../../support/fakeProcesses';
import { createMemoryFiles } from '../../../support/memoryFiles';
import { toolUser } from './toolHarness';

interface Running {
  readonly command: RunCommand;
  end(result: Partial<CommandResult>): void;
}

/** Commands that run until they are told, or stopped. */
function stage() {
  const clock = createFakeClock();
  const running: Running[] = [];
  const processes = {
    ...createFakeProcesses(),
    run: (command: RunCommand, signal?: Parameters<ReturnType<typeof createFakeProcesses>['run']>[1]) =>
      new Promise<CommandResult>((resolve) => {
        const end = (result: Partial<CommandResult>) =>
          resolve({ exitCode: 0, outcome: 'exited', output: '', stderr: '', durationMs: 1, ...result });
        running.push({ command, end });
        signal?.addEventListener('abort', () => end({ exitCode: undefined, outcome: 'cancelled' }));
      }),
  };
  const background = createBackground({ processes, clock });
  const user = toolUser(createMemoryFiles(), '/w', { processes, background });
  /** Starts one and lets the time for its first word pass. */
  async function start(command = 'serve'): Promise<string> {
    const started = user.use('start_process', { command });
    await clock.advance(1000);
    return (await started).output;
  }
  return { clock, running, background, user, start, processes };
}

describe('a command that prints a lot', () => {
  const long = Array.from({ length: 5000 }, (_, line) => `line ${line} 😀`).join('\n');

  async function ran(user: ReturnType<typeof stage>['user'], running: readonly Running[]): Promise<string> {
    const run = user.use('run_command', { command: 'build' });
    await settle();
    running.at(-1)?.end({ output: long });
    return (await run).output;
  }

  it('is told by its beginning and its end, and read on from where that was cut', async () => {
    const { user, running } = stage();
    const told = await ran(user, running);
    assert.ok(told.length < 20_200, `${told.length} characters`);
    assert.match(told, /^line 0 😀\n/);
    assert.match(told, /line 4999 😀\n\[Exit code 0\.\]$/);
    const [, head = '', , id = '', offset = ''] =
      /^([\s\S]*)\n\[(\d+) characters left out; read_output of (p\d+) from offset (\d+) shows them\]\n/.exec(
        told,
      ) ?? [];
    assert.equal(head.length, Number(offset));
    const part = await user.output('read_output', { process: id, offset: head.length });
    assert.equal(part.slice(0, 5000), long.slice(head.length, head.length + 5000));
    assert.match(part, /\[p\d+ ended with exit code 0; \d+ more characters, read on from offset \d+\]$/);
  });

  it('says so where nothing can be kept', async () => {
    const { processes, running } = stage();
    const told = await ran(toolUser(createMemoryFiles(), '/w', { processes }), running);
    assert.match(told, /characters left out; print less, or into a file\]/);
  });
});

describe('processes in the background', () => {
  it('are asked about like any command, and say how they stand', async () => {
    const { user, start, running } = stage();
    const { question } = await user.prepare('start_process', { command: 'npm start' });
    assert.deepEqual([question?.subject, question?.capability], ['npm start', 'run']);
    assert.equal(running.length, 0, 'nothing runs before the answer');
    assert.equal(await start(), 'Started p1.\n[p1 runs; read up to 0]');
    running[0]?.command.onOutput?.('listening\n');
    assert.equal(await user.output('read_output', { process: 'p1' }), 'listening\n[p1 runs; read up to 10]');
    running[0]?.command.onOutput?.('request\n');
    assert.equal(await user.output('read_output', { process: 'p1' }), 'request\n[p1 runs; read up to 18]');
    assert.equal(
      await user.output('read_output', { process: 'p1', offset: 0 }),
      'listening\nrequest\n[p1 runs; read up to 18]',
    );
    assert.equal(await user.output('stop_process', { process: 'p1' }), '[p1 was stopped; read up to 18]');
  });

  it('tell at once of a command that ends at once', async () => {
    const { user, running } = stage();
    const started = user.use('start_process', { command: 'serve' });
    await settle();
    running[0]?.command.onOutput?.('port in use\n');
    running[0]?.end({ exitCode: 1 });
    await settle();
    assert.match((await started).output, /^Started p1\.\nport in use\n\[p1 (runs|ended with exit code 1); /);
    assert.equal(
      await user.output('read_output', { process: 'p1' }),
      '[p1 ended with exit code 1; read up to 12]',
    );
  });

  it('are waited for: for output, for the end, or for as long as was asked', async () => {
    const { user, start, running, clock } = stage();
    await start();
    const read = () => user.output('read_output', { process: 'p1', waitSeconds: 30 });
    const heard = read();
    await settle();
    running[0]?.command.onOutput?.('ready');
    assert.match(await heard, /^ready\n\[p1 runs/);
    const nothing = read();
    await clock.advance(30_000);
    assert.match(await nothing, /^\[p1 runs/);
    const ended = read();
    await settle();
    running[0]?.end({ exitCode: 3 });
    assert.match(await ended, /^\[p1 ended with exit code 3/);
    assert.equal(clock.waiting, 0);
  });

  it('stop being waited for when the session is stopped', async () => {
    const { user, start, clock } = stage();
    await start();
    const abort = createAbort();
    const reading = (await user.prepare('read_output', { process: 'p1', waitSeconds: 30 })).perform(
      abort.signal,
    );
    abort.abort(new Error('stopped'));
    await assert.rejects(reading, /stopped/);
    assert.equal(clock.waiting, 0);
  });

  it('give much output in parts that join without a gap', async () => {
    const { user, start, running } = stage();
    await start();
    const text = Array.from({ length: 5000 }, (_, index) => `line ${index}.`).join(' ');
    running[0]?.command.onOutput?.(text);
    let seen = '';
    for (let more = true; more; ) {
      const part = await user.output('read_output', { process: 'p1' });
      assert.ok(part.length < 21_000);
      more = /more characters, read on from offset \d+\]$/.test(part);
      seen += part.slice(0, part.lastIndexOf('\n['));
    }
    assert.equal(seen.replace(/\s/g, ''), text.replace(/\s/g, ''));
  });

  it('keep the end of endless output, and say what is gone', async () => {
    const { user, start, running } = stage();
    await start();
    const chunk = 'x'.repeat(100_000);
    for (let megabytes = 0; megabytes < 100; megabytes += 0.1) running[0]?.command.onOutput?.(chunk);
    running[0]?.command.onOutput?.('the end');
    const part = await user.output('read_output', { process: 'p1', offset: 5 });
    assert.match(part, /^\[output before \d+ is no longer kept\]\nx/);
    assert.ok(part.length < 21_000);
  });

  it('are refused beyond eight, and under a name that is not theirs', async () => {
    const { user, start, running } = stage();
    assert.match(await user.refusal('read_output', { process: 'p1' }), /no process p1\. None was started/);
    for (let count = 0; count < 8; count++) await start();
    assert.match(
      await user.refusal('start_process', { command: 'x' }),
      /p1, p2, .*p8 run already\. Stop one/,
    );
    assert.match(await user.refusal('stop_process', { process: 'server' }), /There are p1, p2,/);
    await user.output('stop_process', { process: 'p1' });
    assert.match(await start(), /^Started p9/);
    assert.equal(running.length, 9);
  });

  it('have all ended when the work is over, however it ended', async () => {
    const { processes, clock } = stage();
    let started: readonly BackgroundProcess[] = [];
    const work = withBackground({ processes, clock }, async (background) => {
      started = [background.start('a', '/w'), background.start('b', '/w')];
      throw new Error('failed');
    });
    await assert.rejects(work, /failed/);
    assert.deepEqual(
      started.map(({ result }) => result?.outcome),
      ['cancelled', 'cancelled'],
    );
  });

  it('are not offered where a conversation has none', async () => {
    const { refusal } = toolUser(createMemoryFiles());
    assert.match(await refusal('start_process', { command: 'x' }), /Use run_command/);
  });
});

describe('a text of which the end is kept', () => {
  it('never gives half a character', () => {
    const recent = createRecentText(100);
    recent.add('a😀b');
    const first = recent.read(0, 2);
    assert.deepEqual([first.text, first.more], ['a', 3]);
    assert.equal(recent.read(first.end, 10).text, '😀b');
  });
});
