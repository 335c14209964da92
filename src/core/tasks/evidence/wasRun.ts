/** Was a test among those that a check ran? As far as the output of its runner tells. Pure. */
import type { LinkedTest } from './linkedTests';
import type { ComparedCheck } from './model';
import { mayMean, meansFile, meansTest, namesPath } from './printedNames';

/** Undefined: it was, and passed. Else why that is not known. */
export function wasRun(test: LinkedTest, compared: readonly ComparedCheck[]): string | undefined {
  const tests = compared.filter(({ kind }) => kind === 'verify' || kind === 'test');
  if (tests.length === 0) return 'No check ran tests.';
  const place = `${test.path}:${test.line}`;
  const failing = tests.flatMap(({ after }) => after.failing ?? []);
  if (failing.some((name) => mayMean(name, test))) return `Its test ${place} fails.`;
  const told = tests.filter(({ after }) => (after.tests?.passed ?? 0) > 0 || after.ran !== undefined);
  if (told.length === 0) return 'The checks do not tell which tests they ran.';
  if (tests.some(({ after }) => (after.ran ?? []).some((name) => meansTest(name, test)))) return undefined;
  const whole = tests.filter((check) => ranFile(check, test));
  if (whole.some((check) => isComplete(check, test))) return undefined;
  if (whole.length > 0)
    return `A check that ran its test ${place} names its file alone, and some tests were left out.`;
  return tests.some(({ after }) => after.ran !== undefined)
    ? `No check is known to have run its test ${place}.`
    : 'The checks count their tests and do not name them.';
}

/** By the name of its file, that it was run; or by the command, where the output names none at all. */
function ranFile({ command, after }: ComparedCheck, test: LinkedTest): boolean {
  if (after.ran !== undefined) return after.ran.some((name) => meansFile(name, test));
  return after.outcome === 'passed' && (after.tests?.passed ?? 0) > 0 && namesPath(command, test.path);
}

/** All tests of the files that it ran were run. */
function isComplete({ command, after }: ComparedCheck, { partly }: LinkedTest): boolean {
  return !partly && (after.tests?.skipped ?? 0) === 0 && !LEAVES_OUT.test(command);
}

/** Options by which runners choose tests by their names, or leave out files. */
const LEAVES_OUT =
  /\s(?:-[gtk]|-run|--(?:f?grep|only|skip|filter|tests|name|plain-name|example|test-?name-?pattern|test-skip-pattern|tags?|exclude\S*|ignore\S*|deselect))(?:[\s=]|$)|\bpytest\b.*\s-m\s|::|-Dtest=/i;
