/** What is said of a task of a run: in a row, a lens, a hover and a report alike. Pure. */
import type { Check, CheckResult, ComparedCheck, Evidence, Suspicion } from '../evidence/model';
import { type RunningTask, type RunState, SKIPPED, type TaskPhase } from '../run/model';
import { timeIn } from '../run/spans';
import { clock, counted, listed, money, seconds, sum } from './figures';
import { isRunning } from './runTally';

export const PHASE_WORDS: Readonly<Record<TaskPhase, string>> = {
  waiting: 'waits',
  working: 'running',
  checking: 'checking',
  reviewing: 'under review',
  merging: 'merging',
  done: 'done',
  unproven: 'unproven',
  failed: 'failed',
  skipped: 'skipped',
  stopped: 'stopped',
  interrupted: 'interrupted',
};

export const SUSPICION_WORDS: Readonly<Record<Suspicion, string>> = {
  emptyDiff: 'Nothing was changed',
  testsSkipped: 'Tests are skipped that ran before',
  testsRemoved: 'Tests are gone that were there before',
  assertionsWeakened: 'An assertion says less than before',
  checkNotRun: 'A check did not run',
  checkChanged: 'What the check runs was changed',
  outsideBoundary: 'Files outside the task’s boundary were changed',
};

/** As people call it: `3.2`, or its title where it has no number. */
export function nameOf({ id, title }: Pick<RunningTask, 'id' | 'title'>): string {
  return id ?? `“${title}”`;
}

/** How long it was worked on, until `now`; undefined where it has not begun. */
export function taskTime({ spans }: RunningTask, now: number): number | undefined {
  return spans.length === 0 ? undefined : timeIn(spans, now);
}

/** What is under its title, its time left out: `$0.18`, `9 tests`, `2 tries`, or what it waits for. */
export function factsOf(task: RunningTask, run: Pick<RunState, 'tasks' | 'options'>): readonly string[] {
  if (task.phase === 'waiting') return [waitsFor(task, run.tasks)];
  const last = task.evidence.at(-1);
  const cost = sum(task.evidence.map((each) => each.cost));
  const tests = testCount(last);
  const spent = cost === undefined ? [] : [money(cost)];
  if (isRunning(task.phase)) {
    const doing = task.checking ?? PHASE_WORDS[task.phase];
    return [...(task.try > 1 ? [tryWords(task, run)] : []), doing];
  }
  if (task.phase === 'failed') return [...spent, ...(task.try > 1 ? [tryWords(task, run)] : ['failed'])];
  if (task.phase !== 'done') return [...spent, PHASE_WORDS[task.phase]];
  return [
    ...spent,
    ...(tests === undefined ? [] : [counted(tests, 'test')]),
    ...(task.try > 1 ? [counted(task.try, 'try', 'tries')] : []),
  ];
}

function tryWords(task: RunningTask, { options }: Pick<RunState, 'options'>): string {
  return `try ${task.try} of ${Math.max(task.try, options.tries)}`;
}

function waitsFor({ after }: RunningTask, tasks: readonly RunningTask[]): string {
  const open = tasks.filter(({ key, phase }) => after.includes(key) && phase !== 'done');
  const [first] = open;
  return first === undefined ? 'waits its turn' : `waits for ${nameOf(first)}`;
}

/** The most that one of its checks counted; undefined where none counted tests. */
export function testCount(evidence: Evidence | undefined): number | undefined {
  const counts = (evidence?.checks ?? []).flatMap(({ after }) => after.tests?.passed ?? []);
  return counts.length === 0 ? undefined : Math.max(...counts);
}

/** For a lens: `Done, 3 checks, 8 tests`, `Failed: one test that passed before fails now`, `Running 2:12, npm test`. */
export function lensWords(task: RunningTask, run: Pick<RunState, 'tasks' | 'options'>, now: number): string {
  const last = task.evidence.at(-1);
  const time = taskTime(task, now);
  if (isRunning(task.phase))
    return [`Running ${clock(time ?? 0)}`, ...factsOf(task, run).filter((fact) => fact !== 'running')].join(
      ', ',
    );
  if (task.phase === 'waiting') return sentence(waitsFor(task, run.tasks));
  if (task.phase === 'failed')
    return `Failed: ${lensReason(last?.reasons[0] ?? task.reason ?? 'its check did not pass')}`;
  if (task.phase === 'unproven')
    return `Not proved: ${lensReason(last?.reasons[0] ?? task.reason ?? 'no check ran')}`;
  if (task.phase !== 'done') return sentence(PHASE_WORDS[task.phase]);
  const tests = testCount(last);
  const checks = last?.checks.length ?? 0;
  return [
    'Done',
    ...(checks > 0 ? [counted(checks, 'check')] : []),
    ...(tests ? [counted(tests, 'test')] : []),
  ].join(', ');
}

export interface Verdict {
  /** What the session claimed; undefined where it claimed nothing. */
  readonly claim: string | undefined;
  /** What the checks say to it, in a few words. */
  readonly says: string;
  /** Why. */
  readonly why: string;
}

/** The claim and the checks, set against each other. */
export function verdictOf(task: RunningTask): Verdict {
  const last = task.evidence.at(-1);
  const why = reasonsOf(task).map(ended).join(' ');
  if (task.phase === 'skipped') return skippedVerdict(task, last && `The last try: ${lowered(why)}`);
  const goesOn = isRunning(task.phase) || task.phase === 'interrupted';
  if (last && task.phase !== 'waiting' && !goesOn) {
    const claim = claimOf(last);
    // It was proved alone, and something else is why it is not done.
    if (last.verdict === 'proved' && task.phase !== 'done')
      return { claim, says: 'The checks agree, and yet:', why: ended(task.reason ?? statusSentence(task)) };
    if (last.verdict === 'refuted') return { claim, says: 'The checks disagree:', why: lowered(why) };
    if (last.verdict === 'unproven') return { claim, says: 'Nothing proves it:', why: lowered(why) };
    return { claim, says: 'The checks agree.', why: agreeing(last) };
  }
  return {
    claim: undefined,
    says: statusSentence(task),
    why: goesOn && last ? `The last try: ${lowered(why)}` : why,
  };
}

function skippedVerdict(task: RunningTask, tried: string | undefined): Verdict {
  const cause = isByPerson(task) ? undefined : lowered(ended(task.reason ?? ''));
  const why = [cause, tried].filter((words) => words !== undefined).join(' ');
  return { claim: undefined, says: statusSentence(task), why };
}

/** Also where nobody said why. */
function isByPerson({ reason = SKIPPED }: RunningTask): boolean {
  return reason === SKIPPED;
}

function claimOf({ nothingToChange }: Evidence): string {
  return nothingToChange === undefined
    ? 'The session said it was done.'
    : `The session said that nothing had to change: “${nothingToChange}”`;
}

function reasonsOf({ evidence, reason }: RunningTask): readonly string[] {
  const { reasons = [] } = evidence.at(-1) ?? {};
  return reasons.length > 0 ? reasons : reason ? [reason] : [];
}

function statusSentence(task: RunningTask): string {
  switch (task.phase) {
    case 'waiting':
      return 'It has not begun.';
    case 'checking':
      return task.checking === undefined ? 'Its checks run now.' : `${task.checking} runs now.`;
    case 'reviewing':
      return 'A second session looks at what the first one did.';
    case 'merging':
      return 'What it changed is merged into the workspace.';
    case 'working':
      return task.try > 1 ? `The agent works on it, try ${task.try}.` : 'The agent works on it.';
    case 'skipped':
      return isByPerson(task) ? SKIPPED : 'It was skipped:';
    case 'stopped':
      return 'It was stopped before its checks ran.';
    case 'interrupted':
      return 'Earshot was closed while the agent worked on it. Nothing of it is lost.';
    case 'unproven':
      return 'No check ran: not ticked.';
    case 'failed':
      return 'It ended before its checks could run.';
    case 'done':
      return 'Done.';
  }
}

function agreeing({ checks, criteria, despite }: Evidence): string {
  const tests = counted(checks.length, 'check is', 'checks are');
  const proved = criteria.filter(({ status }) => status === 'proved');
  const words = checks.length === 0 ? [] : [`${tests} no worse than before`];
  const named = proved.length === 0 ? [] : [`tests that ran name ${listed(proved.map(({ id }) => id))}`];
  const said = [...words, ...named].join(', and ');
  return [...(said === '' ? [] : [ended(sentence(said))]), ...(despite === undefined ? [] : [despite])].join(
    ' ',
  );
}

/** As the column *Before* or *After* says it: `36 passed, 1 failed, 0 skipped`, `exit 0, 4.1 s`. */
export function resultWords(
  result: CheckResult | undefined,
  withTime: boolean,
  kind?: Check['kind'],
): string {
  if (result === undefined) return 'not run';
  const time = withTime ? [seconds(result.durationMs)] : [];
  if (result.outcome === 'notStarted') return 'did not start';
  if (result.outcome === 'timedOut') return ['ran out of time', ...time].join(', ');
  const { tests } = result;
  // A runner that is not known, or a command that runs none: its end is all that is known of it.
  const uncounted = kind === 'test' && result.outcome === 'passed' ? ['tests not counted'] : [];
  if (tests === undefined) return [`exit ${result.exitCode ?? '?'}`, ...uncounted, ...time].join(', ');
  const { passed, failed, skipped } = tests;
  if (!withTime && failed === 0 && skipped === 0) return `${passed} passed`;
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

export const CHECK_VERDICTS: Readonly<Record<ComparedCheck['verdict'], string>> = {
  passed: 'passed',
  noWorse: 'no worse',
  worse: 'worse',
  failed: 'failed',
  noProof: 'no proof',
};

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A lens ends without a point. */
function lensReason(words: string): string {
  return lowered(words).replace(/\.$/, '');
}

/** For the middle of a sentence; `API` and `npm test` stay as they are. */
function lowered(words: string): string {
  return /^[A-Z][a-z’]*\b/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

function ended(words: string): string {
  return /[.!?”]$/.test(words) ? words : `${words}.`;
}
