/** How states look: an icon and a word each; colour only repeats what they say. */
import * as vscode from 'vscode';
import type { SessionState } from '../../../core/agent/session/sessionState';
import { knownFacts } from '../../../core/order/facts';
import type { DocumentSnapshot, PhaseState, Progress, Spec, Task } from '../../../core/spec/model';
import {
  awaitsApproval,
  changesWords,
  claimWords,
  isAcceptable,
  isReady,
  stateWords,
  votesWords,
} from '../../../core/spec/phase';
import { clock } from '../../../core/tasks/report/figures';
import { isRunning } from '../../../core/tasks/report/runTally';
import { PHASE_WORDS, taskTime, verdictOf } from '../../../core/tasks/report/taskWords';
import type { TaskPhase } from '../../../core/tasks/run/model';
import { basename } from '../../../core/util/path';
import { actsOn, type TaskInRun } from '../../adapters/taskRuns';

export interface Look {
  readonly icon: vscode.ThemeIcon;
  readonly description: string;
  readonly tooltip: string;
  /** Words of the row's context value: menus match them. */
  readonly flags: readonly string[];
}

const icon = (id: string, color?: string) =>
  new vscode.ThemeIcon(id, color ? new vscode.ThemeColor(color) : undefined);

const GREEN = 'charts.green';
const YELLOW = 'charts.yellow';
const RED = 'charts.red';
const BLUE = 'charts.blue';

const PHASES: Readonly<Record<PhaseState, vscode.ThemeIcon>> = {
  missing: icon('circle-outline'),
  drafting: icon('loading~spin'),
  incomplete: icon('warning', YELLOW),
  draft: icon('edit'),
  requested: icon('request-changes', YELLOW),
  claimed: icon('unverified', YELLOW),
  approved: icon('check', GREEN),
  changed: icon('diff-modified', YELLOW),
};

/** Of a spec that is yet to be read. */
export const READING = { word: 'reading', icon: icon('ellipsis') };

export function documentLook(
  document: DocumentSnapshot,
  { documents: siblings, quick }: Pick<Spec, 'documents' | 'quick'>,
  running: boolean,
): Look {
  const { state, kind, path } = document;
  const earlier = siblings.slice(
    0,
    siblings.findIndex((sibling) => sibling.kind === kind),
  );
  // Of what is not there, nothing else can be wrong.
  const unread = state === 'missing' ? document.problems[0]?.message : undefined;
  const draftable =
    unread === undefined &&
    (state === 'missing' || state === 'incomplete') &&
    earlier.every((other) => isReady(other, { quick }));
  const findings = findingsOf(document);
  const words = unread === undefined ? stateWords(document) : 'cannot be read';
  const word = state === 'missing' && draftable ? `${words}, click to draft` : words;
  return {
    // An approval of what something is open in is no green one.
    icon: state === 'approved' && words !== 'approved' ? icon('check', YELLOW) : PHASES[state],
    description: unread === undefined && findings > 0 ? `${word} · ${count(findings, 'finding')}` : word,
    tooltip: unread ?? `${basename(path)}: ${words}${approvalWords(document)}`,
    flags: documentFlags(document, draftable, running),
  };
}

function findingsOf(document: DocumentSnapshot): number {
  const problems = document.state === 'drafting' ? [] : document.problems;
  return problems.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
}

function approvalWords({ state, approval, claim, changes, votes }: DocumentSnapshot): string {
  const waiting = votesWords(votes, state);
  const told = [claim && claimWords(claim), waiting].filter((words) => words !== undefined);
  if (told.length > 0) return `. ${told.join('. ')}.`;
  if (!approval) return '';
  const words = ` by ${approval.by}, ${new Date(approval.at).toLocaleString()}`;
  const edits = changes && changesWords(changes);
  return state === 'approved' ? words : `${edits ? ` (${edits})` : ''}; last approved${words}`;
}

function documentFlags(
  { state, text, kind, claim }: DocumentSnapshot,
  draftable: boolean,
  running: boolean,
): string[] {
  const written = text !== undefined;
  const flags: readonly (readonly [flag: string, is: boolean])[] = [
    [state, true],
    ['approvable', awaitsApproval(state)],
    ['acceptable', isAcceptable(claim)],
    ['draftable', draftable],
    ['written', written],
    ['runnable', kind === 'tasks' && written && !running],
    ['running', kind === 'tasks' && running],
  ];
  return flags.flatMap(([flag, is]) => (is ? [flag] : []));
}

export function specLook(spec: Spec, running: boolean): Look {
  const { done, total } = spec.knownProgress ?? { done: 0, total: 0 };
  const written = spec.documents.filter(({ state }) => state !== 'missing');
  const finished = total > 0 && done === total;
  const last = written.at(-1);
  // What is suspect stands in the document's own row: finding it takes reading, and a list may be of a thousand.
  const phase = last
    ? `${last.kind} ${stateWords({ state: last.state, requested: last.requested, suspects: 0 })}`
    : 'empty';
  const progress = total > 0 ? [`${done}/${total}`] : [];
  const state = running ? ['running', ...progress] : finished ? ['done', ...progress] : [...progress, phase];
  const { row, all } = factWords(spec);
  const resting = finished ? icon('pass', GREEN) : icon(spec.type === 'bugfix' ? 'bug' : 'checklist');
  return {
    icon: running ? icon('loading~spin') : resting,
    description: [...state, ...row].join(' · '),
    tooltip: [...state, ...all].join(' · '),
    flags: [
      ...(written.some((document) => awaitsApproval(document.state)) ? ['unapproved'] : []),
      ...(running ? ['running'] : []),
    ],
  };
}

/** What is whole is quiet: in the row stands only what is wrong or missing. Nothing where it is not known yet. */
function factWords(spec: Spec): { readonly row: readonly string[]; readonly all: readonly string[] } {
  const facts = knownFacts(spec);
  if (facts === undefined) return { row: [], all: [] };
  const { findings: found, criteria, covered } = facts;
  const findings = found > 0 ? [count(found, 'finding')] : [];
  // Before there are tasks, nothing is uncovered yet.
  const tasks = spec.documents.find(({ kind }) => kind === 'tasks');
  const gaps = tasks?.state === 'missing' ? 0 : criteria - covered;
  return {
    row: [...findings, ...(gaps > 0 ? [`${gaps} uncovered`] : [])],
    all: [...findings, ...(criteria > 0 ? [`${covered} of ${criteria} criteria covered by tasks`] : [])],
  };
}

/** @param known What the latest run says of it */
export function taskLook(
  task: Task,
  session: SessionState | undefined,
  progress: Progress,
  known: TaskInRun | undefined,
  now: number,
): Look {
  const shown = (known && runState(task, known, now)) ?? taskState(task, session);
  const count = progress.total > 0 ? `${progress.done}/${progress.total}` : '';
  const words = [count, shown.word].filter((word) => word !== '');
  const flags = [
    task.state === 'done' ? 'done' : shown.running ? 'running' : 'open',
    ...(known ? actsOn(known) : []),
  ];
  return { icon: shown.icon, description: words.join(' · '), tooltip: shown.tooltip ?? task.title, flags };
}

interface TaskLook {
  readonly icon: vscode.ThemeIcon;
  readonly word: string;
  readonly tooltip?: string;
  readonly running?: boolean;
}

const PHASE_ICONS: Readonly<Record<TaskPhase, vscode.ThemeIcon>> = {
  waiting: icon('clockface'),
  working: icon('loading~spin', BLUE),
  checking: icon('loading~spin', BLUE),
  reviewing: icon('loading~spin', BLUE),
  merging: icon('loading~spin', BLUE),
  done: icon('pass-filled', GREEN),
  unproven: icon('question', YELLOW),
  failed: icon('error', RED),
  skipped: icon('debug-step-over'),
  stopped: icon('circle-slash'),
  interrupted: icon('debug-disconnect', YELLOW),
};

/** What a run says of it: live while it goes on, and its verdict after. Undefined where the box says otherwise. */
function runState(task: Task, { run, task: ran, live }: TaskInRun, now: number): TaskLook | undefined {
  const { phase } = ran;
  if ((task.state === 'done') !== (phase === 'done')) return undefined;
  if (phase === 'waiting' && !live) return undefined;
  const running = isRunning(phase);
  const time = taskTime(ran, now);
  // What is done is quiet: its proof is in the tooltip.
  const words =
    phase === 'done' ? [] : [PHASE_WORDS[phase], ...(running && time !== undefined ? [clock(time)] : [])];
  const { claim = '', says, why } = verdictOf(ran);
  const tooltip = `${task.title}\n${[claim, says, why].filter((each) => each !== '').join(' ')}\nRun ${run.number}`;
  return { icon: PHASE_ICONS[phase], word: words.join(' · '), tooltip, running };
}

/** The file says what is done; the last session says why what is open is open. */
function taskState(task: Task, session: SessionState | undefined): TaskLook {
  if (session?.status === 'running')
    return { icon: icon('loading~spin', BLUE), word: 'running', running: true };
  if (task.state === 'done') return { icon: icon('pass-filled', GREEN), word: '' };
  if (session?.status === 'interrupted') {
    return {
      icon: icon('debug-disconnect', YELLOW),
      word: 'interrupted',
      tooltip: 'Earshot was closed while this task ran. Start it again.',
    };
  }
  if (session?.status === 'failed') {
    return {
      icon: icon('error', RED),
      word: 'failed',
      ...(session.reason ? { tooltip: session.reason } : {}),
    };
  }
  if (session?.status === 'cancelled') return { icon: icon('circle-slash'), word: 'stopped' };
  const proved = session?.items.some((item) => item.type === 'check' && item.status === 'passed');
  if (session?.status === 'done' && !proved) {
    return {
      icon: icon('question', YELLOW),
      word: 'no check ran',
      tooltip:
        'The agent ended well, but nothing proved it. Mark it as done when you have convinced yourself.',
    };
  }
  if (task.state === 'inProgress') return { icon: icon('circle-large-outline', BLUE), word: 'in progress' };
  if (task.state === 'queued') return { icon: icon('clock'), word: 'queued' };
  return { icon: icon('circle-large-outline'), word: task.optional ? 'optional' : '' };
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
