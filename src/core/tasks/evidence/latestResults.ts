/** What each check came to when a run had it run last. Pure. */
import type { CheckResult, Evidence } from './model';

/** By command. */
export function latestResults(evidence: readonly Evidence[]): ReadonlyMap<string, CheckResult> {
  const sorted = [...evidence].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return new Map(
    sorted.flatMap(({ checks }) => checks.map(({ command, after }) => [command, after] as const)),
  );
}
