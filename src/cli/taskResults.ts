/** What a run of tasks came to, for the person and for the exit code. */
import type { TaskResult } from '../core/tasks/taskRunner';
import { EXIT, type ExitCode } from './command';
import type { Output } from './output';

const UNPROVEN =
  'Its box stays open. Give the task a line “_Verify: <command>_” that can prove it, or mark it as done in the editor.';

/** Done only when every task's check passed. */
export function exitOf(results: readonly TaskResult[]): ExitCode {
  return results.every(({ outcome }) => outcome === 'done') ? EXIT.done : EXIT.failed;
}

/** Names the session that a task can go on in. */
export function sayHowToGoOn(results: readonly TaskResult[], out: Pick<Output, 'say'>): void {
  const last = results.findLast(({ outcome }) => outcome === 'failed' || outcome === 'cancelled');
  if (last) out.say(`To go on where it was: earshot session resume ${last.session}`);
}

/** Says why tasks are not done. */
export function sayResults(
  results: readonly TaskResult[],
  stopped: boolean,
  out: Pick<Output, 'say' | 'fail'>,
): void {
  for (const { task, outcome, reason } of results) {
    const name = `${task.id ?? ''} ${task.title}`.trim();
    if (outcome === 'failed') out.fail(`“${name}” is not done. ${reason ?? ''}`.trim());
    if (outcome === 'unverified') out.fail(`“${name}” is not proved. ${reason ?? ''} ${UNPROVEN}`);
    if (outcome === 'cancelled') out.say(`Stopped. “${name}” is open again.`);
  }
  if (stopped && results.length === 0) out.say('Stopped before a task began.');
}
