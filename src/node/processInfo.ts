import { readdirSync, readFileSync } from 'node:fs';

/** What `/proc/<pid>/stat` says. A zombie has ended and only waits for its parent to notice. */
export interface ProcessInfo {
  readonly pid: number;
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Ticks from boot to the process's start: with the pid it names one process, even after pids come round. */
  readonly started: string;
}

/** Undefined when there is no such process, or on a system without `/proc`. */
export function readProcessInfo(pid: number): ProcessInfo | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [parent = 0, group = 0, session = 0] = fields.slice(1, 4).map(Number);
    return { pid, state: fields[0] ?? '', parent, group, session, started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** Is there a process with this pid that has not ended? */
export function isRunning(pid: number): boolean {
  if (!canSignal(pid)) return false;
  return readProcessInfo(pid)?.state !== 'Z';
}

/**
 * What still runs of a command: its group, who left that without leaving its session (a shell with job control gives each job
 * a group), and who began a session of their own under one of these. Not who let all of them end before: what is made to
 * stay, as build servers are, stays. Zombies do not count: in some containers nobody reaps them.
 * @param sessions those that were found before, whose parents may have ended since; what is found is added
 */
export function leftOf(leader: number, sessions = new Set<number>()): readonly ProcessInfo[] {
  const all = allRunning();
  if (all === undefined)
    return canSignal(-leader)
      ? [{ pid: leader, state: '', parent: 0, group: leader, session: leader, started: '' }]
      : [];
  sessions.add(leader);
  const found = new Set(all.filter(({ group, session }) => group === leader || sessions.has(session)));
  const children = new Map<number, ProcessInfo[]>();
  for (const each of all) {
    const siblings = children.get(each.parent);
    if (siblings) siblings.push(each);
    else children.set(each.parent, [each]);
  }
  // A set is gone through with what is added meanwhile.
  for (const { pid } of found) for (const child of children.get(pid) ?? []) found.add(child);
  for (const { session } of found) sessions.add(session);
  return [...found];
}

/** Undefined where the system does not tell. */
function allRunning(): readonly ProcessInfo[] | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readdirSync('/proc').flatMap((name) => {
      const pid = Number(name);
      const info = Number.isInteger(pid) ? readProcessInfo(pid) : undefined;
      return info === undefined || info.state === 'Z' ? [] : [info];
    });
  } catch {
    return undefined;
  }
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
