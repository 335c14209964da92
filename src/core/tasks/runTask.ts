/**
 * Runs one task: the agent works, then the check decides. The box is ticked when the agent ended well and the
 * check passed, never because a model says so.
 */
import { ActError } from '../actError';
import { createSupervision } from '../agent/changes/supervision';
import type { Permissions } from '../agent/permissions';
import { CHECK_CALL } from '../agent/session/events';
import type { ResumedSession, Session, Sessions } from '../agent/session/sessions';
import { offerOf, TASK_TOOLS } from '../agent/tools/codingTools';
import { withBackground } from '../agent/turn/background';
import type { Model } from '../agent/turn/model';
import { specAccess } from '../agent/turn/specAccess';
import { converse } from '../agent/turn/turnLoop';
import type { TurnCheckpoints } from '../checkpoints/turnCheckpoints';
import type { Ports } from '../ports';
import type { Spec, Task } from '../spec/model';
import { documentsOf } from '../spec/readSpec';
import type { SpecStore } from '../spec/specStore';
import { readSteering, steeringPrompt } from '../steering/steering';
import { createTrace } from '../trace/trace';
import { errorMessage } from '../util/errorMessage';
import { basename } from '../util/path';
import { taskSlices } from '../workflow/drafting/slices';
import { taskPrompt } from '../workflow/prompts/taskPrompt';
import type { Check } from './evidence/model';
import { rollUp, setTaskState, taskTitle } from './taskState';

const MAX_TOKENS = 32_000;
/** Milliseconds; a check that needs longer is ended and counts as failed. */
const CHECK_TIMEOUT = 15 * 60_000;

/** `unverified`: the agent ended well, and there was no check to prove it. */
export type TaskOutcome = 'done' | 'unverified' | 'failed' | 'cancelled';

export interface TaskResult {
  readonly task: Task;
  readonly session: string;
  readonly outcome: TaskOutcome;
  /** Why it is not done; for a task that is done, what went wrong with its box. */
  readonly reason: string | undefined;
}

export interface TaskRun {
  readonly spec: Spec;
  readonly task: Task;
  /** As it stood before the agent began. */
  readonly check: Check | undefined;
  readonly model: Model;
  /** Goes on with an earlier session of the task. */
  readonly resumed?: ResumedSession | undefined;
}

/** Hears what the agent writes: no hook led to it. */
export type OnWrite = (path: string, text: string | undefined) => void;

/** Rejects never: whatever goes wrong is the result. */
export type RunTask = (run: TaskRun) => Promise<TaskResult>;

export function createRunTask(
  ports: Ports,
  specs: Pick<SpecStore, 'all'>,
  sessions: Sessions,
  permissions: Permissions,
  onWrite: OnWrite,
  checkpoints?: TurnCheckpoints,
): RunTask {
  const { files, settings, processes } = ports;
  const trace = createTrace(ports);
  const supervision = createSupervision(ports);

  async function work(session: Session, { spec, task, check, model, resumed }: TaskRun): Promise<void> {
    const whole = spec.documents.flatMap(({ path, text }) =>
      text === undefined ? [] : [{ name: basename(path), text }],
    );
    const documents = taskSlices(documentsOf(spec.documents), task) ?? whole;
    const steering = steeringPrompt(await readSteering(files, spec.root));
    const offer = offerOf(ports, TASK_TOOLS);
    const prompt = taskPrompt({ task, check: check?.command, steering, documents });
    const access = specAccess(spec, () => specs.all, trace);
    await withBackground(ports, (background) =>
      converse({
        session,
        model,
        system: prompt.system,
        prompt: prompt.user,
        tools: offer.tools,
        maxTokens: MAX_TOKENS,
        maxTurns: settings.get().maxTurns,
        contextTokens: settings.get().contextTokens,
        gate: permissions.gate(spec.root),
        supervision,
        ...(checkpoints ? { checkpoints } : {}),
        context: { ...offer.context, root: spec.root, files, processes, background, spec: access, onWrite },
        now: () => ports.clock.now(),
        past: resumed?.past ?? [],
        canAsk: ports.person.present,
      }),
    );
  }

  function begin({ spec, task, model }: TaskRun): Session {
    return sessions.start({
      kind: 'task',
      title: taskTitle(task),
      root: spec.root,
      spec: spec.path,
      task: task.key,
      model: model.name,
      rehearsed: model.rehearsed,
    });
  }

  async function prove(session: Session, root: string, { command }: Check): Promise<void> {
    session.append({ type: 'check.started', command });
    await session.flush();
    const onOutput = (text: string) =>
      session.live({ type: 'output', session: session.id, call: CHECK_CALL, text });
    const result = await processes.run(
      { command, cwd: root, timeout: CHECK_TIMEOUT, onOutput },
      session.abort.signal,
    );
    const { exitCode, output, durationMs, outcome } = result;
    session.append({ type: 'check.ended', command, exitCode, output, durationMs });
    session.abort.signal.throwIfAborted();
    if (outcome === 'timedOut')
      throw new ActError('modelFailed', `The check “${command}” did not end within 15 minutes.`);
    if (outcome === 'notStarted')
      throw new ActError('modelFailed', `The check “${command}” could not be started. ${output}`.trim());
    if (exitCode !== 0)
      throw new ActError(
        'modelFailed',
        `The check “${command}” failed with exit code ${exitCode ?? 'none'}.`,
      );
  }

  /** The box and the log get their last word even when the file makes trouble; says what that was. */
  async function settle(
    session: Session,
    { spec, task }: TaskRun,
    outcome: TaskOutcome,
    reason: string | undefined,
  ) {
    let trouble: string | undefined;
    try {
      await setTaskState(files, spec, { ...task, state: 'inProgress' }, outcome === 'done' ? 'done' : 'open');
      if (outcome === 'done') await rollUp(files, spec, task);
    } catch (error) {
      trouble = errorMessage(error);
      if (trouble !== reason) session.append({ type: 'note', level: 'error', text: trouble });
    }
    await session.end(outcome === 'unverified' ? 'done' : outcome, reason);
    return trouble;
  }

  return async (run) => {
    const { spec, task, check, resumed } = run;
    const session = resumed?.session ?? begin(run);
    let outcome: TaskOutcome = 'failed';
    let reason: string | undefined;
    try {
      session.abort.signal.throwIfAborted();
      // A box that is marked without a log on the disk would stay so: nobody knew who marked it.
      await session.flush();
      await setTaskState(files, spec, task, 'inProgress');
      await work(session, run);
      if (check) await prove(session, spec.root, check);
      else
        session.append({
          type: 'note',
          level: 'warning',
          text: 'No check ran, so the box stays open. “Earshot: Mark Task as Done” if you have convinced yourself.',
        });
      outcome = check ? 'done' : 'unverified';
    } catch (error) {
      outcome = session.abort.signal.aborted ? 'cancelled' : 'failed';
      reason = errorMessage(error);
    }
    const trouble = await settle(session, run, outcome, reason);
    return { task, session: session.id, outcome, reason: reason ?? trouble };
  };
}
