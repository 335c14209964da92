/**
 * One task of a run, until it is settled: checkpoint, baseline, the agent, the checks, the verdict, the box. Each step
 * is in the run's log before the next, so that another process can go on at any of them.
 */
import { ActError } from '../../actError';
import { CHECK_CALL } from '../../agent/session/events';
import type { Session, Sessions } from '../../agent/session/sessions';
import type { Model } from '../../agent/turn/model';
import type { Checkpoints } from '../../checkpoints/checkpoints';
import type { TaskHooks } from '../../hooks/taskHooks';
import type { Ports } from '../../ports';
import type { Spec, Task } from '../../spec/model';
import { type Abort, Cancelled } from '../../util/abort';
import { errorMessage } from '../../util/errorMessage';
import type { Check, CheckResult, Evidence } from '../evidence/model';
import { reopenedWords } from '../report/needWords';
import { rollUp, setTaskState } from '../taskState';
import { type Baselines, baselineOf, countedIn } from './baselines';
import type { Boxes } from './boxes';
import { isExploration, passesUnexpectedly } from './exploration';
import { feedbackOf, hintOf } from './feedback';
import type { LiveRun } from './liveRun';
import { createMade } from './made';
import type { Mend } from './mend';
import { createBringing } from './mergeWork';
import { type RunningTask, SKIPPED, type TaskPhase } from './model';
import { changedInPause } from './ownChanges';
import type { Copy, Place } from './place';
import { isPreservation } from './preservation';
import type { Proof } from './proof';
import { isUnderWay } from './shownRun';
import { timeIn } from './spans';
import { createTaskSession, type SessionNote } from './taskSession';
import { isUnheard } from './unheard';
import type { Work } from './work';

export interface RunOneParts {
  readonly ports: Ports;
  readonly sessions: Sessions;
  readonly work: Work;
  readonly mend: Mend;
  readonly hooks: TaskHooks;
  readonly proof: Proof;
  readonly baselines: Baselines;
  /** Undefined where there are none. */
  readonly checkpoints: Checkpoints | undefined;
}

export interface OneTask {
  readonly run: LiveRun;
  readonly spec: Spec;
  /** As it stands now. */
  readonly task: Task;
  /** Its key in the run: tasks.md may number it otherwise by now. */
  readonly key: string;
  readonly checks: readonly Check[];
  readonly boxes: Boxes;
  readonly model: Model;
  readonly abort: Abort;
  readonly hint: string | undefined;
  /** A session to go on with, where it is not one of the run's own. */
  readonly session: string | undefined;
}

export interface Settled {
  readonly phase: TaskPhase;
  readonly reason: string | undefined;
  /** A limit of costs is reached: no other task will fare better. */
  readonly limit?: true;
  /** No model answers: neither will another task fare better. */
  readonly unheard?: true;
  /** The person has to look at it before anything else begins. */
  readonly asks?: true;
  /** It does not fit to what was done beside it: another try begins anew. */
  readonly clash?: true;
}

/** Does a task at its place, tries included, and settles it. Rejects never. */
export type RunOne = (one: OneTask, place: Place) => Promise<Settled>;

export function createRunOne(parts: RunOneParts): RunOne {
  return async (one, place) => {
    const attempt = createAttempt(parts, one, place);
    const settled = one.boxes.during(attempt.go, attempt.reopened).catch(attempt.failed);
    return attempt.settle(await settled);
  };
}

function createAttempt(parts: RunOneParts, one: OneTask, place: Place) {
  const { ports, proof, baselines } = parts;
  const { run, spec, task, key, checks, boxes, abort } = one;
  const { signal } = abort;
  const session = createTaskSession({ ...parts, ...one, signal, wanted: one.session });
  const known = (): RunningTask => run.task(key) as RunningTask;
  const lastSession = () => known().sessions.findLast(({ role }) => role === 'work')?.id;
  /** Milliseconds of work, before this. */
  let spentBefore = 0;
  let worked = false;
  /** What the checks said of the workspace as it is: nothing was done in it since. */
  let judged: Evidence | undefined;
  /** Its checks may come to something else than before its first try, by what others did. */
  let isMoved = false;

  const before = () => place.copy?.base ?? known().checkpoints.before;
  const made = createMade(() =>
    proof.changes({
      root: place.root,
      checkpoint: before(),
      states: place.copy?.states,
      pauses: place.copy ? undefined : known().checkpoints.pauses,
      session: session.current?.state,
    }),
  );

  /** A copy is gone when its task is over: what was printed there names files as the workspace has them. */
  async function check(...[which, root, ...others]: Parameters<Proof['check']>): Promise<CheckResult> {
    const result = await proof.check(which, root, ...others);
    return place.copy ? { ...result, tail: result.tail.replaceAll(`${root}/`, '') } : result;
  }

  /** Of a copy, its own states are enough. */
  async function checkpoint(when: 'before' | 'after' | 'again'): Promise<string | undefined> {
    if (place.copy) return undefined;
    const named = when === 'after' ? when : 'before';
    const cause = { kind: 'task', run: run.id, spec: spec.path, task: key, when: named } as const;
    const own = session.current === undefined ? cause : { ...cause, session: session.current.id };
    const taken = await parts.checkpoints?.take(place.root, own);
    if (taken) run.append({ type: 'task.checkpoint', task: key, when, checkpoint: taken.id });
    return taken?.id;
  }

  /** Others may have worked since it was left. */
  async function beginAgain(): Promise<void> {
    await checkpoint('again');
    const pause = known().checkpoints.pauses?.at(-1);
    const { checkpoints } = parts;
    if (pause && checkpoints) isMoved = (await changedInPause(checkpoints, place.root, pause)).length > 0;
  }

  async function baseline(): Promise<void> {
    for (const each of checks) {
      const was = known().baseline[each.command];
      if (was && !isMoved) continue;
      let result = await baselines.known(each, place, known().checkpoints.pauses?.at(-1)?.again ?? before());
      if (result === undefined) {
        run.append({ type: 'task.checking', task: key, command: each.command });
        result = await check(each, place.root, signal);
      }
      result = countedIn(run.state, each, baselineOf(each, was, result));
      run.append({ type: 'task.baseline', task: key, command: each.command, result });
      await run.flush();
    }
  }

  async function after(own: Session): Promise<Readonly<Record<string, CheckResult>>> {
    const results: Record<string, CheckResult> = {};
    for (const each of checks) {
      const { command } = each;
      run.append({ type: 'task.checking', task: key, command });
      own.append({ type: 'check.started', command });
      await own.flush();
      await run.flush();
      const onOutput = (text: string) =>
        own.live({ type: 'output', session: own.id, call: CHECK_CALL, text });
      const result = await check(each, place.root, own.abort.signal, onOutput);
      const { exitCode, durationMs, tail: output } = result;
      own.append({ type: 'check.ended', command, exitCode, output, durationMs });
      results[command] = result;
    }
    return results;
  }

  const reviewing = (id: string) =>
    run.append({ type: 'task.session', task: key, session: id, role: 'review' });

  async function judge(own: Session): Promise<Evidence> {
    const changes = await made.work();
    const results = await made.during(() => after(own), changes);
    const { baseline, try: tries } = known();
    const evidence = await proof.judge({
      run: run.id,
      spec,
      task,
      root: place.root,
      changes,
      session: own.state,
      checks,
      before: baseline,
      after: results,
      tries,
      durationMs: Math.max(0, timeIn(known().spans, run.now()) - spentBefore),
      signal: own.abort.signal,
      ...(run.state.options.reviewer ? { onReview: reviewing } : {}),
    });
    run.append({ type: 'task.judged', task: key, evidence });
    await run.flush();
    judged = evidence;
    return evidence;
  }

  /** What the agent is told when it thinks that it is done; undefined when there is nothing more to say. */
  async function reply(own: Session): Promise<string | undefined> {
    const evidence = await judge(own);
    const { try: tried } = known();
    // A test that fails only because it must fail would show nothing: the person is asked, not the agent.
    // Without a check nothing will prove it; what speaks against it can be mended all the same.
    const isHopeless = checks.length === 0 && evidence.verdict !== 'refuted';
    const isOver = isHopeless || tried >= run.state.options.tries || passesUnexpectedly(evidence);
    if (evidence.verdict === 'proved' || isOver) return undefined;
    await run.unpaused();
    run.append({ type: 'task.started', task: key, try: tried + 1 });
    await run.flush();
    judged = undefined;
    return feedbackOf(evidence);
  }

  async function go(): Promise<Settled> {
    const { phase, evidence } = known();
    const last = evidence.at(-1);
    // It was proved, and the process died before the box was ticked.
    if (isUnderWay(phase) && last?.verdict === 'proved' && !place.isFresh) {
      await session.adopt(lastSession());
      return bring(last);
    }
    if (!isUnderWay(phase)) begin(phase);
    await run.flush();
    spentBefore = timeIn(known().spans, run.now());
    // What hooks do before a task is none of its work.
    if (!isUnderWay(phase)) await askHooks();
    worked = true;
    const isFirst = known().checkpoints.before === undefined;
    if (isFirst) await checkpoint('before');
    else if (known().checkpoints.after !== undefined) await beginAgain();
    // A box that is marked without a log on the disk would stay so: nobody knew who marked it.
    await run.flush();
    await boxes.write(() => setTaskState(ports.files, spec, task, 'inProgress'));
    // Right after its checkpoint nothing can be different from it.
    const isUntouched = isFirst && place.copy === undefined && before() !== undefined;
    await made.during(baseline, isUntouched ? [] : await made.work());
    signal.throwIfAborted();
    return work(phase, last);
  }

  const moment = () => ({ spec, task, place: place.root, session: session.current });

  async function askHooks(): Promise<void> {
    const why = await parts.hooks.before(moment(), signal);
    if (why !== undefined) throw new ActError('refused', why);
  }

  async function tellHooks(phase: TaskPhase): Promise<void> {
    if (!worked || phase === 'stopped' || phase === 'skipped') return;
    if (await parts.hooks.after(moment(), phase === 'done', signal)) judged = undefined;
  }

  function begin(phase: TaskPhase): void {
    // What was stopped is the same try.
    const next = phase === 'stopped' || phase === 'waiting' ? 0 : 1;
    const hint = one.hint === undefined ? {} : { hint: one.hint };
    run.append({ type: 'task.started', task: key, try: Math.max(1, known().try + next), ...hint });
  }

  /** @param phase Before this; @param last What was found then */
  async function work(phase: TaskPhase, last: Evidence | undefined): Promise<Settled> {
    const { hint, sessions } = known();
    // A hint is for a new session: the process may have died before it began.
    const isDue = hint !== undefined && hint.after === sessions.length;
    const goesOn = (isUnderWay(phase) || phase === 'stopped') && !place.isFresh && !isDue;
    const { session: own, past } = await session.open(one.session ?? (goesOn ? lastSession() : undefined));
    if (!known().sessions.some(({ id }) => id === own.id))
      run.append({ type: 'task.session', task: key, session: own.id, role: 'work' });
    own.abort.signal.throwIfAborted();
    await own.flush();
    await run.flush();
    let found: Evidence | undefined;
    await parts.work({
      session: own,
      spec,
      task,
      checks: checks.map(({ command }) => command),
      model: one.model,
      root: place.root,
      past,
      more: hintOf(
        one.hint ?? hint?.words,
        phase === 'failed' || phase === 'unproven' ? (last?.reasons ?? []) : [],
      ),
      async replyTo() {
        const text = await reply(own);
        found = known().evidence.at(-1);
        return text;
      },
    });
    return found === undefined ? { phase: 'unproven', reason: 'Nothing was checked.' } : bring(found);
  }

  async function bring(evidence: Evidence): Promise<Settled> {
    const reason = evidence.reasons.join(' ');
    if (evidence.verdict === 'refuted') return { phase: 'failed', reason };
    const clash = place.copy && (await merge(place.copy, evidence));
    if (clash) return clash;
    if (evidence.verdict === 'proved') return { phase: 'done', reason: undefined };
    const isBeforeFix = isExploration(spec, task) || isPreservation(spec, task);
    if (!isBeforeFix) return { phase: 'unproven', reason };
    run.append({ type: 'run.needs', need: { kind: 'exploration', task: key } });
    return { phase: 'unproven', reason, asks: true };
  }

  /** What is not proved is brought in, too: the person looks at it, and what comes after it builds on it. */
  async function merge(copy: Copy, evidence: Evidence): Promise<Settled | undefined> {
    run.append({ type: 'task.merging', task: key });
    await run.flush();
    const bringing = createBringing(parts, one, place, evidence);
    const brought = await copy.merge(bringing, signal);
    if (brought === 'merged') {
      await bringing.afterWriting();
      return undefined;
    }
    const { conflict: paths, reason } = brought;
    run.append({ type: 'run.needs', need: { kind: 'conflict', task: key, paths } });
    const what = `What was done does not fit to what was done beside it: ${paths.join(', ')}.`;
    return {
      phase: 'failed',
      reason: `${what} ${reason} Nothing of it was taken over; retry it.`,
      clash: true,
    };
  }

  function failed(error: unknown): Settled {
    if (run.isSkipped(key)) return { phase: 'skipped', reason: SKIPPED };
    if (signal.aborted || session.current?.abort.signal.aborted || error instanceof Cancelled)
      return { phase: 'stopped', reason: errorMessage(error) };
    const reason = errorMessage(error);
    const isLimit = error instanceof ActError && error.reason === 'limit';
    // Nor against what this one did: it goes on when the network, the service or the key is right again.
    if (isUnheard(error) && run.state.tasks.length > 1) return { phase: 'stopped', reason, unheard: true };
    // Nothing speaks against what it did: it goes on when there is money again.
    return isLimit && hasSharedLimit(run, ports)
      ? { phase: 'stopped', reason, limit: true }
      : { phase: 'failed', reason };
  }

  /** The box and the logs get their last word even when the file makes trouble; says what that was. */
  async function settle(settled: Settled): Promise<Settled> {
    const { reason } = settled;
    const evidence = known().evidence.at(-1);
    const trouble = await box(settled.phase, evidence);
    // What was proved is not what tasks.md says now.
    const phase = settled.phase === 'done' && trouble !== undefined ? 'unproven' : settled.phase;
    await tellHooks(phase);
    await session.end(phase, reason, [
      ...(trouble !== undefined && trouble !== reason ? [{ level: 'error', text: trouble } as const] : []),
      ...(settled.phase === 'unproven' ? [unprovenNote(reason)] : []),
    ]);
    const said = reason ?? trouble;
    try {
      const left = await checkpoint('after');
      for (const check of checks) baselines.keep(check, place, judged, left);
      run.append({ type: 'task.ended', task: key, phase, ...(said === undefined ? {} : { reason: said }) });
      await run.flush();
    } catch (error) {
      ports.log.error(`The log of run ${run.id} could not be written`, error);
    }
    return { ...settled, phase, reason: said };
  }

  async function box(phase: TaskPhase, evidence: Evidence | undefined): Promise<string | undefined> {
    try {
      if (evidence && phase !== 'stopped' && phase !== 'skipped') await proof.record(spec, evidence);
      const state = phase === 'done' ? 'done' : 'open';
      await boxes.write(async () => {
        await setTaskState(ports.files, spec, { ...task, state: 'inProgress' }, state);
        if (state === 'done') await rollUp(ports.files, spec, task);
      });
      return undefined;
    } catch (error) {
      return errorMessage(error);
    }
  }

  function reopened(tasks: readonly string[]): void {
    run.append({ type: 'run.reopened', tasks });
    const text = reopenedWords({ reopened: tasks });
    if (text !== undefined) session.current?.append({ type: 'note', level: 'warning', text });
  }

  function unprovenNote(reason: string | undefined): SessionNote {
    const way = '“Earshot: Mark Task as Done” if you have convinced yourself.';
    return { level: 'warning', text: `The box stays open. ${reason ?? ''} ${way}` };
  }

  return { go, reopened, failed, settle };
}

function hasSharedLimit({ state }: LiveRun, { settings }: Pick<Ports, 'settings'>): boolean {
  const { task: _, ...shared } = settings.get().limits;
  return state.options.budget !== undefined || Object.keys(shared).length > 0;
}
