/** Tests that do not run any more, are not there any more, or say less than they did. */
import { isTrivial, likeness, literalsOf, shapeOf, strengthOf, withoutMessage } from './assertions';
import { type ComparedTests, compareTests, type TestPair } from './compareTests';
import type { Assertion, TestCase } from './readTestFile';
import { type Detector, type Inspected, listed, type Suspected } from './suspicion';

export const tests: Detector = (inspected) => {
  const compared = compareTests(inspected.changes);
  return [
    ...skipped(compared),
    ...removed(compared, inspected),
    ...weakened(compared, inspected.asked),
    ...fewerRan(compared, inspected),
  ];
};

const at = ({ path, line }: { readonly path: string; readonly line: number }) => `${path}:${line}`;
const called = (test: TestCase) => `“${test.title}” (${at(test)})`;

function skipped({ pairs, added, files }: ComparedTests): readonly Suspected[] {
  const say = (detail: string): Suspected => ({ kind: 'testsSkipped', detail });
  // What was moved with its mark is as it was.
  const known = new Set(files.flatMap(({ before }) => before.marks.map(({ text }) => text)));
  const marks = files.flatMap(({ path, before, after }) =>
    after.marks
      // A new file may have its conditions.
      .filter(({ text, sometimes }) => !known.has(text) && !(sometimes && before.cases.length === 0))
      .map(({ kind, text, line }) =>
        say(
          kind === 'skip'
            ? `Tests are skipped by “${short(text)}” in ${at({ path, line })}.`
            : `“${short(text)}” in ${at({ path, line })} keeps all other tests from running.`,
        ),
      ),
  );
  return [
    ...marks,
    ...pairs
      .filter(({ before, after }) => after.skipped && !before.skipped)
      .map(({ after }) => say(`The test ${called(after)} is skipped now.`)),
    ...pairs
      .filter(({ before, after }) => after.sometimes && !before.sometimes && !after.skipped)
      .map(({ after }) => say(`The test ${called(after)} is skipped on a condition now.`)),
    ...added.filter((test) => test.skipped).map((test) => say(`The new test ${called(test)} is skipped.`)),
    ...[...pairs.filter(({ before }) => !before.focused).map(({ after }) => after), ...added]
      .filter((test) => test.focused)
      .map((test) => say(`The test ${called(test)} keeps all others from running.`)),
  ];
}

/** A task may ask for it. */
const ASKS_REMOVAL = /\b(?:remove|delete|drop|retire|prune|clean up|discard)\b[^.\n]*\btests?\b/i;

function removed(
  { removed: all, files, pairs, added }: ComparedTests,
  inspected: Inspected,
): readonly Suspected[] {
  if (ASKS_REMOVAL.test(inspected.asked)) return [];
  // One test over a table may stand for many, as long as as many run.
  const tables = new Set(
    [...added, ...pairs.filter(({ before }) => !before.table).map(({ after }) => after)]
      .filter(({ table }) => table)
      .map(({ path }) => path),
  );
  const lost =
    droppedBy(inspected) > 0 ? all : all.filter(({ path }) => !tables.has(path) || !countsKnown(inspected));
  return files.flatMap(({ path, after }): readonly Suspected[] => {
    const own = lost.filter((test) => test.path === path);
    if (own.length === 0) return [];
    const names = listed(own.map(({ title }) => `“${title}”`));
    const isGone = after.cases.length === 0 && after.helpers.length === 0;
    const what = own.length === 1 ? 'The test' : `${own.length} tests`;
    return [
      {
        kind: 'testsRemoved',
        detail: `${what} ${names} of ${path} ${own.length === 1 ? 'is' : 'are'} not there any more${isGone ? ': all tests of the file' : ''}.`,
      },
    ];
  });
}

function weakened({ pairs, added, files }: ComparedTests, asked: string): readonly Suspected[] {
  const say = (detail: string): Suspected => ({ kind: 'assertionsWeakened', detail });
  const before = new Set(
    files.flatMap((file) => file.before.cases.flatMap(({ asserts }) => asserts.map(({ text }) => text))),
  );
  const trivial = [...pairs.map(({ after }) => after), ...added].flatMap((test) =>
    test.asserts
      .filter(({ text }) => isTrivial(text) && !before.has(text))
      .map(({ text, line }) =>
        say(`“${short(text)}” in ${at({ path: test.path, line })} is true whatever the program does.`),
      ),
  );
  return [...pairs.flatMap((pair) => weakerIn(pair, asked).map(say)), ...trivial];
}

function weakerIn({ before, after, lost, won }: TestPair, asked: string): readonly string[] {
  const rest = [...won];
  const found: string[] = [];
  const gone: Assertion[] = [];
  const open: Assertion[] = [];
  for (const was of lost) {
    const same = rest.find(({ text }) => shapeOf(text) === shapeOf(was.text));
    if (same === undefined) {
      open.push(was);
      continue;
    }
    rest.splice(rest.indexOf(same), 1);
    if (!isAsked(was, same, asked))
      found.push(
        `${called(after)} expects something else: “${short(was.text)}” is “${short(same.text)}” in ${at({ path: after.path, line: same.line })}.`,
      );
  }
  for (const was of open) {
    const next = nearest(was, rest);
    if (next === undefined) {
      gone.push(was);
      continue;
    }
    rest.splice(rest.indexOf(next), 1);
    if (strengthOf(next.text) < strengthOf(was.text) && !isTrivial(next.text))
      found.push(
        `${called(after)} asks for less: “${short(was.text)}” is “${short(next.text)}” in ${at({ path: after.path, line: next.line })}.`,
      );
  }
  if (gone.length > 0)
    found.push(
      `${called(after)} asserts less than it did. Gone from ${before.path}: ${listed(
        gone.map(({ text, line }) => `line ${line} “${short(text)}”`),
        3,
      )}.`,
    );
  if (after.returns > before.returns && after.asserts.length > 0)
    found.push(`${called(after)} may end before it asserts anything: it returns early now.`);
  return found;
}

/** What it says when it fails was changed alone, or the values that are new in it are those that the task or its criteria name. */
function isAsked(was: Assertion, is: Assertion, asked: string): boolean {
  if (withoutMessage(was.text) === withoutMessage(is.text)) return true;
  const old = literalsOf(was.text);
  const fresh = literalsOf(is.text).filter((literal, index) => literal !== old[index]);
  const words = asked.toLowerCase();
  return fresh.every((literal) => {
    const bare = literal.replace(/^["'`]|["'`]$/g, '').toLowerCase();
    return (
      bare.length > 0 && !/^(?:true|false|null|none|nil|undefined)$/.test(bare) && holdsWord(words, bare)
    );
  });
}

function holdsWord(words: string, bare: string): boolean {
  for (let index = words.indexOf(bare); index !== -1; index = words.indexOf(bare, index + 1)) {
    const around = `${words[index - 1] ?? ' '}${words[index + bare.length] ?? ' '}`;
    if (!/[\p{L}\p{N}_]/u.test(around)) return true;
  }
  return false;
}

function nearest(was: Assertion, others: readonly Assertion[]): Assertion | undefined {
  const wordsOf = ({ text }: Assertion) => text.match(/\w+/g) ?? [];
  let best: Assertion | undefined;
  let most = -1;
  for (const other of others.slice(0, 200)) {
    const alike = likeness(wordsOf(was), wordsOf(other));
    if (alike > most) [best, most] = [other, alike];
  }
  return best;
}

const testsOf = ({ compared }: Inspected) =>
  compared.filter(
    ({ kind, before, after }) => (kind === 'verify' || kind === 'test') && before?.tests && after.tests,
  );

function countsKnown(inspected: Inspected): boolean {
  return testsOf(inspected).length > 0;
}

/** How many fewer tests a check executed than before. */
function droppedBy(inspected: Inspected): number {
  return Math.max(0, ...testsOf(inspected).map(({ before, after }) => executed(before) - executed(after)));
}

function executed(result: Inspected['compared'][number]['before']): number {
  return result?.tests ? result.tests.passed + result.tests.failed : 0;
}

/** What no changed test file explains: a setting, a pattern, a condition of the environment. */
function fewerRan({ merged }: ComparedTests, inspected: Inspected): readonly Suspected[] {
  if (ASKS_REMOVAL.test(inspected.asked)) return [];
  return testsOf(inspected).flatMap(({ command, before, after }): readonly Suspected[] => {
    const fewer = executed(before) - executed(after);
    if (after.outcome !== 'passed' || fewer <= merged.length || executed(after) === 0) return [];
    const skips = (after.tests?.skipped ?? 0) - (before?.tests?.skipped ?? 0);
    return skips >= fewer
      ? [
          {
            kind: 'testsSkipped',
            detail: `“${command}” skips ${skips} ${skips === 1 ? 'test' : 'tests'} more than before.`,
          },
        ]
      : [
          {
            kind: 'testsRemoved',
            detail: `“${command}” ran ${executed(after)} tests; before it ran ${executed(before)}.`,
          },
        ];
  });
}

function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
