import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, leftOf, type ProcessInfo } from './processInfo';

const POLL_MS = 15;
/** After SIGKILL only a process stuck in the kernel remains: waiting longer for it would not help. */
const KILL_WAIT_MS = 1000;

/**
 * Ends the child with all that it started: SIGTERM, `graceMs` to comply, SIGKILL. Resolves when nothing of it runs (at
 * once when nothing did) or when the system would not end it. Windows: `taskkill` on the tree.
 */
export async function endProcessGroup(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') return taskkill(child);
  const leader = child.pid;
  // Nobody gets a number that a group or session has: whoever has it now came after all of them ended.
  if ((child.exitCode !== null || child.signalCode !== null) && isRunning(leader)) return;
  const sessions = new Set<number>();
  if (leftOf(leader, sessions).length === 0) return;
  const held = hold(leader, sessions);
  signalAll(leader, held, 'SIGTERM');
  signalAll(leader, held, 'SIGCONT');
  if (await allEnd(leader, sessions, graceMs)) return;
  hold(leader, sessions);
  await allEnd(leader, sessions, KILL_WAIT_MS, 'SIGKILL');
}

const living = new Set<number>();

/** Ends the child with all that it started when this process exits without having waited for it. @returns to be called when it is over */
export function endAtExit({ pid }: ChildProcess): () => void {
  if (pid === undefined || process.platform === 'win32') return () => {};
  if (living.size === 0) process.once('exit', endLiving);
  living.add(pid);
  return () => {
    living.delete(pid);
    if (living.size === 0) process.off('exit', endLiving);
  };
}

/** Nothing can be waited for any more. */
function endLiving(): void {
  for (const leader of living) signalAll(leader, leftOf(leader), 'SIGKILL');
}

function signalAll(leader: number, left: readonly ProcessInfo[], signal: NodeJS.Signals): void {
  const others = left.filter(({ group }) => group !== leader).map(({ pid }) => pid);
  // All of the group at once: one by one they could fork faster.
  for (const each of others.length < left.length ? [-leader, ...others] : others)
    try {
      process.kill(each, signal);
    } catch {
      // It ended in between.
    }
}

const MOST_ROUNDS = 50;

/** Stops all, so that nobody forks while they are counted: one that is born meanwhile is found by its parent. */
function hold(leader: number, sessions: Set<number>): readonly ProcessInfo[] {
  const held = new Map<number, ProcessInfo>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const born = leftOf(leader, sessions).filter(({ pid }) => !held.has(pid));
    if (born.length === 0) break;
    signalAll(leader, born, 'SIGSTOP');
    for (const each of born) held.set(each.pid, each);
  }
  return [...held.values()];
}

/** @param signal what is sent, again and again, to those that are left */
async function allEnd(
  leader: number,
  sessions: Set<number>,
  ms: number,
  signal?: NodeJS.Signals,
): Promise<boolean> {
  for (const end = Date.now() + ms; ; await delay(POLL_MS)) {
    const left = leftOf(leader, sessions);
    if (left.length === 0) return true;
    if (Date.now() >= end) return false;
    if (signal !== undefined) signalAll(leader, left, signal);
  }
}

async function taskkill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const killer = spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], {
    stdio: 'ignore',
    windowsHide: true,
  });
  await new Promise<void>((resolve) => {
    killer.once('error', () => {
      child.kill();
      resolve();
    });
    killer.once('close', () => resolve());
  });
}
