import { readdirSync, readFileSync } from 'node:fs';

/** What `/proc/<pid>/stat` says. A zombie has ended and only waits for its parent to notice. */
export interface ProcessInfo {
  readonly state: string;
  readonly group: number;
  /** Ticks from boot to the process's start: with the pid it names one process, even after pids come round. */
  readonly started: string;
}

/** Undefined when there is no such process, or on a system without `/proc`. */
export function readProcessInfo(pid: number): ProcessInfo | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', group: Number(fields[2]), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** Is there a process with this pid that has not ended? */
export function isRunning(pid: number): boolean {
  if (!canSignal(pid)) return false;
  return readProcessInfo(pid)?.state !== 'Z';
}

/** Does any process of the group still run? Zombies do not count: in some containers nobody reaps them. */
export function isGroupRunning(group: number): boolean {
  if (!canSignal(-group)) return false;
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    const info = readProcessInfo(Number(name));
    return info?.group === group && info.state !== 'Z';
  });
}

function canSignal(target: number): boolean {
  try {
    process.kill(target, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A token that names this process: its pid and, where the system tells, when it started. */
export function ownerToken(pid: number = process.pid): string {
  const started = readProcessInfo(pid)?.started;
  return started ? `${pid}-${started}` : String(pid);
}

/** Does the process that a token names still live? */
export function isOwnerAlive(token: string): boolean {
  const [pidText = '', started] = token.split('-');
  const pid = Number(pidText);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isRunning(pid)) return false;
  const now = readProcessInfo(pid)?.started;
  return started === undefined || now === undefined || now === started;
}
