/** Which tasks of a run can begin now. Pure: the same state, the same answer. */
import type { Need, RunningTask, RunState } from './model';

/** Nothing more comes of it by itself. */
export function isSettled({ phase }: RunningTask): boolean {
  return phase === 'done' || phase === 'unproven' || phase === 'failed' || phase === 'skipped';
}

/**
 * What waits for such a task must not begin. One that nothing proves may be done all the same: the person looks at it. Not
 * where the fix of a bug waits for it, until they have.
 */
function missingIn({ needs }: Pick<RunState, 'needs'>): (task: RunningTask) => boolean {
  return ({ key, phase }) =>
    phase === 'failed' ||
    phase === 'stopped' ||
    needs.some((need) => need.kind === 'exploration' && need.task === key);
}

/** What must be shown before a bug is fixed, has not been answered, and is waited for by this task. */
export function unansweredBefore(
  { tasks, needs }: Pick<RunState, 'tasks' | 'needs'>,
  key: string,
): readonly Need[] {
  const before = new Set<string>();
  const add = (each: string) => {
    for (const earlier of tasks.find((task) => task.key === each)?.after ?? [])
      if (!before.has(earlier)) {
        before.add(earlier);
        add(earlier);
      }
  };
  add(key);
  return needs.filter((need) => need.kind === 'exploration' && before.has(need.task));
}

/** What can begin, in the order of the document. @param again Failed tasks that the person wants tried once more */
export function readyTasks(
  { tasks, needs }: Pick<RunState, 'tasks' | 'needs'>,
  active: ReadonlySet<string>,
  again: ReadonlySet<string>,
): readonly RunningTask[] {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const isMissing = missingIn({ needs });
  const isOver = (key: string) => {
    const task = byKey.get(key);
    // What is no part of the run is nobody's business here.
    return task === undefined || (isSettled(task) && !isMissing(task) && !active.has(key) && !again.has(key));
  };
  return tasks.filter(
    (task) =>
      !active.has(task.key) && (again.has(task.key) || (!isSettled(task) && task.after.every(isOver))),
  );
}

/** Tasks that never began since one before them is not done, each with that one. */
export function blockedTasks({
  tasks,
  needs,
}: Pick<RunState, 'tasks' | 'needs'>): readonly { readonly task: RunningTask; readonly by: RunningTask }[] {
  const isMissing = missingIn({ needs });
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const causes = new Map<string, RunningTask | undefined>();
  const causeOf = (task: RunningTask): RunningTask | undefined => {
    if (causes.has(task.key)) return causes.get(task.key);
    causes.set(task.key, undefined);
    const before = task.after.flatMap((key) => byKey.get(key) ?? []);
    const cause = before.find(isMissing) ?? before.map(causeOf).find((each) => each !== undefined);
    causes.set(task.key, cause);
    return cause;
  };
  // Those before it come first, so that no chain is followed twice, or deeply.
  return [...tasks]
    .sort((a, b) => a.wave - b.wave)
    .flatMap((task) => {
      const by = causeOf(task);
      return by !== undefined && task.phase === 'waiting' ? [{ task, by }] : [];
    });
}

/** What a person skipped or ticked is none of the run's business any more; what nobody finds is. */
function isClosed({ phase, gone }: RunningTask): boolean {
  return phase === 'done' || (phase === 'skipped' && gone !== true);
}

/** How a run ends when nothing more can begin. */
export function outcomeOf(state: Pick<RunState, 'tasks' | 'needs'>): {
  readonly status: 'done' | 'failed';
  readonly reason?: string;
} {
  const open = state.tasks.filter((task) => !task.optional && !isClosed(task));
  const blocks = blockedTasks(state);
  const first =
    open.find(({ phase }) => phase !== 'waiting') ?? blocks.find(({ task }) => open.includes(task))?.by;
  if (first === undefined) return { status: 'done' };
  const blocked = blocks.length;
  const rest =
    blocked === 0 ? '' : ` ${tasksInWords(blocked)} after it ${blocked === 1 ? 'was' : 'were'} not begun.`;
  return {
    status: 'failed',
    reason:
      `${nameOf(first)} is not ${first.phase === 'unproven' ? 'proved' : 'done'}. ${first.reason ?? ''}${rest}`.trim(),
  };
}

export function nameOf({ id, title }: Pick<RunningTask, 'id' | 'title'>): string {
  return `“${`${id ?? ''} ${title}`.trim()}”`;
}

function tasksInWords(count: number): string {
  return count === 1 ? 'One task' : `${count} tasks`;
}
