/** Runs tasks of a spec. No model decides what runs, in which order, or whether it is done. */
import { ActError } from '../actError';
import { isNewer, type SessionState } from '../agent/session/sessionState';
import type { Sessions } from '../agent/session/sessions';
import type { Model } from '../agent/turn/model';
import { requireModel } from '../agent/turn/requireModel';
import type { Consents } from '../consents';
import type { Ports } from '../ports';
import { approvalText } from '../spec/contentHash';
import type { Spec, Task } from '../spec/model';
import { documentOf } from '../spec/readSpec';
import { requireSpec } from '../spec/requireSpec';
import type { SpecStore } from '../spec/specStore';
import { flattenTasks, requiredLeaves } from '../spec/tasks/taskTree';
import { type Abort, type AbortSignal, Cancelled, createAbort } from '../util/abort';
import { Emitter, type Event } from '../util/event';
import { basename } from '../util/path';
import { agreeToCheck, detectCheck, verifyOf } from './evidence/checks';
import type { Check } from './evidence/model';
import type { RunTask, TaskResult } from './runTask';
import { rollUp, setTaskState, taskOf, taskTitle, toggleTasks } from './taskState';

export type { TaskOutcome, TaskResult } from './runTask';

export interface TaskRunner {
  /** Runs one task, or the required open sub-tasks of a task that has some. Stops at the first that is not done. */
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

interface Run {
  readonly abort: Abort;
  root: string | undefined;
}

interface Plan {
  readonly path: string;
  readonly choose: (spec: Spec) => readonly Task[];
  readonly run: Run;
  /** The session to go on with, where the plan is its one task. */
  readonly resumed: string | undefined;
  readonly onResult: (result: TaskResult) => void;
}

interface NextTask extends Pick<Plan, 'path' | 'resumed'> {
  readonly planned: Task;
  readonly model: Model;
  readonly signal: AbortSignal;
  readonly leaveDone: boolean;
}

const INTERRUPTED = 'Earshot was closed while this task ran, so its box is open again.';

export function createTaskRunner(
  ports: Ports,
  specs: SpecStore,
  sessions: Sessions,
  consents: Consents,
  loadRunTask: () => Promise<RunTask>,
): TaskRunner {
  const { files } = ports;
  const busy = new Map<string, Run>();
  const changed = new Emitter<void>((error) => ports.log.error('A listener of task runs failed', error));

  async function find(path: string, key: string): Promise<{ readonly spec: Spec; readonly task: Task }> {
    const spec = await requireSpec(specs, path);
    return { spec, task: taskOrThrow(spec, key) };
  }

  /** One run at a time in a workspace folder, whichever window or terminal it was started from. */
  async function refuseSecondRun(root: string, run: Run): Promise<void> {
    const isOther = (other: Run) => other !== run && other.root === root;
    if ([...busy.values()].some(isOther))
      throw new ActError('busy', 'Tasks of another spec are running in this workspace already.');
    run.root = root;
    const other = (await sessions.list()).find(
      ({ state }) =>
        state.status === 'running' && state.started.root === root && state.started.kind !== 'hook',
    );
    if (other)
      throw new ActError(
        'busy',
        `“${other.state.started.title}” is still running in this workspace. Stop it first, or wait.`,
      );
  }

  async function agreeToUnapproved(spec: Spec, signal: AbortSignal): Promise<void> {
    const open = spec.documents.filter(({ state }) => state !== 'approved' && state !== 'missing');
    if (open.length === 0) return;
    const names = open.map(({ path }) => basename(path)).join(', ');
    const content = JSON.stringify(spec.documents.map(({ kind, text }) => text && approvalText(kind, text)));
    const question = {
      title: `Run tasks of “${spec.name}” before it is approved?`,
      detail: `Not approved as it stands: ${names}. The agent would work from text that nobody signed off. Approving it first is one command: “Earshot: Approve as They Are”.`,
      answers: [{ id: 'run', label: 'Run Anyway' }],
    };
    if (await consents.obtain('unapproved-spec', spec.root, content, question, signal)) return;
    throw new ActError('notApproved', `Approve ${names} first.`);
  }

  /** The task's own check, else the workspace's; undefined when there is none or the person declined it. */
  async function checkFor(spec: Spec, task: Task, signal: AbortSignal): Promise<Check | undefined> {
    const check = verifyOf(task) ?? (await detectCheck(files, spec.root));
    const asking = { person: ports.person, consents };
    return check && (await agreeToCheck(asking, spec.root, check, signal)) ? check : undefined;
  }

  async function runTasks(
    path: string,
    choose: (spec: Spec) => readonly Task[],
    resumed?: string,
  ): Promise<readonly TaskResult[]> {
    if (busy.has(path)) throw new ActError('busy', 'Tasks of this spec are running already.');
    const run: Run = { abort: createAbort(), root: undefined };
    const results: TaskResult[] = [];
    busy.set(path, run);
    changed.fire();
    try {
      await runPlan({ path, choose, run, resumed, onResult: (result) => results.push(result) });
    } catch (error) {
      // Stopped: what has run so far counts.
      if (!(error instanceof Cancelled)) throw error;
    } finally {
      busy.delete(path);
      changed.fire();
    }
    return results;
  }

  /** Rejects with `Cancelled` when it is stopped. */
  async function runPlan({ path, choose, run, resumed, onResult }: Plan): Promise<void> {
    const spec = await requireSpec(specs, path);
    const model = await requireModel(ports, 'coding');
    const tasks = choose(spec);
    await refuseSecondRun(spec.root, run);
    for (const task of tasks) {
      const { signal } = run.abort;
      const result = await runNext({
        path,
        planned: task,
        model,
        signal,
        leaveDone: tasks.length > 1,
        resumed,
      });
      if (result) onResult(result);
      run.abort.signal.throwIfAborted();
      if (result && result.outcome !== 'done' && result.outcome !== 'unverified') return;
    }
  }

  /** Files may have changed since the plan: they are read again, and what was done or removed meanwhile is left out. */
  async function runNext(next: NextTask): Promise<TaskResult | undefined> {
    const { path, planned, model, signal, leaveDone } = next;
    const spec = await requireSpec(specs, path);
    const task = taskOf(spec, planned);
    if (!task || (leaveDone && task.state === 'done')) return undefined;
    await agreeToUnapproved(spec, signal);
    const check = await checkFor(spec, task, signal);
    const runTask = await loadRunTask();
    signal.throwIfAborted();
    const resumed = next.resumed === undefined ? undefined : await sessions.resume(next.resumed);
    const result = await runTask({ spec, task, check, model, resumed });
    await specs.refresh(path);
    return result;
  }

  return {
    run: (path, key) =>
      runTasks(path, (spec) => {
        const task = taskOrThrow(spec, key);
        const leaves = openLeaves(task.children);
        return leaves.length === 0 ? [task] : leaves;
      }),
    runAll: (path) =>
      runTasks(path, (spec) => {
        const open = openLeaves(topLevel(spec));
        if (open.length === 0)
          throw new ActError('notFound', `Every required task of “${spec.name}” is done.`);
        return open;
      }),
    async resume(session) {
      const { spec, task: key, title } = sessions.get(session)?.started ?? {};
      if (spec === undefined || key === undefined)
        throw new ActError('notFound', 'Only the session of a task can be resumed.');
      const choose = (now: Spec) => {
        const task = tasksOf(now).find((each) => each.key === key && taskTitle(each) === title);
        if (task) return [task];
        throw new ActError(
          'changed',
          `“${title}” is not in the tasks any more as it was. Start what it became.`,
        );
      };
      return runTasks(spec, choose, session);
    },
    async markDone(path, key) {
      const { spec, task } = await find(path, key);
      await setTaskState(files, spec, task, 'done');
      await rollUp(files, spec, task);
      await specs.refresh(path);
    },
    async toggle(path, ...keys) {
      const spec = await requireSpec(specs, path);
      const tasks = keys.map((key) => taskOrThrow(spec, key));
      await toggleTasks(files, spec, tasks);
      await specs.refresh(path);
    },
    stop(path) {
      busy.get(path)?.abort.abort(new Cancelled());
      for (const { id, state } of sessions.known) if (state.started.spec === path) sessions.stop(id);
    },
    sessionOf: (path, task) =>
      sessions.known.find(
        ({ state }) =>
          state.started.spec === path && state.started.kind === 'task' && state.started.task === task.key,
      ),
    isRunning: (path) => busy.has(path),
    onDidChange: changed.event,
    async reconcile() {
      const seen = new Set<string>();
      for (const { id, state } of await sessions.list()) {
        const { kind, spec: path, task: key, title } = state.started;
        if (kind !== 'task' || !path || seen.has(`${path} ${key}`)) continue;
        seen.add(`${path} ${key}`);
        if (!isLeftOpen(state)) continue;
        const spec = await specs.refresh(path);
        const task =
          spec &&
          tasksOf(spec).find(
            (each) => each.key === key && each.state === 'inProgress' && taskTitle(each) === title,
          );
        if (!spec || !task) continue;
        await setTaskState(files, spec, task, 'open');
        await sessions.append(id, { type: 'note', level: 'warning', text: INTERRUPTED });
        await specs.refresh(path);
      }
    },
  };
}

/** Nobody has told of the interruption yet, and it is for this version to tell. */
function isLeftOpen({ status, items, started }: SessionState): boolean {
  const last = items.at(-1);
  const isTold = last?.type === 'note' && last.text === INTERRUPTED;
  return status === 'interrupted' && !isTold && !isNewer(started);
}

function topLevel(spec: Spec): readonly Task[] {
  const document = documentOf(spec, 'tasks')?.document;
  return document?.kind === 'tasks' ? document.tasks : [];
}

function tasksOf(spec: Spec): readonly Task[] {
  return flattenTasks(topLevel(spec));
}

function taskOrThrow(spec: Spec, key: string): Task {
  const task = tasksOf(spec).find((candidate) => candidate.key === key);
  if (!task) throw new ActError('notFound', `There is no task ${key} in “${spec.name}”.`);
  return task;
}

/** Required leaves that are not done, in document order. */
function openLeaves(tasks: readonly Task[]): readonly Task[] {
  return requiredLeaves(tasks).filter(({ state }) => state !== 'done');
}
