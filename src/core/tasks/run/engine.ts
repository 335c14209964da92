/** What starts runs and keeps them going; loaded with the first. */
import { ActError } from '../../actError';
import type { Sessions } from '../../agent/session/sessions';
import type { Model } from '../../agent/turn/model';
import { requireModel } from '../../agent/turn/requireModel';
import type { Checkpoints } from '../../checkpoints/checkpoints';
import type { Consents } from '../../consents';
import type { TaskHooks } from '../../hooks/taskHooks';
import type { Ports } from '../../ports';
import { approvalText } from '../../spec/contentHash';
import type { Spec, Task, TasksDocument } from '../../spec/model';
import { documentOf } from '../../spec/readSpec';
import { requireSpec } from '../../spec/requireSpec';
import type { SpecStore } from '../../spec/specStore';
import type { Ledger } from '../../usage/ledger';
import type { AbortSignal } from '../../util/abort';
import { basename } from '../../util/path';
import { effortOf, type RunShape } from '../plan/estimate';
import type { Plan, Selection } from '../plan/model';
import { cycleIn, planRun } from '../plan/planRun';
import { needWords } from '../report/needWords';
import { findAgain } from '../taskState';
import { createBaselines } from './baselines';
import { createBoxes } from './boxes';
import type { LiveRun } from './liveRun';
import type { Mend } from './mend';
import type { RunOptions, RunState, RunTaskEntry } from './model';
import { watchNeeds } from './needs';
import { type PlaceOptions, type Places, workspacePlaces } from './place';
import type { Proof } from './proof';
import { asPlanned, type LoopParts, runLoop, TICKED } from './runLoop';
import { createRunOne } from './runOne';
import { isUnderWay, type RunStore } from './runStore';
import { isSettled, unansweredBefore } from './schedule';
import { hasCopy } from './shownRun';
import { takeOver } from './takeOver';
import type { Work } from './work';

export interface EngineParts {
  readonly ports: Ports;
  readonly specs: SpecStore;
  readonly sessions: Sessions;
  readonly consents: Consents;
  readonly ledger: Pick<Ledger, 'months' | 'month'>;
  readonly store: RunStore;
  readonly work: Work;
  readonly mend: Mend;
  readonly hooks: TaskHooks;
  readonly proof: Proof;
  readonly checkpoints?: Checkpoints | undefined;
  /** Where tasks are worked on side by side; undefined: they are not. */
  readonly openPlaces?: ((options: PlaceOptions) => Promise<Places>) | undefined;
  /** A run begins in the workspace folder itself: copies that others left go. Never rejects. */
  readonly clearPlaces?: ((root: string, run: string) => Promise<void>) | undefined;
}

/** What a start or a resumption goes by. */
export interface Beginning {
  readonly signal: AbortSignal;
  /** Is said the folder that it is about; throws where something runs there. */
  readonly claim: (root: string) => void;
}

export interface Resuming {
  /** A task to try once more, with what the person adds. */
  readonly again?: { readonly task: string; readonly hint: string | undefined };
  /** Null: none any more; undefined: as it was. */
  readonly budget?: number | null | undefined;
}

export interface Engine {
  plan(path: string, selection: Selection, shape?: RunShape): Promise<Plan>;
  /** @param session One that its only task goes on with */
  start(path: string, options: RunOptions, beginning: Beginning, session?: string): Promise<RunState>;
  resume(run: string, beginning: Beginning, how: Resuming): Promise<RunState>;
  /** Of a run that goes on. Rejects with an `ActError` where the task has to wait for the person's answer. */
  retry(run: LiveRun, task: string, hint: string | undefined): Promise<void>;
}

export function createEngine(parts: EngineParts): Engine {
  const { ports, specs, sessions, store, proof } = parts;
  const baselines = createBaselines(parts.checkpoints);
  const { work, checkpoints } = parts;
  const runOne = createRunOne({
    ports,
    sessions,
    work,
    mend: parts.mend,
    hooks: parts.hooks,
    proof,
    baselines,
    checkpoints,
  });

  async function effort(root: string) {
    const [latest, before] = await parts.ledger.months();
    const records = [];
    for (const month of [before, latest])
      if (month !== undefined) records.push(...(await parts.ledger.month(month)));
    return effortOf(records, root);
  }

  /** One run at a time in a workspace folder, whichever window or terminal it was started from. */
  async function refuseSecondRun(root: string): Promise<void> {
    const run = (await store.list()).find((state) => state.root === root && isElsewhere(ports, state));
    const session = (await sessions.list()).find(
      ({ state }) =>
        state.status === 'running' && state.started.root === root && state.started.kind !== 'hook',
    );
    if (session)
      throw new ActError(
        'busy',
        `“${session.state.started.title}” is still running in this workspace. Stop it first, or wait.`,
      );
    if (run)
      throw new ActError(
        'busy',
        `Tasks of “${basename(run.spec)}” are running in another window or terminal. Stop them first, or wait.`,
      );
  }

  /** A person may have taken their time with the questions before: another window or terminal may have begun meanwhile. */
  function begin(root: string, act: () => Promise<LiveRun>): Promise<LiveRun> {
    return store.alone(root, async () => {
      await refuseSecondRun(root);
      return act();
    });
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
    if (await parts.consents.obtain('unapproved-spec', spec.root, content, question, signal)) return;
    throw new ActError('notApproved', `Approve ${names} first.`);
  }

  /** Asks once for all tasks. What such a task still has to ask for when it begins, the returned function asks. */
  async function agreeFirst(spec: Spec, tasks: readonly Task[], signal: AbortSignal): Promise<Prepare> {
    const declined = new Set<string>();
    if (tasks.length > 0) {
      await agreeToUnapproved(spec, signal);
      await proof.agreeForAll(spec, tasks, { declined, signal });
    }
    signal.throwIfAborted();
    return async (now, task) => {
      await agreeToUnapproved(now, signal);
      return proof.checksFor(now, task, { declined, signal });
    };
  }

  /** Where there can be no copies of the workspace, or not as many, it is said why, and fewer tasks are done at a time. */
  async function placesFor(run: LiveRun): Promise<Places> {
    const { id, root, options, tasks } = run.state;
    const { parallel } = options;
    const fewer = (most: number, reason: string) => run.append({ type: 'run.fewer', most, reason });
    if (parallel <= 1) {
      await parts.clearPlaces?.(root, id);
      return workspacePlaces({ root });
    }
    try {
      if (!parts.openPlaces) throw new ActError('refused', 'Copies of the workspace cannot be made here.');
      const left = tasks.filter(hasCopy).map(({ key }) => key);
      const onDrop = (task: string) => run.append({ type: 'task.dropped', task });
      const places = await parts.openPlaces({ run: id, root, parallel, left, onDrop });
      if (places.fewer !== undefined) fewer(places.most, places.fewer);
      return places;
    } catch (error) {
      if (!(error instanceof ActError)) throw error;
      fewer(1, error.message);
      return workspacePlaces({ root }, true);
    }
  }

  /** Asked for all before anything begins: a person who then goes away is not waited for. */
  async function goOn(
    run: LiveRun,
    model: Model,
    { signal }: Beginning,
    prepare: Prepare,
    session?: string,
  ): Promise<RunState> {
    const stop = () => run.abort.abort(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    const needs = watchNeeds(run, sessions, ports.person);
    try {
      const places = await placesFor(run);
      const boxes = createBoxes(ports, await requireSpec(specs, run.state.spec), run.ticked);
      await runLoop(run, { ports, specs, runOne, places, boxes, model, prepare, session });
    } finally {
      needs.dispose();
      store.close(run.id);
      signal.removeEventListener('abort', stop);
    }
    return run.state;
  }

  return {
    async plan(path, selection, shape) {
      const spec = await requireSpec(specs, path);
      return planRun(tasksOf(spec), selection, await effort(spec.root), shape);
    },
    async start(path, given, beginning, session) {
      const { signal } = beginning;
      const spec = await requireSpec(specs, path);
      const document = tasksOf(spec);
      const plan = planRun(document, given.selection);
      refuseImpossible(spec, document, plan, given.selection);
      const model = await requireModel(ports, 'coding');
      beginning.claim(spec.root);
      await refuseSecondRun(spec.root);
      const tasks = plan.tasks.map(({ task }) => task);
      const prepare = await agreeFirst(spec, tasks, signal);
      const run = await begin(spec.root, () =>
        store.start({ root: spec.root, spec: path, options: given, tasks: entriesOf(plan) }),
      );
      const [first] = run.state.tasks;
      if (session !== undefined && first !== undefined)
        for (const event of takeOver(store.known, session, first.key)) run.append(event);
      return goOn(run, model, beginning, prepare, session);
    },
    async resume(id, beginning, { again, budget }) {
      await store.list();
      const state = store.get(id);
      if (!state) throw new ActError('notFound', 'The log of this run is gone.');
      const spec = await requireSpec(specs, state.spec);
      const model = await requireModel(ports, 'coding');
      if (again === undefined && state.status !== 'interrupted' && state.tasks.every(isSettled))
        throw new ActError(
          'notFound',
          'Nothing of this run is left to do. Retry a task, or start a new run.',
        );
      if (again !== undefined && !state.tasks.some(({ key }) => key === again.task))
        throw new ActError('notFound', `There is no task ${again.task} in this run.`);
      const ticked = tickedIn(spec, state, again?.task);
      refuseUnanswered(state, ticked, again?.task);
      beginning.claim(spec.root);
      await refuseSecondRun(spec.root);
      const prepare = await agreeFirst(spec, leftOf(spec, state, again?.task), beginning.signal);
      const run = await begin(spec.root, () => store.reopen(id, budget));
      for (const task of ticked) run.append({ type: 'task.ended', task, phase: 'skipped', reason: TICKED });
      if (again) run.retry(again.task, again.hint);
      return goOn(run, model, beginning, prepare);
    },
    async retry(run, task, hint) {
      const spec = await requireSpec(specs, run.state.spec);
      refuseUnanswered(run.state, tickedIn(spec, run.state, task), task);
      run.retry(task, hint);
    },
  };
}

type Prepare = LoopParts['prepare'];

/** What a run that goes on has to do, as far as it is in tasks.md as it was planned. */
function leftOf(spec: Spec, { tasks }: RunState, again: string | undefined): readonly Task[] {
  const document = documentOf(spec, 'tasks')?.document;
  if (document?.kind !== 'tasks') return [];
  return tasks
    .filter((task) => !isSettled(task) || task.key === again)
    .flatMap((task) => findAgain(document, asPlanned(task)) ?? []);
}

/** Keys of tasks that came to nothing in the run, and that the person has ticked since. */
function tickedIn(spec: Spec, { tasks }: RunState, again: string | undefined): readonly string[] {
  const document = documentOf(spec, 'tasks')?.document;
  if (document?.kind !== 'tasks') return [];
  return tasks
    .filter(({ key, phase }) => key !== again && (phase === 'failed' || phase === 'unproven'))
    .filter((task) => findAgain(document, asPlanned(task))?.state === 'done')
    .map(({ key }) => key);
}

/**
 * What must be shown before a bug is fixed is not answered by going on, nor by a retry of what waits for it.
 * @param again The task that is retried
 */
function refuseUnanswered(state: RunState, ticked: readonly string[], again?: string): void {
  const isOpen = (key: string) =>
    !ticked.includes(key) && state.tasks.some((task) => task.key === key && isSettled(task));
  const asked = again === undefined ? state.needs : unansweredBefore(state, again);
  const needs = asked.filter((need) => need.kind === 'exploration' && isOpen(need.task));
  if (needs.length > 0) throw new ActError('refused', needWords({ ...state, needs })?.words ?? '');
}

function isElsewhere({ processes }: Pick<Ports, 'processes'>, state: RunState): boolean {
  const { owner } = state;
  return isUnderWay(state) && owner !== processes.owner && processes.isAlive(owner);
}

export function tasksOf(spec: Spec): TasksDocument {
  const document = documentOf(spec, 'tasks')?.document;
  if (document?.kind === 'tasks') return document;
  throw new ActError('notFound', `“${spec.name}” has no tasks yet.`);
}

function refuseImpossible(spec: Spec, document: TasksDocument, plan: Plan, selection: Selection): void {
  const cycle = cycleIn(document, plan);
  if (cycle) throw new ActError('invalid', `${cycle.message} Nothing was started.`);
  if (plan.tasks.length > 0) return;
  const { name } = spec;
  if (selection.kind === 'task' || selection.kind === 'from')
    throw new ActError('notFound', `There is no task ${selection.key} in “${name}”.`);
  if (selection.kind === 'covering')
    throw new ActError('notFound', `No open task of “${name}” names requirement ${selection.requirement}.`);
  throw new ActError(
    'notFound',
    selection.kind === 'all'
      ? `Every task of “${name}” is done.`
      : `Every required task of “${name}” is done.`,
  );
}

/** In document order: so they begin, where more than one could. */
function entriesOf({ tasks }: Plan): readonly RunTaskEntry[] {
  return [...tasks]
    .sort((a, b) => a.task.line - b.task.line)
    .map(({ task, wave, after }) => ({
      key: task.key,
      id: task.id,
      title: task.title,
      wave,
      after,
      optional: task.optional,
      ...(task.state === 'done' ? { again: true as const } : {}),
    }));
}
