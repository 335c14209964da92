import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { isGroupRunning } from './processInfo';

const POLL_MS = 15;
/** After SIGKILL only a process stuck in the kernel remains: waiting longer for it would not help. */
const KILL_WAIT_MS = 1000;

/**
 * Ends the child's whole group: SIGTERM, `graceMs` to comply, SIGKILL. Resolves when nothing of it runs (at
 * once when nothing did) or when the system would not end it. Windows: `taskkill` on the tree.
 */
export async function endProcessGroup(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') return taskkill(child);
  const group = child.pid;
  if (!isGroupRunning(group)) return;
  signalGroup(group, 'SIGTERM');
  if (await groupEnds(group, graceMs)) return;
  signalGroup(group, 'SIGKILL');
  await groupEnds(group, KILL_WAIT_MS);
}

const living = new Set<number>();

/** Ends the child's group when this process exits without having waited for it. @returns to be called when it is over */
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
  for (const group of living) signalGroup(group, 'SIGKILL');
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It ended in between.
  }
}

async function groupEnds(group: number, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (!isGroupRunning(group)) return true;
    await delay(POLL_MS);
  }
  return !isGroupRunning(group);
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
