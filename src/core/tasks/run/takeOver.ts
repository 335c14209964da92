/** What a run that goes on with a session of an earlier one knows from it: what was done before is done by the task, too. */
import type { RunEventBody, RunningTask, RunState } from './model';

/**
 * Since when the task's changes count, and what its checks came to before them.
 * @param runs Newest first
 */
export function takeOver(runs: readonly RunState[], session: string, task: string): readonly RunEventBody[] {
  const earlier = runs
    .flatMap(({ tasks }) => tasks)
    .find(({ sessions }) => sessions.some(({ id }) => id === session));
  if (earlier === undefined) return [];
  const baselines = Object.entries(earlier.baseline);
  return [
    ...checkpointsOf(earlier).map(
      ([when, checkpoint]) => ({ type: 'task.checkpoint', task, when, checkpoint }) as const,
    ),
    ...baselines.map(([command, result]) => ({ type: 'task.baseline', task, command, result }) as const),
  ];
}

/** In the order in which they were taken. */
function checkpointsOf({
  checkpoints,
}: RunningTask): readonly (readonly ['before' | 'after' | 'again', string])[] {
  const { before, after, pauses = [] } = checkpoints;
  if (before === undefined) return [];
  return [
    ['before', before],
    ...pauses.flatMap(({ left, again }) => [['after', left] as const, ['again', again] as const]),
    ...(after === undefined ? [] : [['after', after] as const]),
  ];
}
