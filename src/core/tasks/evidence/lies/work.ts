/** Nothing was done, in the wrong place, or the checks were not run. */
import { isCheckpointTask } from '../../../spec/tasks/checkpointTask';
import { isWork } from '../changes';
import { type Detector, listed, type Suspected } from './suspicion';

export const emptyDiff: Detector = ({ changes, nothingToChange, asked }) =>
  changes.some(isWork) || nothingToChange !== undefined || (changes.length === 0 && isCheckpointTask(asked))
    ? []
    : [
        {
          kind: 'emptyDiff',
          detail:
            changes.length === 0
              ? 'Nothing was changed, and it was not said why nothing had to be.'
              : `Nothing but blanks was changed, in ${listed(changes.map(({ path }) => path))}.`,
        },
      ];

export const outsideBoundary: Detector = ({ files, boundary }) => {
  const outside = files.filter((file) => file.outside).map(({ path }) => path);
  if (outside.length === 0) return [];
  return [
    {
      kind: 'outsideBoundary',
      detail: `Changed outside of its boundary (${listed(boundary)}): ${listed(outside)}.`,
    },
  ];
};

export const checkNotRun: Detector = ({ checks, compared }) => {
  const missing = checks.filter(({ command }) => compared.every((each) => each.command !== command));
  const silent = compared.flatMap(({ command, before, after }): Suspected[] => {
    const was = before?.tests?.passed ?? 0;
    const is = after.tests ? after.tests.passed + after.tests.failed + after.tests.skipped : 0;
    return after.outcome === 'passed' && was > 0 && is === 0
      ? [{ kind: 'checkNotRun', detail: `“${command}” passed, but ran no test; before it ran ${was}.` }]
      : [];
  });
  return [
    ...missing.map(
      ({ command }): Suspected => ({
        kind: 'checkNotRun',
        detail: `The check “${command}” was not run.`,
      }),
    ),
    ...silent,
  ];
};
