/** Why a run stands still, in one sentence with what the person can do: for the panel, notifications and the terminal. Pure. */

import { passesUnexpectedly } from '../run/exploration';
import type { Need, RunningTask, RunState } from '../run/model';
import { isOfItsTask, needOf } from '../run/openNeeds';
import { counted, listed, money } from './figures';
import { nameOf } from './taskWords';

export interface NeedWords {
  readonly words: string;
  /** Key of the task that it is about. */
  readonly task: string | undefined;
}

/** The task that a run waits with; undefined where it waits for none, or not at all. */
export function taskInNeed({ needs, tasks }: Pick<RunState, 'needs' | 'tasks'>): RunningTask | undefined {
  const need = needOf({ needs });
  if (need === undefined || need.kind === 'budget') return undefined;
  return need.kind === 'permission'
    ? tasks.find(({ sessions }) => sessions.some(({ id }) => id === need.session))
    : tasks.find(({ key }) => key === need.task);
}

export function needWords(run: RunState): NeedWords | undefined {
  const { status, reason } = run;
  const need = toldNeed(run);
  if (need !== undefined) {
    const task = taskInNeed(run);
    return { words: sentenceOf(need, run, task), task: task?.key };
  }
  const said = status === 'interrupted' ? INTERRUPTED : endsWithReason(status) ? reason : undefined;
  const words = [said, keptWords(run)].filter((each) => each !== undefined).join(' ');
  return words === '' ? undefined : { words, task: undefined };
}

/** What a run waits for that goes on; when it has ended, its own reason says more, but for what is about one task. */
export function toldNeed(run: Pick<RunState, 'needs' | 'endedAt'>): Need | undefined {
  const need = needOf(run);
  return run.endedAt === undefined || (need && isOfItsTask(need)) ? need : undefined;
}

const INTERRUPTED =
  'Earshot was closed while this ran. Nothing is lost: go on where it was, or restore to before a task.';

/** Why fewer tasks run at a time than were wanted; undefined where they do not. */
export function fewerWords({ fewer, options }: Pick<RunState, 'fewer' | 'options'>): string | undefined {
  if (fewer === undefined) return undefined;
  const most = fewer.most === 1 ? 'One task' : `${fewer.most} tasks`;
  return `${most} at a time instead of ${options.parallel}. ${fewer.reason}`;
}

/** Boxes that a program ticked; undefined where none did. */
export function reopenedWords({ reopened = [] }: Pick<RunState, 'reopened'>): string | undefined {
  if (reopened.length === 0) return undefined;
  const [was, its] = reopened.length === 1 ? ['was', 'its box was'] : ['were', 'their boxes were'];
  const names = listed(reopened.map((task) => `“${task}”`));
  return `${names} ${was} ticked in tasks.md by a program while tasks ran, which proves nothing: ${its} opened again. Tick what you know is done with “Earshot: Mark Task as Done”.`;
}

/** What was begun side by side and is not in the workspace. */
function keptWords({ status, options, fewer, tasks }: RunState): string | undefined {
  if (options.parallel <= 1 || fewer?.most === 1) return undefined;
  if (status !== 'interrupted' && !endsWithReason(status)) return undefined;
  const begun = tasks.filter(isKept);
  if (begun.length === 0) return undefined;
  return `What ${listed(begun.map(nameOf))} changed is not in the workspace: it is kept beside it until this run goes on, or another begins.`;
}

/** What failed in a merge is not: another try of it begins anew. */
function isKept({ phase, sessions, evidence, dropped }: RunningTask): boolean {
  if (sessions.length === 0 || dropped) return false;
  if (phase === 'failed') return (evidence.at(-1)?.verdict ?? 'refuted') === 'refuted';
  return phase === 'stopped' || phase === 'interrupted';
}

function endsWithReason(status: RunState['status']): boolean {
  return status === 'failed' || status === 'stopped';
}

function sentenceOf(need: Need, { options, needs, tasks }: RunState, task: RunningTask | undefined): string {
  const name = task ? nameOf(task) : 'A task';
  switch (need.kind) {
    case 'permission':
      return `${name} asks for your permission. The run goes on once you answered.`;
    case 'failed':
      return `${name} failed after ${counted(task?.try ?? 1, 'try', 'tries')}; what does not wait for it goes on. Retry it with a hint, or skip it.`;
    case 'conflict':
      return `What ${name} changed does not merge with what stands: ${need.paths.join(', ')}. Nothing of it was taken over. Retry it, and it is done on what stands now.${alike(need, needs, tasks)}`;
    case 'exploration':
      return `${beforeFix(name, task)} Nothing is fixed until you retry it, tick it or skip it.`;
    case 'budget': {
      const limit = options.budget === undefined ? 'The budget' : `The budget of ${money(options.budget)}`;
      return `${limit} is reached, so nothing more is asked of a model.`;
    }
  }
}

function beforeFix(name: string, task: RunningTask | undefined): string {
  const evidence = task?.evidence.at(-1);
  return evidence === undefined || passesUnexpectedly(evidence)
    ? `The test that should show the bug passes, so the bug may not be what ${name} says.`
    : `${name} comes before the fix and is not proved. ${evidence.reasons.join(' ')}`.trim();
}

/** Others that did not merge: each is told when the one before it is settled. */
function alike(need: Need, needs: readonly Need[], tasks: readonly RunningTask[]): string {
  const others = needs.flatMap((each) =>
    each.kind === 'conflict' && each !== need ? tasks.filter(({ key }) => key === each.task) : [],
  );
  if (others.length === 0) return '';
  return ` After it, ${listed(others.map(nameOf))}: ${others.length === 1 ? 'it does' : 'they do'} not merge either.`;
}
