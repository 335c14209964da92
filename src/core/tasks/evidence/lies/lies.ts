/** All that is looked for. To add one: a detector beside these, and a line here. */
import { checkChanged, installedChanged } from './definitions';
import { snapshots } from './snapshots';
import type { Detector, Inspected, Suspected } from './suspicion';
import { tests } from './tests';
import { checkNotRun, emptyDiff, outsideBoundary } from './work';

const DETECTORS: readonly Detector[] = [
  emptyDiff,
  outsideBoundary,
  checkNotRun,
  tests,
  snapshots,
  checkChanged,
  installedChanged,
];

export function liesIn(inspected: Inspected): readonly Suspected[] {
  const seen = new Set<string>();
  return DETECTORS.flatMap((detect) => detect(inspected)).filter(
    ({ kind, detail }) => seen.size !== seen.add(`${kind} ${detail}`).size,
  );
}
