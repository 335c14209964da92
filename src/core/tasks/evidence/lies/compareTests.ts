/**
 * Pairs the tests of all changed files, before and after: a test that moved, or was renamed, is the same test. Pure.
 */
import { basename } from '../../../util/path';
import type { ChangedFile } from '../changes';
import { likeness } from './assertions';
import { isNamedTest, testLanguage } from './languages';
import { type Assertion, readTestFile, type TestCase, type TestFile } from './readTestFile';

export interface ChangedTests {
  readonly path: string;
  readonly before: TestFile;
  readonly after: TestFile;
}

export interface TestPair {
  readonly before: TestCase;
  readonly after: TestCase;
  /** What is no longer asserted, and what is instead. */
  readonly lost: readonly Assertion[];
  readonly won: readonly Assertion[];
}

export interface ComparedTests {
  readonly files: readonly ChangedTests[];
  readonly pairs: readonly TestPair[];
  readonly added: readonly TestCase[];
  /** All that they asserted is asserted elsewhere now: one test out of several. */
  readonly merged: readonly TestCase[];
  readonly removed: readonly TestCase[];
}

/** Two tests are one that was renamed when so much of them is alike. */
const ALIKE = 0.75;
/** More than these are paired by their names alone. */
const MOST = 300;

export function compareTests(changes: readonly ChangedFile[]): ComparedTests {
  const files = changes.flatMap(({ path, before, after }): readonly ChangedTests[] => {
    const language = testLanguage(path);
    if (language === undefined) return [];
    const [was, is] = [readTestFile(path, before, language), readTestFile(path, after, language)];
    const isScript = isNamedTest(path) && was.cases.length === 0 && is.cases.length === 0;
    return [
      isScript && before !== undefined
        ? { path, before: asOne(path, was), after: asOne(path, is) }
        : { path, before: was, after: is },
    ];
  });
  const before = files.flatMap((file) => file.before.cases);
  const after = files.flatMap((file) => file.after.cases);
  const { pairs, gone, added } = pairCases(before, after);
  const raw = pairs.map(
    ([was, is]): TestPair => ({
      before: was,
      after: is,
      lost: difference(was.asserts, is.asserts),
      won: difference(is.asserts, was.asserts),
    }),
  );
  // Asserted in another test, or in a helper, and not there before: what moved there is not lost.
  const inTests = countsOf([...raw.flatMap(({ won }) => won), ...added.flatMap(({ asserts }) => asserts)]);
  const inHelpers = countsOf(files.flatMap((file) => difference(file.after.helpers, file.before.helpers)));
  const moved = (text: string, pair: TestPair) =>
    take(inTests, text) || (callsSomethingNew(pair) && take(inHelpers, text));
  const compared = raw.map((pair) => ({ ...pair, lost: pair.lost.filter(({ text }) => !moved(text, pair)) }));
  const merged = gone.filter(
    ({ asserts }) => asserts.length > 0 && asserts.every(({ text }) => take(inTests, text)),
  );
  return { files, pairs: compared, added, merged, removed: gone.filter((each) => !merged.includes(each)) };
}

/** A script that no runner reads: what it asserts is one test. */
function asOne(path: string, file: TestFile): TestFile {
  const { helpers: asserts } = file;
  if (asserts.length === 0) return file;
  const last = asserts.at(-1)?.line ?? 1;
  const never = { skipped: false, sometimes: false, focused: false, table: false, returns: 0 };
  const test = { title: basename(path), path, line: 1, lastLine: last, words: [], ...never, asserts };
  return { ...file, cases: [test], helpers: [] };
}

type Pairs = readonly (readonly [before: TestCase, after: TestCase])[];

function pairCases(before: readonly TestCase[], after: readonly TestCase[]) {
  const pairs: [TestCase, TestCase][] = [];
  let gone = [...before];
  let added = [...after];
  const pairBy = (same: (was: TestCase, is: TestCase) => boolean) => {
    gone = gone.filter((was) => {
      const is = added.find((each) => same(was, each));
      if (is === undefined) return true;
      pairs.push([was, is]);
      added = added.filter((each) => each !== is);
      return false;
    });
  };
  pairBy(
    (was, is) => was.title === is.title && was.path === is.path && was.words.join(' ') === is.words.join(' '),
  );
  pairBy((was, is) => was.title === is.title && was.path === is.path);
  pairBy((was, is) => was.title === is.title);
  if (gone.length <= MOST && added.length <= MOST) for (const pair of alike(gone, added)) pairs.push(pair);
  const paired = new Set(pairs.flat());
  return {
    pairs: pairs as Pairs,
    gone: gone.filter((each) => !paired.has(each)),
    added: added.filter((each) => !paired.has(each)),
  };
}

/** The most alike first. */
function alike(gone: readonly TestCase[], added: readonly TestCase[]): [TestCase, TestCase][] {
  const all = gone.flatMap((was) =>
    added
      .map((is) => ({ was, is, alike: likeness(was.words, is.words) }))
      .filter((pair) => pair.alike >= ALIKE),
  );
  const taken = new Set<TestCase>();
  const pairs: [TestCase, TestCase][] = [];
  for (const { was, is } of all.sort((a, b) => b.alike - a.alike)) {
    if (taken.has(was) || taken.has(is)) continue;
    taken.add(was).add(is);
    pairs.push([was, is]);
  }
  return pairs;
}

/** A helper that nobody calls asserts nothing. */
function callsSomethingNew({ before, after }: TestPair): boolean {
  const known = new Set(before.words);
  return after.words.some(
    (word, index) => /^\w+$/.test(word) && after.words[index + 1] === '(' && !known.has(word),
  );
}

type Counts = Map<string, number>;

function countsOf(assertions: readonly Assertion[]): Counts {
  const counts: Counts = new Map();
  for (const { text } of assertions) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function take(counts: Counts, text: string): boolean {
  const count = counts.get(text) ?? 0;
  if (count <= 0) return false;
  counts.set(text, count - 1);
  return true;
}

function difference(all: readonly Assertion[], others: readonly Assertion[]): readonly Assertion[] {
  const counts = countsOf(others);
  return all.filter(({ text }) => !take(counts, text));
}
