/**
 * The tests that hold what a fix must not change, written before it. They have to pass on the code as it is; the run of
 * all tests is red all the same, since the test that shows the bug is among them.
 */
import type { Spec, Task } from '../../spec/model';
import type { ComparedCheck, Evidence } from '../evidence/model';

const WRITES_THEM = /\bpreservation\b.*\btests?\b/i;
const RUNS_THEM_AGAIN = /\b(?:verify|re-?run|still|passes|passing)\b/i;

export function isPreservation({ type }: Pick<Spec, 'type'>, { title }: Pick<Task, 'title'>): boolean {
  return type === 'bugfix' && WRITES_THEM.test(title) && !RUNS_THEM_AGAIN.test(title);
}

/** The evidence of such a task: what fails failed before, and more tests pass than did. */
export function judgePreservation(evidence: Evidence, { verify }: Pick<Task, 'verify'>): Evidence {
  const own = evidence.checks.filter(({ kind }) => kind === 'verify');
  const isLeftOut = verify !== undefined && own.length === 0;
  const isEmpty = own.some(({ verdict }) => verdict === 'noProof');
  if (evidence.verdict !== 'unproven' || isLeftOut || isEmpty) return evidence;
  const hold = new Set(evidence.checks.filter(holdsMore));
  if (hold.size === 0) return evidence;
  return {
    ...evidence,
    verdict: 'proved',
    reasons: [],
    checks: evidence.checks.map((check) => (hold.has(check) ? { ...check, verdict: 'passed' } : check)),
  };
}

function holdsMore({ kind, verdict, before, after }: ComparedCheck): boolean {
  if (kind !== 'test' || verdict !== 'noWorse') return false;
  const [was, is] = [before?.tests, after.tests];
  return was !== undefined && is !== undefined && is.passed > was.passed && is.failed <= was.failed;
}
