/** What a run comes to: how many tasks are where, and what they cost. Pure. */
import type { RunningTask, RunState, TaskPhase } from '../run/model';
import { isUnderWay } from '../run/shownRun';
import { timeIn } from '../run/spans';
import { counted, sum } from './figures';

export interface Tally {
  readonly total: number;
  readonly done: number;
  readonly running: number;
  readonly failed: number;
  readonly unproven: number;
  readonly waiting: number;
  readonly skipped: number;
  readonly stopped: number;
  readonly interrupted: number;
}

export const isRunning = isUnderWay;

export function tallyOf({ tasks }: Pick<RunState, 'tasks'>): Tally {
  const count = (...phases: readonly TaskPhase[]) =>
    tasks.filter(({ phase }) => phases.includes(phase)).length;
  return {
    total: tasks.length,
    done: count('done'),
    running: tasks.filter(({ phase }) => isRunning(phase)).length,
    failed: count('failed'),
    unproven: count('unproven'),
    waiting: count('waiting'),
    skipped: count('skipped'),
    stopped: count('stopped'),
    interrupted: count('interrupted'),
  };
}

/** `7 of 12 done`, and of the others what there is: `2 running, 1 failed, 1 waits`. */
export function tallyWords(tally: Tally): { readonly done: string; readonly others: readonly string[] } {
  const others: readonly (readonly [count: number, words: string])[] = [
    [tally.running, 'running'],
    [tally.failed, 'failed'],
    [tally.unproven, 'unproven'],
    [tally.waiting, tally.waiting === 1 ? 'waits' : 'wait'],
    [tally.skipped, 'skipped'],
    [tally.stopped, 'stopped'],
    [tally.interrupted, 'interrupted'],
  ];
  return {
    done: `${tally.done} of ${tally.total} done`,
    others: others.flatMap(([count, words]) => (count > 0 ? [`${count} ${words}`] : [])),
  };
}

/** Dollars, of the tries that are over; undefined where no price is known. */
export function costOf(tasks: readonly RunningTask[]): number | undefined {
  return sum(tasks.flatMap(({ evidence }) => evidence.map(({ cost }) => cost)));
}

/** Of the last try of each task: what its checks counted. */
export function testsOf(tasks: readonly RunningTask[]): {
  readonly passed: number;
  readonly skipped: number;
} {
  const counts = tasks.flatMap(({ evidence }) =>
    (evidence.at(-1)?.checks ?? []).flatMap(({ after }) => after.tests ?? []),
  );
  return {
    passed: counts.reduce((most, { passed }) => Math.max(most, passed), 0),
    skipped: counts.reduce((most, { skipped }) => Math.max(most, skipped), 0),
  };
}

/** Paths that the run changed, each once. */
export function filesOf(tasks: readonly RunningTask[]): readonly string[] {
  const files = tasks.flatMap(({ evidence }) => evidence.flatMap((each) => each.files));
  return [...new Set(files.map(({ path }) => path))].sort();
}

/** One task that somebody started by itself. */
export function isSingle({ options, tasks }: Pick<RunState, 'options' | 'tasks'>): boolean {
  return options.selection.kind === 'task' && tasks.length < 2;
}

/** How long something of it was worked on, until `now`. */
export function timeOf({ tasks }: Pick<RunState, 'tasks'>, now: number): number {
  return timeIn(
    tasks.flatMap(({ spans }) => spans),
    now,
  );
}

/** `required tasks, 2 workers, reviewed`. */
export function optionsWords({
  options: { selection, parallel, reviewer },
  fewer,
}: Pick<RunState, 'options' | 'fewer'>): string {
  const what = {
    required: 'required tasks',
    all: 'all tasks',
    task: 'one task',
    from: 'from one task on',
    covering: `what covers requirement ${'requirement' in selection ? selection.requirement : ''}`,
  }[selection.kind];
  const most = fewer === undefined ? '' : `${fewer.most} of `;
  const workers = parallel > 1 ? [most + counted(parallel, 'worker')] : [];
  return [what, ...workers, ...(reviewer ? ['reviewed'] : [])].join(', ');
}
