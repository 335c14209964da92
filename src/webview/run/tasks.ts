/** Moving among the tasks of a run, and what a wave comes to. Pure. */
import type { RunPanelModel, RunRow, RunWave } from '../../protocol/run';

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

/** Up and down through one wave and on to the next; left and right to the wave beside, at the same height. */
export function moveFrom(
  waves: readonly RunWave[],
  key: string | undefined,
  direction: Direction,
): string | undefined {
  const all = rowsOf(waves);
  if (direction === 'first' || key === undefined) return all[0]?.key;
  if (direction === 'last') return all.at(-1)?.key;
  const at = all.findIndex((row) => row.key === key);
  if (at < 0) return all[0]?.key;
  if (direction === 'up' || direction === 'down')
    return all[at + (direction === 'down' ? 1 : -1)]?.key ?? key;
  const wave = waves.findIndex(({ rows }) => rows.some((row) => row.key === key));
  const height = waves[wave]?.rows.findIndex((row) => row.key === key) ?? 0;
  const beside = waves[wave + (direction === 'right' ? 1 : -1)]?.rows;
  return (beside?.[height] ?? beside?.at(-1))?.key ?? key;
}

export function rowsOf(waves: readonly RunWave[]): readonly RunRow[] {
  return waves.flatMap(({ rows }) => rows);
}

const RUNNING: readonly RunRow['phase'][] = ['working', 'checking', 'reviewing', 'merging'];

export function isRunning({ phase }: Pick<RunRow, 'phase'>): boolean {
  return RUNNING.includes(phase);
}

/** The task that wants to be looked at: what the notice is about, a failure, what runs, what comes next. */
export function wantedRow({ waves, notice }: Pick<RunPanelModel, 'waves' | 'notice'>): string | undefined {
  const rows = rowsOf(waves);
  const named = rows.find(({ key }) => key === notice?.task);
  const wanted =
    named ??
    rows.find(({ phase }) => phase === 'failed') ??
    rows.find(({ phase }) => phase === 'unproven') ??
    rows.find(({ phase }) => phase === 'interrupted') ??
    rows.find(isRunning) ??
    rows.find(({ phase }) => phase === 'waiting' || phase === 'planned') ??
    rows[0];
  return wanted?.key;
}

export interface WaveWords {
  /** `done`, `1 failed`, `2 running`, `waiting`. */
  readonly state: string;
  readonly spans: RunRow['spans'];
}

export function waveWords({ rows }: RunWave): WaveWords {
  return {
    state: stateOf(rows.filter(({ phase }) => phase !== 'left')),
    spans: rows.flatMap(({ spans }) => spans),
  };
}

/** What is wrong comes before what goes on, and that before what is done. */
function stateOf(rows: readonly RunRow[]): string {
  const count = (phase: RunRow['phase']): number => rows.filter((row) => row.phase === phase).length;
  const running = rows.filter(isRunning).length;
  const all = rows.length;
  const words: readonly (readonly [is: boolean, words: string])[] = [
    [all === 0, 'not in this run'],
    [count('failed') > 0, `${count('failed')} failed`],
    [count('unproven') > 0, `${count('unproven')} unproven`],
    [count('interrupted') > 0, `${count('interrupted')} interrupted`],
    [count('reopened') > 0, `${count('reopened')} open again`],
    [running > 0, `${running} running`],
    [count('done') + count('ticked') === all, 'done'],
    [count('planned') === all, all === 1 ? '1 task' : `${all} tasks`],
    [count('waiting') === all, 'waiting'],
  ];
  return words.find(([is]) => is)?.[1] ?? `${count('done')} of ${all} done`;
}

/** The one filled button: the next right act. */
export type FilledAct = 'start' | 'goOn' | 'report' | 'retry' | 'noticeRetry' | 'session' | undefined;

export function filledAct({ status, tag, notice, detail, plan }: RunPanelModel): FilledAct {
  const canRetry = detail?.acts.includes('retry') ?? false;
  // A retry that is told is of one task, and the detail may be of another.
  if (notice?.act === 'retry') return canRetry && detail?.task === notice.task ? 'retry' : 'noticeRetry';
  if (tag?.look === 'ticked') return 'report';
  switch (status) {
    case 'plan':
      return plan?.findings.some(({ error }) => error) ? undefined : 'start';
    case 'interrupted':
    case 'paused':
      return 'goOn';
    case 'done':
      return 'report';
    case 'needsYou':
      return notice?.act ?? (canRetry ? 'retry' : undefined);
    case 'failed':
    case 'stopped':
      return canRetry ? 'retry' : 'goOn';
    default:
      return undefined;
  }
}

/** How long something of it was worked on, as on a clock: what is side by side counts once. Undefined before it begins. */
export function clockOf(spans: RunRow['spans'], now: number): string | undefined {
  if (spans.length === 0) return undefined;
  let [time, until] = [0, 0];
  for (const { from, to = now } of [...spans].sort((a, b) => a.from - b.from)) {
    time += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return formatClock(time);
}

/** `0:52`, `12:04`, `1:02:09`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Something goes on that can be ended. */
export function canStop({ status }: Pick<RunPanelModel, 'status'>): boolean {
  return status === 'running' || status === 'needsYou' || status === 'stopping' || status === 'paused';
}
