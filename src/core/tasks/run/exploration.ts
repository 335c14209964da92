/**
 * The test that shows a bug, written before the fix: it has to fail, and that failure is its proof. One that passes says
 * that the bug is not what was thought, and that is for a person to look at.
 */
import type { Spec, Task } from '../../spec/model';
import type { ComparedCheck, Evidence } from '../evidence/model';
import { mustFail } from '../evidence/runCheck';

const WRITES_IT = /\bexploration\b.*\btests?\b/i;
/** `Verify that the exploration test now passes`: the same test, after the fix. */
const RUNS_IT_AGAIN = /\b(?:verify|re-?run|passes|passing)\b/i;

export function isExploration({ type }: Pick<Spec, 'type'>, { title }: Pick<Task, 'title'>): boolean {
  return type === 'bugfix' && WRITES_IT.test(title) && !RUNS_IT_AGAIN.test(title);
}

/** The evidence of such a task, read the other way round. */
export function judgeExploration(evidence: Evidence): Evidence {
  const tests = evidence.checks.filter(({ kind }) => kind === 'verify' || kind === 'test');
  if (tests.length === 0) return evidence;
  const shows = new Set(tests.filter(showsBug));
  const others = evidence.checks.filter((check) => !tests.includes(check));
  const against = [
    ...evidence.suspicions.map(({ detail }) => detail),
    ...others
      .filter(({ verdict }) => verdict === 'worse' || verdict === 'failed')
      .map(({ command }) => `“${command}” failed.`),
  ];
  const missing = shows.size === 0 ? [whyNotShown(tests)] : [];
  // What passes proves nothing here.
  const { despite: _, ...rest } = evidence;
  return {
    ...rest,
    verdict: against.length > 0 ? 'refuted' : missing.length > 0 ? 'unproven' : 'proved',
    reasons: [...against, ...missing],
    checks: evidence.checks.map((check) => (shows.has(check) ? { ...check, verdict: 'passed' } : check)),
  };
}

/** The test is there, is run, and passes. */
export function passesUnexpectedly({ reasons }: Pick<Evidence, 'reasons'>): boolean {
  return reasons.length === 1 && reasons[0] === PASSES;
}

const PASSES =
  'The test that is to show the bug passes on the code as it is, so the bug may not be what was thought.';

function isRed(check: ComparedCheck): boolean {
  return (check.after.outcome === 'passed') === mustFail(check);
}

function whyNotShown(tests: readonly ComparedCheck[]): string {
  const red = tests.find(isRed);
  if (red === undefined) return PASSES;
  return (
    red.after.why ??
    `“${red.command}” is red, but no new test is among what fails, so it does not show the bug: a test file that cannot be loaded shows nothing.`
  );
}

/** Where tests are counted, it takes one that fails: a run that is red since a file cannot be loaded shows nothing. */
function showsBug(check: ComparedCheck): boolean {
  const { before, after } = check;
  if (!isRed(check) || after.why !== undefined) return false;
  const known = mustFail(check) ? new Set<string>() : new Set(before?.failing);
  const fresh = (after.failing ?? []).filter((name) => !known.has(name));
  const isCounted = after.tests !== undefined || before?.tests !== undefined;
  if (!isCounted && NOTHING_RAN.test(after.tail)) return false;
  if (mustFail(check)) return after.tests?.failed !== 0 && (fresh.length === 0 || fresh.some(isTest));
  if (!isCounted) return before === undefined || before.outcome === 'passed' || fresh.length > 0;
  if (after.tests === undefined) return false;
  return fresh.length > 0 ? fresh.some(isTest) : after.tests.failed > (before?.tests?.failed ?? 0);
}

/** What is printed where a file, or the program itself, could not be loaded. */
const NOTHING_RAN =
  /\b(?:SyntaxError|IndentationError|ImportError|ModuleNotFoundError|LoadError|Cannot find (?:module|package)|No test files found|could not compile)\b|: (?:command )?not found$|No such file or directory$/m;

/** What runners name that could not load a file: the file, or words of their own. */
const NOT_LOADED = /^(?:\S+\.\w{1,4}|Test suite failed to run|.*\b_FailedTest\b.*)$/;

function isTest(name: string): boolean {
  return !NOT_LOADED.test(name);
}
