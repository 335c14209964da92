import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../../src/core/agent/tools/runCommand';
import type { ProcessRunner, SandboxSettings } from '../../../../src/core/ports';
import { createNodeProcesses } from '../../../../src/node/nodeProcesses';
import {
  createSandbox,
  type SandboxOptions,
  type SandboxRuntime,
} from '../../../../src/node/sandbox/sandbox';
import { createSandboxedProcesses } from '../../../../src/node/sandbox/sandboxedProcesses';
import { createMemoryFiles } from '../../../support/memoryFiles';

/** A library that works, and what it was told. */
function fakeRuntime(change: Partial<SandboxRuntime> = {}) {
  const calls: string[] = [];
  const runtime: SandboxRuntime = {
    isSupportedPlatform: () => true,
    checkDependencies: () => ({ errors: [] }),
    async initialize({ network }) {
      calls.push(`initialize ${network.allowedDomains.join()}`);
    },
    wrapWithSandbox: async (command) => `sandboxed ${command}`,
    async reset() {
      calls.push('reset');
    },
    ...change,
  };
  return { calls, runtime };
}

function sandboxOf(change: Partial<SandboxRuntime> = {}, options: Partial<SandboxOptions> = {}) {
  const { calls, runtime } = fakeRuntime(change);
  let settings: SandboxSettings = { mode: 'whenAvailable', hosts: [] };
  let loaded = 0;
  const sandbox = createSandbox({
    settings: () => settings,
    platform: 'linux',
    load: async () => {
      loaded++;
      return runtime;
    },
    attempt: async () => undefined,
    ...options,
  });
  return { sandbox, calls, set: (next: SandboxSettings) => (settings = next), loaded: () => loaded };
}

describe('the sandbox of commands', () => {
  it('is not even loaded while nobody wants it', async () => {
    const { sandbox, set, loaded } = sandboxOf();
    set({ mode: 'off', hosts: [] });
    assert.deepEqual(await sandbox.state(), { kind: 'off' });
    assert.equal(loaded(), 0);
  });

  it('says why there is none: the system, what is missing, what is switched off', async () => {
    const whyOf = async (change: Partial<SandboxRuntime>, options: Partial<SandboxOptions> = {}) => {
      const state = await sandboxOf(change, options).sandbox.state();
      return state.kind === 'unavailable' ? state.why : state.kind;
    };
    assert.match(await whyOf({}, { platform: 'win32' }), /Windows has no sandbox/);
    assert.match(
      await whyOf({ checkDependencies: () => ({ errors: ['socat not installed'] }) }),
      /socat not installed\. Install/,
    );
    assert.match(
      await whyOf({}, { attempt: async () => 'bwrap: No permissions to create new namespace' }),
      /does not allow it \(bwrap: No permissions.*User namespaces/,
    );
    assert.match(
      await whyOf({
        async initialize() {
          throw new Error('no port is free');
        },
      }),
      /could not be started \(no port is free\)/,
    );
  });

  it('is tried once, and again when other hosts may be reached', async () => {
    const { sandbox, calls, set } = sandboxOf();
    await Promise.all([sandbox.state(), sandbox.state(), sandbox.wrap('ls', '/w')]);
    set({ mode: 'required', hosts: ['registry.npmjs.org'] });
    assert.deepEqual(await sandbox.state(), { kind: 'on', hosts: ['registry.npmjs.org'] });
    await sandbox.dispose();
    assert.deepEqual(calls, ['initialize ', 'reset', 'initialize registry.npmjs.org', 'reset']);
  });

  function runner(sandbox: ReturnType<typeof createSandbox>) {
    const ran: string[] = [];
    const inner: ProcessRunner = {
      owner: 'o',
      isAlive: () => true,
      async run({ command }) {
        ran.push(command);
        return { exitCode: 0, outcome: 'exited', output: '', stderr: '', durationMs: 1 };
      },
    };
    return { ran, processes: createSandboxedProcesses(inner, sandbox) };
  }

  it('takes the agent’s commands, and no others', async () => {
    const { ran, processes } = runner(sandboxOf().sandbox);
    await processes.run({ command: 'a', cwd: '/w', sandboxed: true });
    await processes.run({ command: 'b', cwd: '/w' });
    assert.deepEqual(ran, ['sandboxed a', 'b']);
  });

  it('that fails for one command does not let it run outside', async () => {
    const failing = sandboxOf({
      async wrapWithSandbox(command) {
        if (command === 'true') return command;
        throw new Error('too long');
      },
    });
    const { ran, processes } = runner(failing.sandbox);
    const result = await processes.run({ command: 'a', cwd: '/w', sandboxed: true });
    assert.deepEqual([ran, result.outcome], [[], 'notStarted']);
    assert.match(result.output, /was not run.*too long/);
  });

  it('that is required and is none lets nothing run; otherwise the question says why it is none', async () => {
    const none = sandboxOf({}, { platform: 'win32' });
    const { ran, processes } = runner(none.sandbox);
    const context = { root: '/w', files: createMemoryFiles(), processes, onOutput() {}, onWrite() {} };
    const prepare = () => runCommand.prepare({ command: 'make' }, context);
    assert.match((await prepare()).question?.where ?? '', /not sandboxed, because Windows has no sandbox/);
    none.set({ mode: 'required', hosts: [] });
    await assert.rejects(prepare(), /in a sandbox only, and there is none: Windows/);
    const result = await processes.run({ command: 'make', cwd: '/w', sandboxed: true });
    assert.deepEqual([ran, result.outcome], [[], 'notStarted']);
    none.set({ mode: 'off', hosts: [] });
    assert.equal((await prepare()).question?.where, 'the workspace folder, not sandboxed');
  });
});

describe('the sandbox of this machine', function () {
  this.timeout(60_000);
  const sandbox = createSandbox({ settings: () => ({ mode: 'whenAvailable', hosts: [] }) });
  after(() => sandbox.dispose());

  it('is there and holds, or says why it is not', async () => {
    const state = await sandbox.state();
    if (state.kind === 'unavailable') {
      assert.notEqual(state.why, '');
      await assert.rejects(sandbox.wrap('true', '/'), /There is no sandbox/);
      return;
    }
    assert.equal(state.kind, 'on');
    // Not in the system's temporary folder, which may be open to all.
    const base = await mkdtemp(join(homedir(), '.earshot-sandbox-test-'));
    try {
      const root = join(base, 'w');
      await mkdir(join(root, '.kiro'), { recursive: true });
      const processes = createSandboxedProcesses(createNodeProcesses(), sandbox);
      const run = (command: string) =>
        processes.run({ command, cwd: root, sandboxed: true, timeout: 20_000 });
      const inside = await run('echo text > a && cat a');
      assert.equal(inside.output, 'text\n');
      assert.equal(await readFile(join(root, 'a'), 'utf8'), 'text\n');
      assert.notEqual((await run('echo x > ../b')).exitCode, 0);
      assert.notEqual((await run('ln -s .. up && echo x > up/c')).exitCode, 0, 'also through a link');
      assert.notEqual((await run('echo x > .kiro/d')).exitCode, 0);
      for (const path of ['b', 'c', 'w/.kiro/d']) assert.equal(existsSync(join(base, path)), false, path);
      const reach =
        "node -e \"require('net').connect(9, '127.0.0.1').on('error', (e) => { console.log(e.code); process.exit(3) })\"";
      assert.equal((await run(reach)).exitCode, 3, 'this machine’s own servers are not there either');
      const ended = await processes.run({ command: 'sleep 30', cwd: root, sandboxed: true, timeout: 200 });
      assert.equal(ended.outcome, 'timedOut');
    } finally {
      execFileSync('rm', ['-rf', base]);
    }
  });
});
