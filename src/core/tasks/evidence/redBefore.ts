/**
 * What proves a task where the tests were red before it. Not the run as a whole, which fails as it did, but tests by
 * their names: none fails that did not, and those of the task ran and passed. Pure.
 */
import type { ChangedFile } from './changes';
import { compareTests } from './lies/compareTests';
import type { TestCase } from './lies/readTestFile';
import { listed } from './lies/suspicion';
import type { CheckResult, ComparedCheck, ProvedCriterion, TestCounts } from './model';
import { wasRun } from './wasRun';

/** Names in a sentence. */
const MOST = 3;

interface Red extends ComparedCheck {
  readonly before: CheckResult & { readonly tests: TestCounts };
  readonly after: CheckResult & { readonly tests: TestCounts };
}

/** A sentence on what proves it all the same; undefined where nothing does. */
export function provedDespite(
  compared: readonly ComparedCheck[],
  changes: readonly ChangedFile[],
  criteria: readonly ProvedCriterion[],
): string | undefined {
  // What is skipped is told of elsewhere.
  const added = compareTests(changes).added.filter(({ skipped }) => !skipped);
  for (const check of compared) {
    if (!isComparable(check)) continue;
    const { before, after } = check;
    const mended = before.tests.failed - after.tests.failed;
    // Fewer: something that passed does not run any more, or a new test did not pass.
    if (after.tests.passed - before.tests.passed < added.length + mended) continue;
    const proofs = [...newTests(check, added), ...mendedTests(check), ...named(criteria)];
    if (proofs.length > 0)
      return `“${check.command}” fails as it did before (${namesOf(check.after.failing)}) and nowhere else; ${proofs.join(', and ')}.`;
  }
  return undefined;
}

/** Why a check that is red, before and after, says nothing of a task. */
export function whyRedIsNoProof(check: ComparedCheck): string {
  const why = isComparable(check)
    ? 'No test of this task is known to have passed in it: a new one that does would prove it, or a `_Verify:` command.'
    : 'Give the task a `_Verify:` command of its own.';
  return `“${check.command}” fails as it did before, so it proves nothing. ${why}`;
}

/** Both times each test that failed is known by its name, no more are skipped, and neither run broke off. */
function isComparable(check: ComparedCheck): check is Red {
  const { kind, verdict, before, after } = check;
  if (kind !== 'test' || verdict !== 'noWorse' || !isNamed(before) || !isNamed(after)) return false;
  const isSameEnd = after.exitCode === before.exitCode || after.tests.failed < before.tests.failed;
  return (
    isSameEnd && after.tests.failed <= before.tests.failed && after.tests.skipped <= before.tests.skipped
  );
}

function isNamed(result: CheckResult | undefined): result is Red['after'] {
  if (result?.outcome !== 'failed' || result.why !== undefined || result.exitCode === undefined) return false;
  const failing = new Set(result.failing);
  const isAmbiguous = (result.ran ?? []).some((name) => failing.has(name));
  const failed = result.tests?.failed ?? 0;
  return failed > 0 && failing.size >= failed && !isAmbiguous;
}

/** Tests that the task wrote, that assert something, and passed: by their names, else since so many more pass. */
function newTests(check: Red, added: readonly TestCase[]): readonly string[] {
  const passed = added.filter((test) => test.asserts.length > 0 && hasPassed(check, test));
  if (passed.length === 0) return [];
  return [`${titlesOf(passed)} ${passed.length === 1 ? 'is new and passes' : 'are new and pass'}`];
}

function hasPassed(check: Red, { path, line, title }: TestCase): boolean {
  const test = { path, line, titles: [title], skipped: false };
  if (check.after.ran !== undefined) return wasRun(test, [check]) === undefined;
  // No fewer than are new pass now that did not: none of them may be among those that fail.
  return !(check.after.failing ?? []).some((name) => name.includes(title));
}

/** What failed before and passes now. */
function mendedTests({ before, after }: Red): readonly string[] {
  if (after.tests.failed >= before.tests.failed) return [];
  const red = new Set(after.failing);
  const names = [...new Set(before.failing)].filter((name) => !red.has(name));
  if (names.length === 0) return [];
  return [`${namesOf(names)} failed before and ${names.length === 1 ? 'passes' : 'pass'} now`];
}

/** All that the task is to meet has a test that ran and passed. */
function named(criteria: readonly ProvedCriterion[]): readonly string[] {
  if (criteria.length === 0 || criteria.some(({ status }) => status !== 'proved')) return [];
  return [`tests that passed name ${listed(criteria.map(({ id }) => id))}`];
}

function namesOf(names: readonly string[] = []): string {
  return listed([...new Set(names)], MOST);
}

function titlesOf(tests: readonly TestCase[]): string {
  return listed(
    tests.map(({ title, path, line }) => `“${title}” (${path}:${line})`),
    MOST,
  );
}
