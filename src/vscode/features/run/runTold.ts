/** What is told of a run in a notification: one sentence, and the one act that comes next. Pure. */
import { counted } from '../../../core/tasks/report/figures';
import { needWords } from '../../../core/tasks/report/needWords';
import { tallyOf, tallyWords } from '../../../core/tasks/report/runTally';
import type { RunState } from '../../../core/tasks/run/model';

export interface Told {
  readonly level: 'info' | 'warning' | 'error';
  readonly words: string;
  readonly act: 'show' | 'report' | 'session' | 'goOn';
}

/** What there is to tell of a change; undefined where nothing of it needs the person. Pure. */
export function tellOf(before: RunState | undefined, run: RunState, spec: string): Told | undefined {
  const sameNeed = JSON.stringify(before?.need) === JSON.stringify(run.need);
  if (before?.status === run.status && sameNeed) return undefined;
  const name = `Run ${run.number} of ${spec}`;
  const { done, others } = tallyWords(tallyOf(run));
  const sums = [done, ...others].join(', ');
  const why = needWords(run)?.words;
  switch (run.status) {
    case 'needsYou':
      return {
        level: 'warning',
        words: `${name} needs you. ${why ?? ''}`.trim(),
        act: run.need?.kind === 'permission' ? 'session' : run.need?.kind === 'budget' ? 'goOn' : 'show',
      };
    case 'done':
      return {
        level: 'info',
        words: `${name}: ${counted(run.tasks.length, 'task is', 'tasks are')} done, each proved by checks that ran.`,
        act: 'report',
      };
    case 'failed':
      return { level: 'error', words: `${name} ended: ${sums}. ${why ?? ''}`.trim(), act: 'show' };
    case 'interrupted':
      return { level: 'info', words: `${name} was interrupted: ${sums}. Nothing is lost.`, act: 'goOn' };
    case 'stopped':
      return { level: 'info', words: `${name} was stopped: ${sums}.`, act: 'goOn' };
    default:
      return undefined;
  }
}
