import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { CommandResult, ProcessRunner, RunCommand } from '../core/ports';
import type { AbortSignal } from '../core/util/abort';
import { createCappedText } from '../core/util/cappedText';
import { childEnvironment } from './childEnvironment';
import { toNativePath } from './nativePath';
import { ensureNodeShim, hasNode } from './nodeShim';
import { endAtExit, endProcessGroup } from './processGroup';
import { isOwnerAlive, ownerToken } from './processInfo';

export interface NodeProcessesOptions {
  /** A folder of ours for a `node` command, used where none is on PATH. */
  readonly nodeFallback?: string;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** For output that is still in the pipe when the command has exited. */
const DRAIN_MS = 200;

/** The `ProcessRunner` port: a shell for each command, in a process group of its own. */
export function createNodeProcesses(options: NodeProcessesOptions = {}): ProcessRunner {
  const { nodeFallback, graceMs = 2000, environment = process.env } = options;
  let shim: Promise<string | undefined> | undefined;

  async function fallbackFolder(): Promise<string | undefined> {
    if (nodeFallback === undefined || (await hasNode(environment))) return undefined;
    // Without the shim a command that needs `node` says so itself.
    return ensureNodeShim(nodeFallback).then(
      () => nodeFallback,
      () => undefined,
    );
  }

  return {
    owner: ownerToken(),
    isAlive: isOwnerAlive,
    async run(command, signal) {
      shim ??= fallbackFolder();
      const env = childEnvironment(environment, command.env, await shim);
      if (signal?.aborted) return notRun('cancelled', '');
      return runCommand(command, env, graceMs, signal);
    },
  };
}

function notRun(outcome: CommandResult['outcome'], stderr: string): CommandResult {
  return { exitCode: undefined, outcome, output: stderr, stderr, durationMs: 0 };
}

function start(command: RunCommand, env: Record<string, string>): ChildProcess | Error {
  const options: SpawnOptions = {
    cwd: toNativePath(command.cwd),
    env,
    shell: true,
    // A group of its own on POSIX; on Windows it would only open a console window.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: [command.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  };
  try {
    return spawn(command.command, options);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function runCommand(
  command: RunCommand,
  env: Record<string, string>,
  graceMs: number,
  signal: AbortSignal | undefined,
): Promise<CommandResult> {
  const started = performance.now();
  const child = start(command, env);
  if (child instanceof Error) return Promise.resolve(notRun('notStarted', child.message));

  const output = createCappedText();
  const stderr = createCappedText();
  const stdout = createCappedText();
  const closed = collectOutput(child, command, output, { stdout, stderr });
  feed(child, command.stdin);
  const isOver = endAtExit(child);

  return new Promise((resolve) => {
    let ending: Promise<void> | undefined;

    function finish(outcome: CommandResult['outcome'], exitCode?: number | null): void {
      isOver();
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      const durationMs = Math.round(performance.now() - started);
      resolve({
        exitCode: exitCode ?? undefined,
        outcome,
        output: output.toString(),
        stderr: stderr.toString(),
        stdout: stdout.toString(),
        durationMs,
      });
    }

    /** Whichever comes first decides: a cancellation after the exit cannot change what the command did. */
    function end(outcome: CommandResult['outcome'], exitCode?: number | null): void {
      if (ending) return;
      ending = endProcessGroup(child as ChildProcess, graceMs)
        .then(() => drained(child as ChildProcess, closed))
        .then(() => finish(outcome, exitCode));
    }
    const cancel = (): void => end('cancelled');
    signal?.addEventListener('abort', cancel, { once: true });
    const timer =
      command.timeout === undefined ? undefined : setTimeout(() => end('timedOut'), command.timeout);

    child.once('exit', (code) => end('exited', code));
    child.once('error', (error) => {
      if (child.pid !== undefined) return;
      const text = `The command could not be started in ${command.cwd}: ${error.message}`;
      output.add(text);
      stderr.add(text);
      finish('notStarted');
    });
  });
}

/** Resolves when both pipes have ended. */
function collectOutput(
  child: ChildProcess,
  command: RunCommand,
  output: { add(text: string): void },
  own: Readonly<Record<'stdout' | 'stderr', { add(text: string): void }>>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  function listen(stream: NodeJS.ReadableStream | null, also: { add(text: string): void }): void {
    const decoder = new StringDecoder('utf8');
    function emit(text: string): void {
      if (text === '') return;
      output.add(text);
      also.add(text);
      try {
        command.onOutput?.(text);
      } catch {
        // A listener's failure is not the command's.
      }
    }
    stream?.on('data', (chunk: Buffer) => emit(decoder.write(chunk)));
    stream?.on('end', () => emit(decoder.end()));
    stream?.on('error', () => {});
  }
  listen(child.stdout, own.stdout);
  listen(child.stderr, own.stderr);
  return closed;
}

function feed(child: ChildProcess, text: string | undefined): void {
  if (text === undefined || !child.stdin) return;
  // A command that does not read its input closes the pipe: no failure of ours.
  child.stdin.on('error', () => {});
  child.stdin.end(text, 'utf8');
}

/** A process that left the group may hold the pipes for ever: what came until shortly after the exit counts. */
async function drained(child: ChildProcess, closed: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DRAIN_MS);
  });
  await Promise.race([closed, enough]);
  clearTimeout(timer);
  child.stdout?.destroy();
  child.stderr?.destroy();
}
