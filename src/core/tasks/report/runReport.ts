/** A run as a report says it: what was done, how it is proved, what it cost, what is left. No secrets, no places of this machine. Pure. */
import type { Evidence } from '../evidence/model';
import { shareable } from '../evidence/shareable';
import type { RunningTask, RunState } from '../run/model';
import { clock, counted, listed, money } from './figures';
import { needWords } from './needWords';
import { costOf, filesOf, optionsWords, tallyOf, tallyWords, testsOf, timeOf } from './runTally';
import { factsOf, PHASE_WORDS, taskTime, verdictOf } from './taskWords';

export interface ReportSources {
  /** The spec's name. */
  readonly spec: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Dollars, where more is known than the evidence says. */
  readonly cost?: number | undefined;
}

export interface ReportedTask {
  readonly name: string;
  readonly state: 'done' | 'open';
  /** `done`, `failed`. */
  readonly word: string;
  /** One sentence on why it is done, or is not. */
  readonly why: string;
  /** `1:20`, `$0.18`. */
  readonly time: string;
  readonly cost: string;
  /** Of its last try. */
  readonly evidence: Evidence | undefined;
}

export interface RunReport {
  readonly title: string;
  /** `7 of 12 done, 1 failed`. */
  readonly summary: string;
  readonly facts: readonly string[];
  readonly done: readonly ReportedTask[];
  readonly left: readonly ReportedTask[];
  readonly proved: readonly string[];
  readonly unproven: readonly string[];
  readonly files: readonly string[];
  /** What the person should do next. */
  readonly next: string | undefined;
}

export function runReport(run: RunState, { spec, now, cost }: ReportSources): RunReport {
  const tasks = run.tasks.map((task) => shared(task, run.root));
  const { done, others } = tallyWords(tallyOf(run));
  const spent = cost ?? costOf(tasks);
  const tests = testsOf(tasks);
  const files = filesOf(tasks);
  const reported = tasks.map((task) => reportedTask(task, run, now));
  const criteria = tasks.flatMap(({ evidence }) => evidence.at(-1)?.criteria ?? []);
  const proved = idsOf(criteria.filter(({ status }) => status === 'proved'));
  return {
    title: `Run ${run.number} of ${spec}`,
    summary: [done, ...others].join(', '),
    facts: [
      `${clock(timeOf(run, now))}${run.endedAt === undefined ? ' so far' : ''}`,
      spent === undefined ? 'cost not known' : money(spent),
      optionsWords(run),
      `${counted(tests.passed, 'test')} counted${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`,
      `${counted(files.length, 'file')} changed`,
    ],
    done: reported.filter(({ state }) => state === 'done'),
    left: reported.filter(({ state }) => state === 'open'),
    proved,
    unproven: idsOf(criteria).filter((id) => !proved.includes(id)),
    files,
    next: needWords({ ...run, tasks })?.words,
  };
}

function shared(task: RunningTask, root: string): RunningTask {
  return { ...task, evidence: task.evidence.map((each) => shareable(each, root)) };
}

function reportedTask(task: RunningTask, run: RunState, now: number): ReportedTask {
  const last = task.evidence.at(-1);
  const time = taskTime(task, now);
  const spent = costOf([task]);
  const { says, why } = verdictOf(task);
  const facts = task.phase === 'waiting' ? `It ${factsOf(task, run).join(', ')}.` : '';
  return {
    name: `${task.id ?? ''} ${task.title}${task.optional ? ' (optional)' : ''}`.trim(),
    state: task.phase === 'done' ? 'done' : 'open',
    word: PHASE_WORDS[task.phase],
    why: facts || `${says} ${why}`.trim(),
    time: time === undefined ? '' : clock(time),
    cost: spent === undefined ? '' : money(spent),
    evidence: last,
  };
}

function idsOf(criteria: readonly { readonly id: string }[]): readonly string[] {
  const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
  return [...new Set(criteria.map(({ id }) => id))].sort(byNumber);
}

/** `npm test: 9 passed`, `criteria 1.1 and 1.2`. */
export function evidenceWords({ checks, criteria }: Evidence): readonly string[] {
  const named = criteria.filter(({ status }) => status === 'proved').map(({ id }) => id);
  return [
    ...checks.map(({ command, after: { tests, exitCode } }) =>
      tests === undefined ? `${command}: exit ${exitCode ?? '?'}` : `${command}: ${tests.passed} passed`,
    ),
    ...(named.length > 0 ? [`tests name ${listed(named)}`] : []),
  ];
}
