/**
 * The loop over a run's tasks. No model decides what runs, in which order, or whether it is done: what can begin is a
 * function of the run's state, and all that happens is in its log first.
 */
import type { Model } from '../../agent/turn/model';
import type { Ports } from '../../ports';
import type { Spec, Task } from '../../spec/model';
import { documentOf } from '../../spec/readSpec';
import type { SpecStore } from '../../spec/specStore';
import { Cancelled } from '../../util/abort';
import { errorMessage } from '../../util/errorMessage';
import type { Check } from '../evidence/model';
import { findAgain } from '../taskState';
import type { Boxes } from './boxes';
import type { LiveRun } from './liveRun';
import type { RunTaskEntry } from './model';
import type { Places } from './place';
import type { RunOne, Settled } from './runOne';
import { outcomeOf, readyTasks } from './schedule';

export interface LoopParts {
  readonly ports: Pick<Ports, 'log' | 'person'>;
  readonly specs: Pick<SpecStore, 'refresh'>;
  readonly runOne: RunOne;
  readonly places: Places;
  readonly boxes: Boxes;
  readonly model: Model;
  /** What must be agreed to before a task begins. Rejects where it is not. */
  readonly prepare: (spec: Spec, task: Task) => Promise<readonly Check[]>;
  /** A session that the one task of this run goes on with. */
  readonly session?: string | undefined;
}

/** Resolves when the run has ended, and its log says so. Rejects, after that, with what kept it from going on. */
export async function runLoop(run: LiveRun, parts: LoopParts): Promise<void> {
  const active = new Map<string, Promise<void>>();
  let trouble: unknown;
  /** Why no further task may begin. */
  let end: RunEnd | undefined;

  async function one(entry: RunTaskEntry): Promise<void> {
    const abort = run.begin(entry.key);
    parts.places.begin(entry.key);
    const hint = hints.get(entry.key);
    hints.delete(entry.key);
    let settled: Settled | undefined;
    try {
      settled = await runEntry(run, parts, entry, abort, hint);
      end = endOf(run, settled) ?? end;
    } catch (error) {
      end = error instanceof Cancelled ? STOPPED : { status: 'failed', reason: errorMessage(error) };
      if (end !== STOPPED) trouble = error;
    } finally {
      active.delete(entry.key);
      parts.places.end(entry.key);
      if (settled) askAbout(entry, settled);
      run.end(entry.key);
    }
  }

  /** Where others go on, a person can help it meanwhile; else the end of the run says the same. */
  function askAbout({ key }: RunTaskEntry, { phase, clash }: Settled): void {
    if (phase !== 'failed' || clash || !parts.ports.person.present || run.again.has(key)) return;
    const isEnding = end !== undefined || run.isStopping || run.abort.signal.aborted;
    if (isEnding || (active.size === 0 && readyTasks(run.state, NONE, NONE).length === 0)) return;
    run.append({ type: 'run.needs', need: { kind: 'failed', task: key } });
  }

  const hints = new Map<string, string | undefined>();

  function beginReady(): void {
    const ready = readyTasks(run.state, new Set(active.keys()), new Set(run.again.keys()));
    const most = Math.min(run.state.options.parallel, parts.places.most);
    for (const task of ready.slice(0, Math.max(0, most - active.size))) {
      hints.set(task.key, run.again.get(task.key));
      active.set(task.key, one(task));
    }
  }

  try {
    for (;;) {
      await run.unpaused();
      if (!run.isStopping && end === undefined) beginReady();
      if (active.size === 0) break;
      await run.next();
    }
  } catch {
    // Stopped: what runs is told so by its own signal.
  }
  await Promise.all(active.values());
  await parts.places.close();
  const stopped = run.abort.signal.aborted || (run.isStopping && !isComplete(run));
  const how = end ?? (stopped ? stoppedBy(run) : outcomeOf(run.state));
  run.append({ type: 'run.ended', ...how });
  await run
    .flush()
    .catch((error) => parts.ports.log.error(`The log of run ${run.id} could not be written`, error));
  if (trouble !== undefined) throw trouble;
}

export const TICKED = 'It was ticked meanwhile.';

const NONE: ReadonlySet<string> = new Set();

type RunEnd = { readonly status: 'stopped' | 'failed'; readonly reason?: string };

const STOPPED: RunEnd = { status: 'stopped' };

/** A person's stop needs no reason; that of a window that closes is one. */
function stoppedBy({ abort }: LiveRun): RunEnd {
  const { reason } = abort.signal;
  const isPlain = !(reason instanceof Cancelled) || reason.message === new Cancelled().message;
  return isPlain ? STOPPED : { status: 'stopped', reason: `${reason.message}.` };
}

/** Why nothing further may begin after a task that ended so. */
function endOf(run: LiveRun, { phase, reason, limit, asks, unheard }: Settled): RunEnd | undefined {
  if (asks || unheard) return { status: 'stopped', ...(reason === undefined ? {} : { reason }) };
  if (limit) {
    run.append({ type: 'run.needs', need: { kind: 'budget' } });
    return { status: 'stopped', ...(reason === undefined ? {} : { reason }) };
  }
  // Stopped in its conversation: the person wants quiet, not the next one.
  return phase === 'stopped' && !run.abort.signal.aborted ? STOPPED : undefined;
}

/** Files may have changed since the plan: they are read again, and what was done or removed meanwhile is left out. */
async function runEntry(
  run: LiveRun,
  parts: LoopParts,
  entry: RunTaskEntry,
  abort: ReturnType<LiveRun['begin']>,
  hint: string | undefined,
): Promise<Settled> {
  const skip = (reason: string, more: { readonly gone?: true } = {}): Settled => {
    run.append({ type: 'task.ended', task: entry.key, phase: 'skipped', reason, ...more });
    return { phase: 'skipped', reason };
  };
  const gone = (reason: string) => skip(reason, { gone: true });
  const spec = await parts.specs.refresh(run.state.spec);
  const document = spec && documentOf(spec, 'tasks')?.document;
  if (!spec || document?.kind !== 'tasks') return gone('tasks.md is gone.');
  const task = findAgain(document, asPlanned(entry));
  if (!task) return gone('It is not in tasks.md any more as it was planned.');
  const isProved = run.task(entry.key)?.evidence.at(-1)?.verdict === 'proved';
  if (task.state === 'done' && !entry.again && !isProved) return skip(TICKED);
  const checks = await parts.prepare(spec, task);
  abort.signal.throwIfAborted();
  const place = await parts.places.take(entry, abort.signal);
  let isOver = false;
  try {
    const { boxes, model, session } = parts;
    const settled = await parts.runOne(
      { run, spec, task, key: entry.key, checks, boxes, model, abort, hint, session },
      place,
    );
    // Another try goes on with what there is.
    isOver = settled.clash === true || (settled.phase !== 'failed' && settled.phase !== 'stopped');
    return settled;
  } finally {
    await place.release(isOver);
    await parts.specs.refresh(spec.path);
  }
}

/** What tells a task from others in a later reading; a task whose number is not its own is known by its line. */
export function asPlanned({ id, title, key }: RunTaskEntry): Pick<Task, 'id' | 'title' | 'line' | 'state'> {
  return { id, title, line: key.startsWith('@') ? Number(key.slice(1)) : -1, state: 'open' };
}

function isComplete(run: LiveRun): boolean {
  return readyTasks(run.state, new Set(), new Set()).length === 0;
}
