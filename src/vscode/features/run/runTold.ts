/** What is told of a run in a notification: one sentence, and the one act that comes next. Pure. */
import { counted } from '../../../core/tasks/report/figures';
import { fewerWords, needWords, reopenedWords } from '../../../core/tasks/report/needWords';
import { isSingle, tallyOf, tallyWords } from '../../../core/tasks/report/runTally';
import type { Need, RunState } from '../../../core/tasks/run/model';
import { needOf } from '../../../core/tasks/run/openNeeds';
import { isSettled } from '../../../core/tasks/run/schedule';

export interface Told {
  readonly level: 'info' | 'warning' | 'error';
  readonly words: string;
  readonly act: 'show' | 'report' | 'session' | 'goOn';
}

/** What there is to tell of a change; undefined where nothing of it needs the person. Pure. */
export function tellOf(before: RunState | undefined, run: RunState, spec: string): Told | undefined {
  const name = `Run ${run.number} of ${spec}`;
  const tally = tallyOf(run);
  const { done, others } = tallyWords(tally);
  const sums = [done, ...others].join(', ');
  const why = needWords(run)?.words;
  const need = newNeed(before, run);
  if (isToldByStarter(run, need)) return undefined;
  if (need)
    return { level: 'warning', words: `${name} needs you. ${why ?? ''}`.trim(), act: NEED_ACTS[need] };
  const under = run.endedAt === undefined ? tellUnderWay(before, run, name) : undefined;
  if (under) return under;
  if (before?.status === run.status) return undefined;
  switch (run.status) {
    case 'done':
      return {
        level: 'info',
        words:
          tally.done < tally.total
            ? `${name} ended: ${sums}.`
            : `${name}: ${counted(tally.done, 'task is', 'tasks are')} done, each proved by checks that ran.`,
        act: 'report',
      };
    // An error with a button stays until somebody closes it, also when a retry has proved the task long since.
    case 'failed':
      return { level: 'warning', words: `${name} ended: ${sums}. ${why ?? ''}`.trim(), act: 'show' };
    case 'interrupted':
      return { level: 'info', words: `${name} was interrupted: ${sums}. Nothing is lost.`, act: 'goOn' };
    case 'stopped':
      // It was told when the run came to it, a moment ago.
      if (isKnown(before, stopperOf(run))) return undefined;
      return { level: 'info', words: `${name} was stopped: ${sums}. ${why ?? ''}`.trim(), act: goOnOf(run) };
    default:
      return undefined;
  }
}

/** What a run that goes on found on its way. */
function tellUnderWay(before: RunState | undefined, run: RunState, name: string): Told | undefined {
  const reopened = reopenedWords({
    reopened: (run.reopened ?? []).filter((task) => !before?.reopened?.includes(task)),
  });
  if (reopened !== undefined) return { level: 'warning', words: `${name}: ${reopened}`, act: 'show' };
  const fewer = before?.fewer === undefined ? fewerWords(run) : undefined;
  return fewer === undefined
    ? undefined
    : { level: 'info', words: `${name}: ${fewer.charAt(0).toLowerCase()}${fewer.slice(1)}`, act: 'show' };
}

/** Of one task that somebody started by itself: what it came to. */
function isToldByStarter(run: RunState, need: Need['kind'] | undefined): boolean {
  if (!isSingle(run)) return false;
  if (need !== undefined) return need !== 'permission' && need !== 'budget';
  return run.status === 'done' || run.status === 'failed' || run.tasks.every(isSettled);
}

/** Where it waits for the person, that comes first. */
function goOnOf(run: RunState): Told['act'] {
  const need = needOf(run);
  return need ? NEED_ACTS[need.kind] : 'goOn';
}

const NEED_ACTS: Readonly<Record<Need['kind'], Told['act']>> = {
  permission: 'session',
  failed: 'show',
  conflict: 'show',
  exploration: 'show',
  budget: 'goOn',
};

/** Of a run that goes on: what it waits for now, where it did not before. */
function newNeed(before: RunState | undefined, run: RunState): Need['kind'] | undefined {
  const need = run.endedAt === undefined && run.status !== 'interrupted' ? needOf(run) : undefined;
  return isKnown(before, need) ? undefined : need?.kind;
}

/** What a run ends with, where it cannot go on without the person. */
function stopperOf(run: RunState): Need | undefined {
  const need = needOf(run);
  return need?.kind === 'exploration' || need?.kind === 'budget' ? need : undefined;
}

function isKnown(before: RunState | undefined, need: Need | undefined): boolean {
  const words = need && JSON.stringify(need);
  return before?.needs.some((each) => JSON.stringify(each) === words) === true;
}
