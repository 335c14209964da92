/** The detail of one task of a run. Pure. */
import type { TaskState } from '../../../core/spec/model';
import type { ComparedCheck, Evidence } from '../../../core/tasks/evidence/model';
import { shareableText } from '../../../core/tasks/evidence/shareable';
import { isRunning } from '../../../core/tasks/report/runTally';
import {
  CHECK_VERDICTS,
  resultWords,
  SUSPICION_WORDS,
  verdictOf,
} from '../../../core/tasks/report/taskWords';
import type { RunningTask, RunState } from '../../../core/tasks/run/model';
import type { CheckRow, RunAct, RunDetail, RunPlace, RunRow, RunTone } from '../../../protocol/run';

export interface DetailSources {
  /** Globs of its `_Boundary`; empty where it has none. */
  readonly boundaryOf: (task: RunningTask) => readonly string[];
  /** What its box says now; undefined where tasks.md does not have it any more. */
  readonly boxOf: (task: RunningTask) => TaskState | undefined;
  /** When a checkpoint was taken, milliseconds since the epoch. */
  readonly takenAt: (checkpoint: string) => number | undefined;
  /** Checkpoints can be restored here. */
  readonly canRestore: boolean;
}

const TONES: Readonly<Record<ComparedCheck['verdict'], RunTone>> = {
  passed: 'ok',
  noWorse: 'ok',
  worse: 'err',
  failed: 'err',
  noProof: 'warn',
};

export function detailOf(task: RunningTask, run: RunState, sources: DetailSources): RunDetail {
  const last = task.evidence.at(-1);
  const { before } = task.checkpoints;
  return {
    task: task.key,
    tag: TAGS[phaseNow(task, sources)],
    verdict: verdictOf(task),
    checks: last ? checkRows(last, sources.boundaryOf(task)) : baselineRows(task),
    output: last && outputOf(last, run.root),
    files: (last?.files ?? []).map((file) => ({ ...file, outside: file.outside === true })),
    checkpoint: before === undefined ? undefined : { at: sources.takenAt(before) },
    criteria: (last?.criteria ?? []).map(({ id, status, tests, why }) => ({
      id,
      proved: status === 'proved',
      why: why ?? tests.join(', '),
    })),
    suspicions: (last?.suspicions ?? []).map(({ kind, detail }) => `${SUSPICION_WORDS[kind]}: ${detail}`),
    review: last?.review ?? [],
    earlier: task.evidence.slice(0, -1).map(({ reasons }, index) => `Try ${index + 1}: ${reasons.join(' ')}`),
    planned: undefined,
    acts: actsOf(task, run, sources),
  };
}

const TAGS: Readonly<Partial<Record<RunRow['phase'], string>>> = {
  done: 'Ticked',
  reopened: 'Open again',
  ticked: 'Ticked since',
  unproven: 'Not ticked',
  failed: 'Not ticked',
  skipped: 'Not ticked',
  stopped: 'Not ticked',
  interrupted: 'Not ticked',
};

/** The log says what became of it, tasks.md what is so now: a restore opens boxes, a person or a later run ticks them. */
export function phaseNow(task: RunningTask, { boxOf }: Pick<DetailSources, 'boxOf'>): RunRow['phase'] {
  const { phase, again } = task;
  // It was ticked before this run, and the run has not come to it.
  if (again && (phase === 'waiting' || phase === 'skipped')) return phase;
  const box = boxOf(task);
  if (phase === 'done') return box === undefined || box === 'done' ? phase : 'reopened';
  return box === 'done' && !isRunning(phase) ? 'ticked' : phase;
}

function actsOf(task: RunningTask, run: RunState, sources: DetailSources): readonly RunAct[] {
  const { evidence, sessions, checkpoints } = task;
  const phase = phaseNow(task, sources);
  const isOpen = OPEN.includes(phase);
  const goesOn = run.endedAt === undefined;
  const acts: readonly (readonly [is: boolean, act: RunAct])[] = [
    [isOpen, 'retry'],
    [!goesOn && task.phase !== 'waiting' && sources.boxOf(task) !== undefined, 'from'],
    [(evidence.at(-1)?.files.length ?? 0) > 0, 'changes'],
    [sources.canRestore && checkpoints.before !== undefined && !isRunning(task.phase), 'restore'],
    [goesOn && (phase === 'waiting' || (isOpen && phase !== 'skipped')), 'skip'],
    [phase === 'unproven', 'markDone'],
    [evidence.length > 0, 'evidence'],
    [sessions.length > 0, 'session'],
  ];
  return acts.flatMap(([is, act]) => (is ? [act] : []));
}

const OPEN: readonly RunRow['phase'][] = ['failed', 'unproven', 'stopped', 'skipped', 'reopened'];

/** The checks, and with them what else has to hold: each criterion named by a test, each file inside. */
export function checkRows(evidence: Evidence, boundary: readonly string[]): readonly CheckRow[] {
  const { checks, criteria, files } = evidence;
  const proved = criteria.filter(({ status }) => status === 'proved').length;
  const inside = files.filter(({ outside }) => outside !== true).length;
  const rows = checks.map(
    ({ command, kind, before, after, verdict }): CheckRow => ({
      name: command,
      command: true,
      before: resultWords(before, false),
      after: resultWords(after, true, kind),
      verdict: CHECK_VERDICTS[verdict],
      tone: TONES[verdict],
    }),
  );
  const named: CheckRow = {
    name: 'Criteria named by a test that ran',
    command: false,
    before: '',
    after: criteria.map(({ id, status }) => `${id} ${status === 'proved' ? 'yes' : 'no'}`).join(', '),
    verdict: proved === criteria.length ? 'all' : `${proved} of ${criteria.length}`,
    tone: proved === criteria.length ? 'ok' : 'warn',
  };
  const within: CheckRow = {
    name: 'Files inside the boundary',
    command: false,
    before: boundary.join(', '),
    after: `${inside} of ${files.length}`,
    verdict: inside === files.length ? 'all inside' : `${files.length - inside} outside`,
    tone: inside === files.length ? 'ok' : 'err',
  };
  const bounded = files.length > 0 && (boundary.length > 0 || inside < files.length);
  return [...rows, ...(criteria.length > 0 ? [named] : []), ...(bounded ? [within] : [])];
}

/** Before there is evidence: what was so before the agent began. */
function baselineRows({ baseline, checking }: RunningTask): readonly CheckRow[] {
  return Object.entries(baseline).map(([command, result]) => ({
    name: command,
    command: true,
    before: resultWords(result, false),
    after: '',
    verdict: command === checking ? 'runs now' : 'not yet',
    tone: 'dim' as const,
  }));
}

const MOST_PLACES = 4;

function outputOf({ checks }: Evidence, root: string): RunDetail['output'] {
  const wrong = checks.find(
    ({ verdict }) => verdict === 'worse' || verdict === 'failed' || verdict === 'noProof',
  );
  // Places are told from the workspace folder, so that they can be opened.
  const text = shareableText(wrong?.after.tail.trim() ?? '', root);
  return wrong && text !== '' ? { command: wrong.command, text, places: placesIn(text) } : undefined;
}

/** `test/a.test.ts:12` in an output, below the workspace folder. */
export function placesIn(text: string): readonly RunPlace[] {
  const found = text.matchAll(/(?<![\w./\\:-])((?:[\w@-][\w@.-]*\/)*[\w@-][\w@.-]*\.[A-Za-z]\w*):(\d+)/g);
  const places = new Map<string, RunPlace>();
  for (const [whole, path = '', line] of found)
    if (!path.includes('node_modules') && !/^(?:https?|node)$/.test(path))
      places.set(whole, { path, line: Number(line) });
  return [...places.values()].slice(0, MOST_PLACES);
}
