/**
 * Runs tasks of a spec. The box is ticked when the agent ended well and the check passed, never because a
 * model says so. No model decides what runs, in which order, or whether it is done.
 */
import { ActError } from '../actError';
import type { Model } from '../agent/model';
import { createPermissionGate } from '../agent/permissions';
import { requireModel } from '../agent/requireModel';
import type { Session, Sessions } from '../agent/sessions';
import type { SessionState } from '../agent/sessionState';
import { CODING_TOOLS } from '../agent/tools/codingTools';
import { converse } from '../agent/turnLoop';
import type { Consents } from '../consents';
import type { Ports } from '../ports';
import type { Spec, Task } from '../spec/model';
import { documentOf } from '../spec/readSpec';
import type { SpecStore } from '../spec/specStore';
import { flattenTasks, requiredLeaves } from '../spec/taskTree';
import { readSteering, steeringPrompt } from '../steering/steering';
import { errorMessage } from '../util/errorMessage';
import { basename } from '../util/path';
import { taskPrompt } from '../workflow/prompts/taskPrompt';
import { agreeToCheck, type Check, detectCheck } from './checks';
import { rollUp, setTaskState, taskOf } from './taskState';

const MAX_TOKENS = 32_000;
/** Milliseconds; a check that needs longer is ended and counts as failed. */
const CHECK_TIMEOUT = 15 * 60_000;

/** `unverified`: the agent ended well, and there was no check to prove it. */
export type TaskOutcome = 'done' | 'unverified' | 'failed' | 'cancelled';

export interface TaskResult {
  readonly task: Task;
  readonly session: string;
  readonly outcome: TaskOutcome;
  readonly reason: string | undefined;
}

export interface TaskRunner {
  /** Runs one task, or the required open sub-tasks of a task that has some. Stops at the first that is not done. */
  run(spec: string, key: string): Promise<readonly TaskResult[]>;
  /** Runs the required tasks that are not done, in order. */
  runAll(spec: string): Promise<readonly TaskResult[]>;
  /** The person's word for a task without a check. */
  markDone(spec: string, key: string): Promise<void>;
  /** Ticks or unticks by hand. */
  toggle(spec: string, key: string): Promise<void>;
  stop(spec: string): void;
  /** The session that last ran a task, newest first; undefined when there is none. */
  sessionOf(spec: string, task: Task): { readonly id: string; readonly state: SessionState } | undefined;
  isRunning(spec: string): boolean;
}

export function createTaskRunner(ports: Ports, specs: SpecStore, sessions: Sessions, consents: Consents): TaskRunner {
  const { files, settings, processes } = ports;
  const busy = new Map<string, { stopped: boolean }>();

  async function specOrThrow(path: string): Promise<Spec> {
    const spec = await specs.refresh(path);
    if (!spec) throw new ActError('notFound', `There is no spec ${basename(path)}.`);
    return spec;
  }

  /** One run at a time in a workspace folder, whichever window or terminal it was started from. */
  async function refuseSecondRun(root: string): Promise<void> {
    const other = (await sessions.list()).find(
      ({ state }) => state.status === 'running' && state.started.root === root && state.started.kind !== 'hook',
    );
    if (other) throw new ActError('busy', `“${other.state.started.title}” is still running in this workspace. Stop it first, or wait.`);
  }

  async function agreeToUnapproved(spec: Spec): Promise<void> {
    const open = spec.documents.filter(({ state }) => state !== 'approved' && state !== 'missing');
    if (open.length === 0) return;
    const names = open.map(({ path }) => basename(path)).join(', ');
    const content = JSON.stringify(spec.documents.map(({ text }) => text?.replace(/\[[ xX~-]\]/g, '[ ]')));
    const agreed = await consents.require('unapproved-spec', spec.root, content, {
      title: `Run tasks of “${spec.name}” before it is approved?`,
      detail: `Not approved as it stands: ${names}. The agent would work from text that nobody signed off. Approving it first is one command: “Earshot: Approve as They Are”.`,
      answers: [{ id: 'run', label: 'Run Anyway' }],
    });
    if (!agreed) throw new ActError('notApproved', `Approve ${names} first.`);
  }

  /** The task's own check, else the workspace's; undefined when there is none or the person declined it. */
  async function checkFor(spec: Spec, task: Task): Promise<Check | undefined> {
    const check = task.verify === undefined ? await detectCheck(files, spec.root) : { command: task.verify, source: `_Verify of task ${task.id ?? task.title}` };
    return check && (await agreeToCheck(consents, spec.root, check)) ? check : undefined;
  }

  async function runOne(spec: Spec, task: Task, model: Model): Promise<TaskResult> {
    const check = await checkFor(spec, task);
    const session = sessions.start({
      kind: 'task',
      title: `${task.id ?? ''} ${task.title}`.trim(),
      root: spec.root,
      spec: spec.path,
      task: task.key,
      model: model.name,
      rehearsed: model.rehearsed,
    });
    let outcome: TaskOutcome = 'failed';
    let reason: string | undefined;
    try {
      await setTaskState(files, spec, task, 'inProgress');
      await specs.refresh(spec.path);
      await work(session, spec, task, check, model);
      if (check) await prove(session, spec.root, check);
      else session.append({ type: 'note', level: 'warning', text: 'No check ran, so the box stays open. “Earshot: Mark Task as Done” if you have convinced yourself.' });
      outcome = check ? 'done' : 'unverified';
    } catch (error) {
      outcome = session.abort.signal.aborted ? 'cancelled' : 'failed';
      reason = errorMessage(error);
    }
    await settle(session, spec, task, outcome, reason);
    return { task, session: session.id, outcome, reason };
  }

  /** The box and the log get their last word even when the disk or the file makes trouble. */
  async function settle(session: Session, spec: Spec, task: Task, outcome: TaskOutcome, reason: string | undefined): Promise<void> {
    try {
      await setTaskState(files, spec, task, outcome === 'done' ? 'done' : 'open');
      if (outcome === 'done') await rollUp(files, spec);
    } catch (error) {
      session.append({ type: 'note', level: 'error', text: errorMessage(error) });
    }
    await session.end(outcome === 'done' || outcome === 'unverified' ? 'done' : outcome, reason);
    await specs.refresh(spec.path);
  }

  async function work(session: Session, spec: Spec, task: Task, check: Check | undefined, model: Model): Promise<void> {
    const documents = spec.documents.flatMap(({ path, text }) => (text === undefined ? [] : [{ name: basename(path), text }]));
    const steering = steeringPrompt(await readSteering(files, spec.root));
    const prompt = taskPrompt({ task, check: check?.command, steering, documents });
    await converse({
      session,
      model,
      system: prompt.system,
      prompt: prompt.user,
      tools: CODING_TOOLS,
      maxTokens: MAX_TOKENS,
      maxTurns: settings.get().maxTurns,
      gate: createPermissionGate(() => settings.get().autonomy, ports.person.present),
      context: { root: spec.root, files, processes, onWrite: () => {} },
      now: () => ports.clock.now(),
    });
  }

  async function prove(session: Session, root: string, { command }: Check): Promise<void> {
    session.append({ type: 'check.started', command });
    await session.flush();
    const onOutput = (text: string) => session.live({ type: 'output', session: session.id, call: 'check', text });
    const result = await processes.run({ command, cwd: root, timeout: CHECK_TIMEOUT, onOutput }, session.abort.signal);
    const { exitCode, output, durationMs, outcome } = result;
    session.append({ type: 'check.ended', command, exitCode, output, durationMs });
    session.abort.signal.throwIfAborted();
    if (outcome === 'timedOut') throw new ActError('modelFailed', `The check “${command}” did not end within 15 minutes.`);
    if (exitCode !== 0) throw new ActError('modelFailed', `The check “${command}” failed with exit code ${exitCode ?? 'none'}.`);
  }

  async function runTasks(path: string, choose: (spec: Spec) => readonly Task[]): Promise<readonly TaskResult[]> {
    if (busy.has(path)) throw new ActError('busy', 'Tasks of this spec are running already.');
    const run = { stopped: false };
    busy.set(path, run);
    try {
      const spec = await specOrThrow(path);
      const model = await requireModel(ports);
      const tasks = choose(spec);
      await refuseSecondRun(spec.root);
      await agreeToUnapproved(spec);
      const results: TaskResult[] = [];
      for (const task of tasks) {
        // Files may have changed since the plan: read again, and leave out what was done meanwhile.
        const now = await specOrThrow(path);
        const current = taskOf(now, task);
        if (!current || (current.state === 'done' && tasks.length > 1)) continue;
        const result = await runOne(now, current, model);
        results.push(result);
        if (run.stopped || (result.outcome !== 'done' && result.outcome !== 'unverified')) break;
      }
      return results;
    } finally {
      busy.delete(path);
    }
  }

  return {
    run: (path, key) =>
      runTasks(path, (spec) => {
        const task = tasksOf(spec).find((candidate) => candidate.key === key);
        if (!task) throw new ActError('notFound', `There is no task ${key} in “${spec.name}”.`);
        const leaves = openLeaves(task.children);
        return leaves.length === 0 ? [task] : leaves;
      }),
    runAll: (path) =>
      runTasks(path, (spec) => {
        const open = openLeaves(topLevel(spec));
        if (open.length === 0) throw new ActError('notFound', `Every required task of “${spec.name}” is done.`);
        return open;
      }),
    async markDone(path, key) {
      const spec = await specOrThrow(path);
      const task = tasksOf(spec).find((candidate) => candidate.key === key);
      if (task) await setTaskState(files, spec, task, 'done');
      await rollUp(files, spec);
      await specs.refresh(path);
    },
    async toggle(path, key) {
      const spec = await specOrThrow(path);
      const task = tasksOf(spec).find((candidate) => candidate.key === key);
      if (task) await setTaskState(files, spec, task, task.state === 'done' ? 'open' : 'done');
      await specs.refresh(path);
    },
    stop(path) {
      const run = busy.get(path);
      if (run) run.stopped = true;
      for (const { id, state } of sessions.known) if (state.started.spec === path) sessions.stop(id);
    },
    sessionOf: (path, task) =>
      sessions.known.find(({ state }) => state.started.spec === path && state.started.kind === 'task' && state.started.task === task.key),
    isRunning: (path) => busy.has(path),
  };
}

function topLevel(spec: Spec): readonly Task[] {
  const document = documentOf(spec, 'tasks')?.document;
  return document?.kind === 'tasks' ? document.tasks : [];
}

function tasksOf(spec: Spec): readonly Task[] {
  return flattenTasks(topLevel(spec));
}

/** Required leaves that are not done, in document order. */
function openLeaves(tasks: readonly Task[]): readonly Task[] {
  return requiredLeaves(tasks).filter(({ state }) => state !== 'done');
}
