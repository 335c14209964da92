import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** Environment to give a child: `undefined` removes a variable. */
export type Env = Record<string, string | undefined>;

/** `base` with `changes` applied; the result holds no undefined values. */
export function withEnv(base: Env, changes: Env = {}): Record<string, string> {
  const merged = { ...base, ...changes };
  return Object.fromEntries(Object.entries(merged).filter((e): e is [string, string] => e[1] !== undefined));
}

/**
 * Runs a program to its end and returns what it printed on stdout.
 * @throws Error naming the command, with the end of its output, when it does not end with code 0.
 */
export function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<string> {
  return new Promise((done, fail) => {
    const spawnOptions: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'], detached: true };
    if (options.cwd) spawnOptions.cwd = options.cwd;
    if (options.env) spawnOptions.env = options.env;
    const child = spawn(command, args, spawnOptions);
    const untrack = trackGroup(child);
    let stdout = '';
    let all = '';
    let timedOut = false;
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk;
      all += chunk;
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      all += chunk;
    });
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child, 'SIGKILL');
    }, options.timeoutMs ?? 600_000);
    const end = () => {
      clearTimeout(timer);
      untrack();
    };
    child.on('error', (error) => {
      end();
      fail(new Error(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      end();
      if (code === 0) return done(stdout);
      const how = timedOut ? 'took too long' : `ended with ${code ?? signal}`;
      fail(new Error(`${command} ${args.slice(0, 4).join(' ')} ${how}:\n${all.slice(-3000)}`));
    });
  });
}

/** Sends `signal` to a detached child and everything it started. A group that is already gone is no error. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended: that is what was wanted.
  }
}

const groups = new Set<ChildProcess>();
let hooked = false;

/**
 * Remembers a detached child so that it ends with this process, however this process ends
 * (a detached group does not get the terminal's Ctrl+C). Returns a function that forgets it.
 */
export function trackGroup(child: ChildProcess): () => void {
  groups.add(child);
  if (!hooked) {
    hooked = true;
    process.on('exit', () => {
      for (const each of groups) killGroup(each, 'SIGKILL');
    });
  }
  return () => groups.delete(child);
}

/** Ends a detached group: politely first, by force after `graceMs`. Resolves when its leader has ended. */
export async function endGroup(child: ChildProcess, graceMs = 3000): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    killGroup(child, 'SIGTERM');
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  }
  // The leader may leave children behind (extension hosts, language servers).
  killGroup(child, 'SIGKILL');
  groups.delete(child);
}

/**
 * Calls `stop` once on the first SIGINT or SIGTERM, then exits with 128 + the signal's number.
 * A second signal exits at once.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const handle = (signal: NodeJS.Signals) => {
    const code = signal === 'SIGINT' ? 130 : 143;
    if (stopping) process.exit(code);
    stopping = true;
    stop().then(
      () => process.exit(code),
      () => process.exit(code),
    );
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
}
