/** A run as people see it: nobody works on the tasks of one whose process is gone. The engine goes by the log. */
import type { RunningTask, RunState, TaskPhase } from './model';

const UNDER_WAY: readonly TaskPhase[] = ['working', 'checking', 'reviewing', 'merging'];

/** Somebody works on it, or did when the log ended. */
export function isUnderWay(phase: TaskPhase): boolean {
  return UNDER_WAY.includes(phase);
}

/** The same object for the same state: views compare. */
export function shownRun(state: RunState): RunState {
  const known = shown.get(state);
  if (known) return known;
  const tasks = state.tasks.map((task) =>
    isUnderWay(task.phase) ? ({ ...task, phase: 'interrupted' } as const) : task,
  );
  const next = state.status === 'interrupted' ? { ...state, tasks } : state;
  shown.set(state, next);
  return next;
}

const shown = new WeakMap<RunState, RunState>();

/** Where it was worked on beside others, a copy of the workspace may be left of it. */
export function hasCopy({ phase, sessions, dropped }: RunningTask): boolean {
  return sessions.length > 0 && !dropped && (isUnderWay(phase) || phase === 'failed' || phase === 'stopped');
}
