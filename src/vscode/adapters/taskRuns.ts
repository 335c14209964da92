/** What lenses, rows and icons say of a task: by the latest run that has it. */
import type { Core } from '../../core';
import type { Task } from '../../core/spec/model';
import { isRunning } from '../../core/tasks/report/runTally';
import type { RunningTask, RunState } from '../../core/tasks/run/model';

export interface TaskInRun {
  readonly run: RunState;
  readonly task: RunningTask;
  /** The run goes on, or waits for the person. */
  readonly live: boolean;
}

export function latestRun(core: Core, spec: string): RunState | undefined {
  return core.runs.known.find((run) => run.spec === spec);
}

/** Undefined where no run has it, or what it says now is another task. */
export function taskInRun(core: Core, spec: string, { key, title }: Task): TaskInRun | undefined {
  for (const run of core.runs.known) {
    if (run.spec !== spec) continue;
    const task = run.tasks.find((each) => each.key === key && each.title === title);
    // A later run that has not come to it yet says less than an earlier one that has.
    const live = isLive(core, run);
    if (task && (live || task.phase !== 'waiting')) return { run, task, live };
  }
  return undefined;
}

function isLive({ tasks }: Core, { spec, status }: RunState): boolean {
  return tasks.isRunning(spec) && status !== 'done' && status !== 'failed' && status !== 'stopped';
}

/** What may be asked for: words of a row's context value, and which lenses there are. */
export function actsOn({ task, live }: TaskInRun): readonly string[] {
  const { phase, sessions, evidence, checkpoints } = task;
  const open = phase === 'failed' || phase === 'unproven' || phase === 'stopped';
  const acts: readonly (readonly [is: boolean, act: string])[] = [
    [sessions.length > 0, 'ran'],
    [evidence.length > 0, 'evidence'],
    [open, 'retry'],
    [live && (open || phase === 'waiting'), 'skip'],
    [(evidence.at(-1)?.files.length ?? 0) > 0, 'changes'],
    [checkpoints.before !== undefined && !isRunning(phase), 'restore'],
  ];
  return acts.flatMap(([is, act]) => (is ? [act] : []));
}
