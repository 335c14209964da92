/** Why a run stands still, in one sentence with what the person can do: for the panel, notifications and the terminal. Pure. */
import type { Need, RunningTask, RunState } from '../run/model';
import { counted, money } from './figures';
import { nameOf } from './taskWords';

export interface NeedWords {
  readonly words: string;
  /** Key of the task that it is about. */
  readonly task: string | undefined;
}

/** The task that a run waits with; undefined where it waits for none, or not at all. */
export function taskInNeed({ need, tasks }: Pick<RunState, 'need' | 'tasks'>): RunningTask | undefined {
  if (need === undefined || need.kind === 'budget') return undefined;
  return need.kind === 'permission'
    ? tasks.find(({ sessions }) => sessions.some(({ id }) => id === need.session))
    : tasks.find(({ key }) => key === need.task);
}

export function needWords(run: RunState): NeedWords | undefined {
  const { status, need, reason } = run;
  if (status === 'needsYou' && need !== undefined) {
    const task = taskInNeed(run);
    return { words: sentenceOf(need, run, task), task: task?.key };
  }
  const words = status === 'interrupted' ? INTERRUPTED : endsWithReason(status) ? reason : undefined;
  return words === undefined ? undefined : { words, task: undefined };
}

const INTERRUPTED =
  'Earshot was closed while this ran. Nothing is lost: go on where it was, or restore to before a task.';

function endsWithReason(status: RunState['status']): boolean {
  return status === 'failed' || status === 'stopped';
}

function sentenceOf(need: Need, { options }: RunState, task: RunningTask | undefined): string {
  const name = task ? nameOf(task) : 'A task';
  switch (need.kind) {
    case 'permission':
      return `${name} asks for your permission. The run goes on once you answered.`;
    case 'failed':
      return `${name} is not proved after ${counted(task?.try ?? 1, 'try', 'tries')}. Retry with a hint, or skip it.`;
    case 'conflict':
      return `What ${name} changed does not merge with what stands: ${need.paths.join(', ')}. Settle it, then go on.`;
    case 'exploration':
      return `The test that should show the bug passes, so the bug may not be what ${name} says. Look at it before anything is fixed.`;
    case 'budget': {
      const limit = options.budget === undefined ? 'The budget' : `The budget of ${money(options.budget)}`;
      return `${limit} is reached, so nothing more is asked of a model.`;
    }
  }
}
