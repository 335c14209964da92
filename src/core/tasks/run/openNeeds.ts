/** What a run waits for the person with: several things at once, each until it is answered. Pure. */
import type { Need, RunEvent, RunState } from './model';

/** First what a session stands still for, last what stays until somebody has time for it. */
const ORDER: readonly Need['kind'][] = ['permission', 'exploration', 'budget', 'failed', 'conflict'];

/** The one to be told now; undefined where it waits for nothing. */
export function needOf({ needs }: Pick<RunState, 'needs'>): Need | undefined {
  for (const kind of ORDER) {
    const found = needs.find((need) => need.kind === kind);
    if (found) return found;
  }
  return undefined;
}

export function withNeed(needs: readonly Need[], need: Need): readonly Need[] {
  return [...needs.filter((each) => aboutOf(each) !== aboutOf(need)), need];
}

function aboutOf(need: Need): string {
  return 'task' in need ? `${need.kind} ${need.task}` : need.kind;
}

/** Answered by what becomes of its task alone: not by an end, and not by going on. */
export function isOfItsTask({ kind }: Need): boolean {
  return kind === 'conflict' || kind === 'exploration';
}

/** Once nothing of it runs. */
export function needsAtEnd(needs: readonly Need[], status: 'done' | 'failed' | 'stopped'): readonly Need[] {
  return needs.filter((need) => isOfItsTask(need) || (status === 'stopped' && need.kind !== 'permission'));
}

/** What a person answers by going on is answered. */
export function needsResumed(needs: readonly Need[]): readonly Need[] {
  return needs.filter(isOfItsTask);
}

/** Whom a session asked goes with its process. */
export function needsInterrupted(needs: readonly Need[]): readonly Need[] {
  return needs.filter(({ kind }) => kind !== 'permission');
}

/** A new try of a task settles what was about the one before, and so does its end, unless it failed. */
export function needsAfter(needs: readonly Need[], event: RunEvent): readonly Need[] {
  if (event.type !== 'task.started' && event.type !== 'task.ended') return needs;
  const isSettled = ({ kind }: Need) =>
    event.type === 'task.started' ||
    event.phase === 'done' ||
    event.phase === 'skipped' ||
    // What is to be shown before a fix, and is not, is asked about when its task is over.
    (kind !== 'exploration' && event.phase === 'unproven');
  const left = needs.filter((need) => !('task' in need && need.task === event.task && isSettled(need)));
  return left.length === needs.length ? needs : left;
}
