/** What each check came to when a run had it run last. Pure. */
import type { CheckResult, Evidence } from './model';

export interface LatestResult {
  readonly result: CheckResult;
  /** ISO 8601. */
  readonly at: string;
  /** The run that had it run. */
  readonly run: string;
}

/** By command. */
export function latestResults(evidence: readonly Evidence[]): ReadonlyMap<string, LatestResult> {
  const sorted = [...evidence].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return new Map(
    sorted.flatMap(({ checks, at, run }) =>
      checks.map(({ command, after }) => [command, { result: after, at, run }] as const),
    ),
  );
}
