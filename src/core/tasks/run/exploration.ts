/**
 * The test that shows a bug, written before the fix: it has to fail, and that failure is its proof. One that passes says
 * that the bug is not what was thought, and that is for a person to look at.
 */
import type { Spec, Task } from '../../spec/model';
import type { ComparedCheck, Evidence } from '../evidence/model';

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
  const missing = shows.size === 0 ? [PASSES] : [];
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

/** `! npm test`: met by its failing. */
function showsBug({ command, before, after }: ComparedCheck): boolean {
  if (/^\s*!\s/.test(command)) return after.outcome === 'passed' && after.tests?.failed !== 0;
  if (after.outcome !== 'failed' || after.why !== undefined) return false;
  if (before === undefined || before.outcome === 'passed') return true;
  const known = new Set(before.failing);
  return (
    (after.failing ?? []).some((name) => !known.has(name)) ||
    (after.tests?.failed ?? 0) > (before.tests?.failed ?? 0)
  );
}
