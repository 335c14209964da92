/** Was a test among those that a check ran? As far as the output of its runner tells. Pure. */
import { basename, dirname } from '../../util/path';
import type { LinkedTest } from './linkedTests';
import type { ComparedCheck } from './model';

/** Undefined: it was, and passed. Else why that is not known. */
export function wasRun(test: LinkedTest, compared: readonly ComparedCheck[]): string | undefined {
  const tests = compared.filter(({ kind }) => kind === 'verify' || kind === 'test');
  if (tests.length === 0) return 'No check ran tests.';
  const failing = tests.flatMap(({ after }) => after.failing ?? []);
  if (failing.some((name) => names(name, test))) return `Its test ${test.path}:${test.line} fails.`;
  const told = tests.filter(({ after }) => (after.tests?.passed ?? 0) > 0 || after.ran !== undefined);
  if (told.length === 0) return 'The checks do not tell which tests they ran.';
  const isRun = tests.some(
    ({ command, after }) =>
      (after.ran ?? []).some((name) => names(name, test)) ||
      (after.outcome === 'passed' && (after.tests?.passed ?? 0) > 0 && command.includes(test.path)),
  );
  if (isRun) return undefined;
  return tests.some(({ after }) => after.ran !== undefined)
    ? `No check is known to have run its test ${test.path}:${test.line}.`
    : 'The checks count their tests and do not name them.';
}

/** Does what a runner printed mean this test: its file, its class, its package, or its title? */
function names(printed: string, { path, titles }: LinkedTest): boolean {
  const name = printed.replaceAll('\\', '/');
  const file = basename(path);
  const stem = file.replace(/\.\w+$/, '');
  if (titles.some((title) => title !== '' && endsWithTitle(name, title))) return true;
  if (name.includes(file)) return titles.length === 0 || !isTestOfFile(name) || hasTitle(name, titles);
  if (/^[\w$]+(?:\.[\w$]+)+$/.test(name) && name.split('.').at(-1) === stem) return true;
  return path.endsWith('_test.go') && path.includes('/') && name.endsWith(`/${dirname(path)}`);
}

/** `a.py::test_x`, `a.test.ts > suite > title`: one test of a file, not all of it. */
function isTestOfFile(name: string): boolean {
  return name.includes('::') || name.includes(' > ') || name.includes(' › ');
}

function hasTitle(name: string, titles: readonly string[]): boolean {
  return titles.some((title) => name.includes(title));
}

function endsWithTitle(name: string, title: string): boolean {
  return (
    name === title ||
    name.endsWith(` ${title}`) ||
    name.endsWith(`::${title}`) ||
    name.startsWith(`${title} (`)
  );
}
