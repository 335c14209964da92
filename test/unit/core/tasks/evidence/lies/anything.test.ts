import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runs } from '../../../../../support/soak';
import { judged } from '../evidenceHarness';
import { JS, js, WORK } from './samples';

describe('the detectors', () => {
  const name = fc.stringMatching(/^[a-z]{3,9} [a-z]{3,9}$/);
  const test = fc.record({
    title: name,
    values: fc.uniqueArray(fc.integer({ min: 2, max: 999 }), { minLength: 1, maxLength: 4 }),
  });
  const some = fc.uniqueArray(test, { minLength: 1, maxLength: 8, selector: ({ title }) => title });
  const written = (tests: readonly { title: string; values: readonly number[] }[]) =>
    js(
      ...tests.map(
        ({ title, values }) =>
          `it('${title}', () => { ${values.map((value) => `assert.equal(f('${title}', ${value}), ${value + 1});`).join(' ')} });`,
      ),
    );

  it('believe what only adds and moves tests', () => {
    fc.assert(
      fc.property(some, some, fc.nat(), (old, fresh, cut) => {
        const titles = new Set(old.map(({ title }) => title));
        const all = [...fresh.filter(({ title }) => !titles.has(title)), ...old].reverse();
        const at = cut % (all.length + 1);
        const moved = [
          { path: JS, before: written(old), after: written(all.slice(0, at)) },
          { path: 'test/other.test.ts', before: undefined, after: written(all.slice(at)) },
        ];
        assert.deepEqual(judged({ changes: [WORK, ...moved] }).suspicions, []);
      }),
      runs(100),
    );
  });

  it('catch one assertion that is gone, wherever it was', () => {
    fc.assert(
      fc.property(some, fc.nat(), (tests, pick) => {
        const text = written(tests);
        const all = [...text.matchAll(/assert\.equal\(f\([^;]*; ?/g)];
        const gone = all[pick % all.length];
        const after = text.slice(0, gone?.index) + text.slice((gone?.index ?? 0) + (gone?.[0].length ?? 0));
        assert.deepEqual(
          judged({ changes: [WORK, { path: JS, before: text, after }] }).suspicions.map(({ kind }) => kind),
          ['assertionsWeakened'],
        );
      }),
      runs(100),
    );
  });

  it('never throw, whatever the files hold', () => {
    const token = fc.constantFrom(
      "it('a'",
      'it(',
      'describe.skip(',
      '() => {',
      '}',
      ')',
      '`',
      "'",
      '"',
      '/',
      '/*',
      '*/',
      '//',
      '#',
      '\n',
      'assert.equal(',
      'assert',
      'def test_a():',
      '#[test] fn a() {',
      '@Test void a() {',
      ';',
      ',',
      '\\',
      "'''",
      'end',
      '\ufeff',
      '[',
    );
    const text = fc.option(
      fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(' ')),
      { nil: undefined },
    );
    const path = fc.constantFrom(
      'a.test.ts',
      'test_a.py',
      'a_test.go',
      'a.rs',
      'ATest.java',
      'a_spec.rb',
      'a_test.exs',
      'a_test.dart',
      'ATest.php',
      'ATests.swift',
      'test/a.cpp',
      'a.bats',
      'package.json',
      'Makefile',
      'tsconfig.json',
      'pyproject.toml',
      'pom.xml',
    );
    fc.assert(
      fc.property(path, text, text, (file, before, after) => {
        judged({ changes: [{ path: file, before, after }] });
      }),
      runs(500),
    );
  });
});
