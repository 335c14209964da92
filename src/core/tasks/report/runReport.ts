/** A run as a report says it: what was done, how it is proved, what it cost, what is left. No secrets, no places of this machine. Pure. */
import type { Task } from '../../spec/model';
import type { ComparedCheck, Evidence } from '../evidence/model';
import { shareable, shareableText } from '../evidence/shareable';
import type { RunningTask, RunState } from '../run/model';
import { clock, counted, listed, money } from './figures';
import { fewerWords, needWords, reopenedWords } from './needWords';
import { costOf, filesOf, isRunning, optionsWords, tallyOf, tallyWords, testsOf, timeOf } from './runTally';
import { CHECK_VERDICTS, factsOf, PHASE_WORDS, resultWords, taskTime, verdictOf } from './taskWords';

export interface ReportSources {
  /** The spec's name. */
  readonly spec: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** As tasks.md has them now, sub-tasks included: what the log says is not taken for it. Undefined: not known. */
  readonly boxes?: readonly Pick<Task, 'key' | 'title' | 'state'>[] | undefined;
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
  /** Why fewer tasks ran at a time than were wanted; undefined where they did not. */
  readonly fewer: string | undefined;
  /** Which boxes a program had ticked; undefined where none did. */
  readonly reopened: string | undefined;
  readonly done: readonly ReportedTask[];
  readonly left: readonly ReportedTask[];
  readonly proved: readonly string[];
  readonly unproven: readonly string[];
  readonly files: readonly string[];
  /** What the person should do next. */
  readonly next: string | undefined;
}

/** What tasks.md says of a task otherwise than the log: a restore opens boxes, a person or a later run ticks them. */
type Since = 'open again' | 'ticked since';

function sinceOf(
  { phase, key, title, again }: RunningTask,
  boxes: ReportSources['boxes'],
): Since | undefined {
  const box = boxes?.find((each) => each.key === key && each.title === title)?.state;
  if (box === undefined || isRunning(phase)) return undefined;
  if (phase === 'done') return box === 'done' ? undefined : 'open again';
  return box === 'done' && !again ? 'ticked since' : undefined;
}

export function runReport(logged: RunState, { spec, now, cost, boxes }: ReportSources): RunReport {
  const run = shared(logged);
  const { tasks } = run;
  const since = new Map(run.tasks.map((task) => [task.key, sinceOf(task, boxes)] as const));
  const isAs = (words: Since | undefined) => (task: RunningTask) => since.get(task.key) === words;
  const tally = tallyOf({ tasks: tasks.filter(isAs(undefined)) });
  const { done, others } = tallyWords({ ...tally, total: tasks.length });
  const changed = (['open again', 'ticked since'] as const).flatMap((words) => {
    const count = tasks.filter(isAs(words)).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const spent = cost ?? costOf(tasks);
  const tests = testsOf(tasks);
  const files = filesOf(tasks);
  const reported = tasks.map((task) => reportedTask(task, run, now, since.get(task.key)));
  const criteria = tasks.flatMap((task) =>
    (task.evidence.at(-1)?.criteria ?? []).map(({ id, status }) => ({
      id,
      isProved: status === 'proved' && since.get(task.key) !== 'open again',
    })),
  );
  const proved = idsOf(criteria.filter(({ isProved }) => isProved));
  return {
    title: `Run ${run.number} of ${spec}`,
    summary: [done, ...others, ...changed].join(', '),
    facts: [
      `${clock(timeOf(run, now))}${run.endedAt === undefined ? ' so far' : ''}`,
      spent === undefined ? 'cost not known' : money(spent),
      optionsWords(run),
      `${counted(tests.passed, 'test')} counted${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`,
      `${counted(files.length, 'file')} changed`,
    ],
    fewer: fewerWords(run),
    reopened: reopenedWords(run),
    done: reported.filter(({ state }) => state === 'done'),
    left: reported.filter(({ state }) => state === 'open'),
    proved,
    unproven: idsOf(criteria).filter((id) => !proved.includes(id)),
    files,
    next: needWords(run)?.words,
  };
}

/** Reasons name what stood in the way, and that may be a folder. */
function shared(run: RunState): RunState {
  const { root, fewer } = run;
  const text = (words: string | undefined) => words && shareableText(words, root);
  return {
    ...run,
    reason: text(run.reason),
    fewer: fewer && { ...fewer, reason: shareableText(fewer.reason, root) },
    tasks: run.tasks.map((task) => ({
      ...task,
      reason: text(task.reason),
      evidence: task.evidence.map((each) => shareable(each, root)),
    })),
  };
}

const SINCE: Readonly<Record<Since, Pick<ReportedTask, 'state' | 'word' | 'why'>>> = {
  'open again': {
    ...{ state: 'open', word: 'open again' },
    why: 'The run proved it. Its box is open again in tasks.md: what it did was taken back, or somebody opened it.',
  },
  'ticked since': {
    ...{ state: 'done', word: 'ticked since' },
    why: 'It was ticked after this run: by hand, or by a later one.',
  },
};

function reportedTask(task: RunningTask, run: RunState, now: number, since: Since | undefined): ReportedTask {
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
    ...(since && SINCE[since]),
    time: time === undefined ? '' : clock(time),
    cost: spent === undefined ? '' : money(spent),
    // What was found then is no proof of what was ticked later.
    evidence: since === 'ticked since' ? undefined : last,
  };
}

function idsOf(criteria: readonly { readonly id: string }[]): readonly string[] {
  const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
  return [...new Set(criteria.map(({ id }) => id))].sort(byNumber);
}

/** A table as Markdown and HTML write it, each with its own marks around the words. */
export interface ReportTable<Row> {
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
}

export interface DoneRow extends Pick<ReportedTask, 'name' | 'time' | 'cost'> {
  /** What proves it, a line each. */
  readonly proof: readonly string[];
  readonly files: string;
}

export function doneTable(done: readonly ReportedTask[]): ReportTable<DoneRow> {
  return {
    heads: ['task', 'evidence', 'files', 'time', 'cost'],
    rows: done.map(({ name, word, evidence, time, cost }) => ({
      ...{ name, time, cost },
      proof: evidence ? evidenceWords(evidence) : [word === PHASE_WORDS.done ? 'your word' : word],
      files: String(evidence?.files.length ?? 0),
    })),
  };
}

export interface CheckRow {
  readonly command: string;
  readonly before: string;
  readonly after: string;
  readonly verdict: string;
  readonly isFine: boolean;
}

export function checkTable({ checks }: Evidence): ReportTable<CheckRow> {
  return {
    heads: ['check', 'before', 'after', 'verdict'],
    rows: checks.map(({ command, kind, before, after, verdict }) => ({
      command,
      before: resultWords(before, false),
      after: resultWords(after, true, kind),
      verdict: CHECK_VERDICTS[verdict],
      isFine: isFine(verdict),
    })),
  };
}

/** What the first check printed that speaks against it; empty where none did. */
export function failingOutput({ checks }: Evidence): string {
  const wrong = checks.find(({ verdict, after }) => !isFine(verdict) && after.tail.trim() !== '');
  return wrong?.after.tail.trim() ?? '';
}

function isFine(verdict: ComparedCheck['verdict']): boolean {
  return verdict === 'passed' || verdict === 'noWorse';
}

/** `npm test: 9 passed`, `tests name 1.1 and 1.2`. */
function evidenceWords({ checks, criteria }: Evidence): readonly string[] {
  const named = criteria.filter(({ status }) => status === 'proved').map(({ id }) => id);
  return [
    ...checks.map(({ command, after: { tests, exitCode } }) =>
      tests === undefined ? `${command}: exit ${exitCode ?? '?'}` : `${command}: ${tests.passed} passed`,
    ),
    ...(named.length > 0 ? [`tests name ${listed(named)}`] : []),
  ];
}
