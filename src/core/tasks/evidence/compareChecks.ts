/** Is a check worse than it was before the agent began? Pure. */
import type { Check, CheckResult, ComparedCheck } from './model';

/** By command. */
export type CheckResults = Readonly<Record<string, CheckResult>>;

/** Of those that were run afterwards, in their order. */
export function compareChecks(
  checks: readonly Check[],
  before: CheckResults,
  after: CheckResults,
): readonly ComparedCheck[] {
  return checks.flatMap((check): readonly ComparedCheck[] => {
    const [was, is] = [before[check.command], after[check.command]];
    if (is === undefined) return [];
    return [{ ...check, ...(was && { before: was }), after: is, verdict: verdictOf(check, was, is) }];
  });
}

function verdictOf(
  { kind }: Check,
  before: CheckResult | undefined,
  after: CheckResult,
): ComparedCheck['verdict'] {
  if (after.outcome === 'passed') return isProof(kind, before, after) ? 'passed' : 'noProof';
  if (before?.outcome === 'passed') return 'worse';
  // What is to prove the task must pass, however it was before.
  if (before === undefined || kind === 'verify') return 'failed';
  return isWorse(before, after) ? 'worse' : 'noWorse';
}

/** A green check whose tests were all skipped, or are not there any more, says nothing. */
function isProof(kind: Check['kind'], before: CheckResult | undefined, { tests }: CheckResult): boolean {
  if (kind === 'types' || kind === 'lint') return true;
  return tests === undefined ? (before?.tests?.passed ?? 0) === 0 : tests.passed > 0;
}

/** Both are red. */
function isWorse(before: CheckResult, after: CheckResult): boolean {
  if (before.outcome !== after.outcome) return after.outcome !== 'failed';
  if (before.tests && after.tests && after.tests.failed > before.tests.failed) return true;
  // A run that breaks before it counts is worse than one that counted failures.
  if (before.tests && !after.tests) return true;
  // Which of them are named says nothing where not all are.
  if (before.more || after.more) return toldBy(after) > toldBy(before);
  if (before.failing || after.failing) return hasMore(before.failing ?? [], after.failing ?? []);
  if (before.tests && after.tests) return false;
  return before.exitCode !== after.exitCode;
}

function toldBy({ failing = [], more = 0 }: CheckResult): number {
  return failing.length + more;
}

/** Does something fail that did not, or more often than it did? */
function hasMore(before: readonly string[], after: readonly string[]): boolean {
  const left = new Map<string, number>();
  for (const name of before) left.set(name, (left.get(name) ?? 0) + 1);
  return after.some((name) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count === 0;
  });
}
