/** The door to runs, as long as nothing runs: what runs is loaded with the first. */
import { ActError } from '../../actError';
import type { Sessions } from '../../agent/session/sessions';
import type { Task } from '../../spec/model';
import type { Budget } from '../../usage/limits';
import { type Abort, Cancelled, createAbort } from '../../util/abort';
import { Emitter, type Event } from '../../util/event';
import { taskTitle } from '../taskState';
import type { Engine } from './engine';
import { type RunOptions, type RunState, SKIPPED } from './model';
import type { RunStore } from './runStore';
import type { Runs } from './runs';
import { shownRun } from './shownRun';

/** What else the core itself asks of them. */
export interface OwnRuns extends Runs {
  /** Goes on with a session of a task, in a run of its own. */
  startWith(spec: string, options: RunOptions, session: string): Promise<RunState>;
  /** Is something of this spec running here, or about to? */
  isRunning(spec: string): boolean;
  /** Tells what runs of a spec here that the person ticked a task, or opened it. */
  tick(spec: string, task: Pick<Task, 'id' | 'title'>): void;
  /** Ends what runs of a spec here, a question before it included. */
  stopSpec(spec: string): void;
  /** The budget of the run that a session belongs to, and what is spent of it; undefined where there is none. */
  budgetOf(session: string): Budget | undefined;
  /** Something of a spec began or ended. */
  readonly onDidClaim: Event<void>;
  /** Stops all; resolves when they are over. */
  stopAll(): Promise<void>;
}

interface Claim {
  readonly abort: Abort;
  root: string | undefined;
  ended: Promise<unknown>;
}

export function createRuns(
  store: RunStore,
  sessions: Pick<Sessions, 'get' | 'known'>,
  loadEngine: () => Promise<Engine>,
): OwnRuns {
  const claims = new Map<string, Claim>();
  const claimed = new Emitter<void>();

  /** One run at a time for a spec, and for a workspace folder. */
  function claiming(
    path: string,
    act: (engine: Engine, beginning: Parameters<Engine['start']>[2]) => Promise<RunState>,
  ): Promise<RunState> {
    if (claims.has(path))
      return Promise.reject(new ActError('busy', 'Tasks of this spec are running already.'));
    const claim: Claim = { abort: createAbort(), root: undefined, ended: Promise.resolve() };
    claims.set(path, claim);
    claimed.fire();
    const claimRoot = (root: string) => {
      if ([...claims.values()].some((other) => other !== claim && other.root === root))
        throw new ActError('busy', 'Tasks of another spec are running in this workspace already.');
      claim.root = root;
    };
    const ended = loadEngine()
      .then((engine) => act(engine, { signal: claim.abort.signal, claim: claimRoot }))
      .finally(() => {
        claims.delete(path);
        claimed.fire();
      });
    claim.ended = ended.catch(() => {});
    return ended;
  }

  const specOf = async (run: string): Promise<string> => {
    const state = store.get(run) ?? (await store.list()).find(({ id }) => id === run);
    if (state) return state.spec;
    throw new ActError('notFound', 'The log of this run is gone.');
  };

  return {
    plan: async (spec, selection, shape) => (await loadEngine()).plan(spec, selection, shape),
    start: (spec, options) =>
      claiming(spec, (engine, beginning) => engine.start(spec, checked(options), beginning)),
    startWith: (spec, options, session) =>
      claiming(spec, (engine, beginning) => engine.start(spec, checked(options), beginning, session)),
    async resume(run, budget) {
      checkBudget(budget ?? undefined);
      return claiming(await specOf(run), (engine, beginning) => engine.resume(run, beginning, { budget }));
    },
    pause: (run) => store.live(run)?.pause(),
    unpause: (run) => store.live(run)?.unpause(),
    stopAfter: (run) => store.live(run)?.stopAfter(),
    stop: (run) => store.live(run)?.stop(),
    skip(run, task) {
      const live = store.live(run);
      if (live) live.skip(task);
      else void skipLater(store, run, task);
    },
    async retry(run, task, hint) {
      const live = store.live(run);
      const spec = await specOf(run);
      if (!live)
        return claiming(spec, (engine, beginning) =>
          engine.resume(run, beginning, { again: { task, hint } }),
        );
      await (await loadEngine()).retry(live, task, hint);
      await claims.get(spec)?.ended;
      return store.get(run) ?? live.state;
    },
    list: async (spec) => (await store.list(spec)).map(shownRun),
    get known() {
      return store.known.map(shownRun);
    },
    get(run) {
      const state = store.get(run);
      return state && shownRun(state);
    },
    onDidChange: store.onDidChange,
    isRunning: (spec) => claims.has(spec),
    tick(spec, task) {
      for (const { id } of store.known.filter((run) => run.spec === spec))
        store.live(id)?.ticked.add(taskTitle(task));
    },
    stopSpec: (spec) => claims.get(spec)?.abort.abort(new Cancelled()),
    budgetOf(session) {
      const run = store.known.find(
        ({ id, options, tasks }) =>
          options.budget !== undefined &&
          store.live(id) !== undefined &&
          tasks.some((task) => task.sessions.some((each) => each.id === session)),
      );
      if (run?.options.budget === undefined) return undefined;
      const all = run.tasks.flatMap((task) => task.sessions);
      const own = new Set(all.map(({ id }) => id));
      const helped = sessions.known.filter(({ state }) => own.has(state.started.parent?.session ?? ''));
      const costs = [...own].map((id) => sessions.get(id)?.cost ?? 0);
      const spent = [...costs, ...helped.map(({ state }) => state.cost ?? 0)].reduce((a, b) => a + b, 0);
      return { scope: 'run', of: run.id, limit: run.options.budget, spent };
    },
    onDidClaim: claimed.event,
    async stopAll() {
      const all = [...claims.values()];
      for (const { abort } of all) abort.abort(new Cancelled('Earshot is closing'));
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

async function skipLater(store: RunStore, run: string, task: string): Promise<void> {
  const found = store.get(run)?.tasks.find(({ key }) => key === task);
  if (found === undefined || found.phase === 'done' || found.phase === 'skipped') return;
  await store.append(run, { type: 'task.ended', task, phase: 'skipped', reason: SKIPPED }).catch(() => {});
}

function checked(options: RunOptions): RunOptions {
  const { parallel, tries, budget } = options;
  const isCount = (value: number) => Number.isInteger(value) && value >= 1;
  if (!isCount(parallel)) throw new ActError('invalid', 'At least one task must run at a time.');
  if (!isCount(tries)) throw new ActError('invalid', 'A task needs at least one try.');
  checkBudget(budget);
  return options;
}

function checkBudget(budget: number | undefined): void {
  if (budget !== undefined && !(budget > 0))
    throw new ActError('invalid', 'A budget is more than 0 dollars.');
}
