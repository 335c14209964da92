/** Tasks one by one, as an editor's commands name them: runs of one task or of all, boxes, and what became of them. */
import { ActError } from '../actError';
import type { SessionState } from '../agent/session/sessionState';
import type { Sessions } from '../agent/session/sessions';
import type { Ports } from '../ports';
import type { Spec, Task } from '../spec/model';
import { documentOf } from '../spec/readSpec';
import { requireSpec } from '../spec/requireSpec';
import type { SpecStore } from '../spec/specStore';
import { flattenTasks } from '../spec/tasks/taskTree';
import { Cancelled } from '../util/abort';
import type { Event } from '../util/event';
import { createLeftBoxes } from './leftBoxes';
import type { Selection } from './plan/model';
import type { OwnRuns } from './run/createRuns';
import { RUN_OPTIONS, type RunningTask, type RunState } from './run/model';
import { rollUp, setTaskState, taskTitle, toggleTasks } from './taskState';

/** `unverified`: the agent ended well, and nothing proves it. */
export type TaskOutcome = 'done' | 'unverified' | 'failed' | 'cancelled';

export interface TaskResult {
  readonly task: Task;
  readonly session: string;
  readonly outcome: TaskOutcome;
  /** Why it is not done; for a task that is done, what went wrong with its box. */
  readonly reason: string | undefined;
}

export interface TaskRunner {
  /** Runs one task, or the required open sub-tasks of a task that has some. */
  run(spec: string, key: string): Promise<readonly TaskResult[]>;
  /** Goes on with a session of a task that was interrupted, failed or stopped, at its last complete step. */
  resume(session: string): Promise<readonly TaskResult[]>;
  /** Runs the required tasks that are not done, in order. */
  runAll(spec: string): Promise<readonly TaskResult[]>;
  /** The person's word for a task without a check. */
  markDone(spec: string, key: string): Promise<void>;
  /** Ticks by hand, in one write; unticks where all of them are done. */
  toggle(spec: string, ...keys: readonly string[]): Promise<void>;
  /** Ends what runs, a question included; what has run so far is the run's result. */
  stop(spec: string): void;
  /** The session that last ran a task, newest first; undefined when there is none. */
  sessionOf(spec: string, task: Task): { readonly id: string; readonly state: SessionState } | undefined;
  isRunning(spec: string): boolean;
  /** A run of a spec's tasks began or ended. */
  readonly onDidChange: Event<void>;
  /** Opens the boxes of tasks whose process is gone. Called once at start. */
  reconcile(): Promise<void>;
}

export function createTaskRunner(
  { files, settings }: Pick<Ports, 'files' | 'settings'>,
  specs: SpecStore,
  sessions: Sessions,
  runs: OwnRuns,
): TaskRunner {
  async function find(path: string, key: string): Promise<{ readonly spec: Spec; readonly task: Task }> {
    const spec = await requireSpec(specs, path);
    return { spec, task: taskOrThrow(spec, key) };
  }

  async function results(
    path: string,
    selection: Selection,
    session?: string,
  ): Promise<readonly TaskResult[]> {
    const planned = new Map(tasksOf(await requireSpec(specs, path)).map((task) => [task.key, task]));
    // One try: who starts a task by itself looks at what came of it.
    const { parallel = RUN_OPTIONS.parallel } = session === undefined ? settings.get() : RUN_OPTIONS;
    const options = {
      ...RUN_OPTIONS,
      selection,
      parallel: selection.kind === 'task' ? 1 : parallel,
      tries: 1,
    };
    try {
      const state = await (session === undefined
        ? runs.start(path, options)
        : runs.startWith(path, options, session));
      return resultsOf(state, planned);
    } catch (error) {
      // Stopped before it began.
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }

  return {
    run: (path, key) => results(path, { kind: 'task', key }),
    runAll: (path) => results(path, { kind: 'required' }),
    async resume(session) {
      const { status, started } = sessions.get(session) ?? {};
      const { spec: path, task: key, title } = started ?? {};
      if (path === undefined || key === undefined)
        throw new ActError('notFound', 'Only the session of a task can be resumed.');
      if (status === 'done')
        throw new ActError('notFound', `“${title}” ended well: there is nothing to resume.`);
      const spec = await requireSpec(specs, path);
      const task = tasksOf(spec).find((each) => each.key === key && taskTitle(each) === title);
      if (!task)
        throw new ActError(
          'changed',
          `“${title}” is not in the tasks any more as it was. Start what it became.`,
        );
      return results(path, { kind: 'task', key: task.key }, session);
    },
    async markDone(path, key) {
      const { spec, task } = await find(path, key);
      runs.tick(path, task);
      await setTaskState(files, spec, task, 'done');
      await rollUp(files, spec, task);
      await specs.refresh(path);
    },
    async toggle(path, ...keys) {
      const spec = await requireSpec(specs, path);
      const tasks = keys.map((key) => taskOrThrow(spec, key));
      for (const task of tasks) runs.tick(path, task);
      await toggleTasks(files, spec, tasks);
      await specs.refresh(path);
    },
    stop(path) {
      runs.stopSpec(path);
      for (const { id, state } of sessions.known) if (state.started.spec === path) sessions.stop(id);
    },
    sessionOf: (path, task) =>
      sessions.known.find(
        ({ state }) =>
          state.started.spec === path && state.started.kind === 'task' && state.started.task === task.key,
      ),
    isRunning: runs.isRunning,
    onDidChange: runs.onDidClaim,
    reconcile: createLeftBoxes({ files }, specs, sessions, runs).open,
  };
}

const OUTCOMES: Readonly<Partial<Record<RunningTask['phase'], TaskOutcome>>> = {
  done: 'done',
  unproven: 'unverified',
  failed: 'failed',
  stopped: 'cancelled',
};

/** Of those that somebody worked on. */
function resultsOf({ tasks }: RunState, planned: ReadonlyMap<string, Task>): readonly TaskResult[] {
  return tasks.flatMap(({ key, phase, reason, sessions }): readonly TaskResult[] => {
    const [task, outcome, session] = [planned.get(key), OUTCOMES[phase], sessions.at(-1)?.id];
    if (task === undefined || outcome === undefined || session === undefined) return [];
    return [{ task, session, outcome, reason }];
  });
}

function tasksOf(spec: Spec): readonly Task[] {
  const document = documentOf(spec, 'tasks')?.document;
  return flattenTasks(document?.kind === 'tasks' ? document.tasks : []);
}

function taskOrThrow(spec: Spec, key: string): Task {
  const task = tasksOf(spec).find((candidate) => candidate.key === key);
  if (!task) throw new ActError('notFound', `There is no task ${key} in “${spec.name}”.`);
  return task;
}
