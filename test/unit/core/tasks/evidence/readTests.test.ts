import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { problemsIn } from '../../../../../src/core/tasks/evidence/output/problems';
import { ranNames } from '../../../../../src/core/tasks/evidence/output/ranNames';
import { readTests } from '../../../../../src/core/tasks/evidence/output/readTests';
import { plainOutput } from '../../../../../src/core/util/plainOutput';
import { runs } from '../../../../support/soak';

/** Of a runner that was run, colours and all. */
const printed = (name: string) =>
  plainOutput(readFileSync(join(__dirname, '../../../../golden/runners', `${name}.txt`), 'utf8'));

type Row = readonly [what: string, counts: string, failing: readonly string[]];

/** Passed, failed, skipped. */
const rows: readonly Row[] = [
  ['mocha-spec', '2 2 1', ['links › expires a link', 'links › of a list › sorts: by age']],
  ['mocha-dot', '2 2 1', ['links › expires a link', 'links › of a list › sorts: by age']],
  ['node-spec', '2 1 2', ['expires a link']],
  ['node-tap', '2 1 2', ['expires a link', 'links']],
  ['jest', '3 1 2', ['links › expires a link']],
  ['vitest', '3 1 2', ['vit/a.test.mjs > links > expires a link']],
  ['tap', '2 2 1', ['links expires a link', 'links of a list sorts: by age']],
  ['pytest', '4 2 2', ['test_links.py::test_expires', 'test_links.py::test_err']],
  ['pytest-q', '4 2 2', ['test_links.py::test_expires', 'test_links.py::test_err']],
  ['pytest-v', '4 2 2', ['test_links.py::test_expires', 'test_links.py::test_err']],
  [
    'unittest',
    '1 2 1',
    ['test_err (test_links.Links.test_err)', 'test_expires (test_links.Links.test_expires)'],
  ],
  [
    'unittest-v',
    '1 2 1',
    ['test_err (test_links.Links.test_err)', 'test_expires (test_links.Links.test_expires)'],
  ],
  ['cargo', '3 1 1', ['tests::expires']],
  ['cargo-q', '3 1 1', ['tests::expires']],
];

/** Of runners that are documented and were not at hand. */
const documented: readonly (readonly [
  what: string,
  text: string,
  counts: string,
  failing?: readonly string[],
])[] = [
  [
    'go test',
    '--- FAIL: TestExpire (0.00s)\n    links_test.go:9: no\nFAIL\nFAIL\texample.com/links\t0.004s\nok  \texample.com/store\t0.003s\n?   \texample.com/cmd\t[no test files]\nFAIL\n',
    '1 1 0',
    ['TestExpire'],
  ],
  [
    'go test -v',
    '=== RUN   TestKeep\n--- PASS: TestKeep (0.00s)\n=== RUN   TestTable\n=== RUN   TestTable/one\n--- PASS: TestTable (0.00s)\n    --- PASS: TestTable/one (0.00s)\n=== RUN   TestLater\n    a_test.go:5: later\n--- SKIP: TestLater (0.00s)\nPASS\nok  \texample.com/links\t0.002s\n',
    '3 0 1',
  ],
  ['jest that found none', 'No tests found, exiting with code 0\n', '0 0 0'],
  [
    'vitest that found none',
    '\nNo test files found, exiting with code 0\n\ninclude: **/*.test.ts\n',
    '0 0 0',
  ],
  ['go test that found none', 'ok  \texample.com/links\t0.002s [no tests to run]\n', '0 0 0'],
  [
    'Maven',
    '[INFO] Running LinksTest\n[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 1, Time elapsed: 0.04 s <<< FAILURE! -- in LinksTest\n[ERROR] LinksTest.expires:5 -- Time elapsed: 0.004 s <<< FAILURE!\n[INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.01 s -- in OrderTest\n[INFO] Results:\n[ERROR] Failures: \n[ERROR]   LinksTest.expires:5 expected: <1> but was: <2>\n[ERROR] Tests run: 4, Failures: 1, Errors: 0, Skipped: 1\n',
    '2 1 1',
    ['LinksTest.expires'],
  ],
  [
    'Gradle',
    'LinksTest > expires() FAILED\n    org.opentest4j.AssertionFailedError at LinksTest.java:5\n\n4 tests completed, 1 failed, 1 skipped\n\nFAILURE: Build failed with an exception.\n',
    '2 1 1',
    ['LinksTest > expires()'],
  ],
  [
    'RSpec',
    '..F*\n\nFinished in 0.01 seconds (files took 0.08 seconds to load)\n4 examples, 1 failure, 1 pending\n\nFailed examples:\n\nrspec ./spec/links_spec.rb:7 # Links expires\n',
    '2 1 1',
    ['./spec/links_spec.rb:7 # Links expires'],
  ],
  ['Minitest', 'Finished in 0.001s\n5 runs, 6 assertions, 1 failures, 1 errors, 1 skips\n', '2 2 1'],
  [
    'dotnet test',
    '  Failed Links.Expires [4 ms]\nFailed!  - Failed:     1, Passed:     3, Skipped:     1, Total:     5, Duration: 20 ms - links.dll (net8.0)\n',
    '3 1 1',
    ['Links.Expires'],
  ],
  [
    'dotnet test of today',
    'Test summary: total: 5, failed: 1, succeeded: 3, skipped: 1, duration: 1.2s\n',
    '3 1 1',
  ],
  [
    'dart test',
    '00:00 +0: loading test/a_test.dart\n00:00 +1: keeps\n00:00 +1 -1: expires [E]\n00:01 +3 ~1 -1: Some tests failed.\n',
    '3 1 1',
    ['expires'],
  ],
  [
    'mix test',
    '  1) test expires (LinksTest)\n     test/links_test.exs:5\n\nFinished in 0.03 seconds (0.00s async, 0.03s sync)\n1 doctest, 4 tests, 1 failure, 1 skipped\n',
    '3 1 1',
    ['test expires (LinksTest)'],
  ],
  [
    'bun test',
    ' 3 pass\n 1 skip\n 1 fail\n 4 expect() calls\nRan 5 tests across 2 files. [9.00ms]\n',
    '3 1 1',
  ],
  [
    'deno test',
    'expires ... FAILED (2ms)\n\nFAILED | 3 passed | 1 failed | 1 ignored (10ms)\n',
    '3 1 1',
    ['expires'],
  ],
  ['PHPUnit, green', 'OK (3 tests, 5 assertions)\n', '3 0 0'],
  [
    'PHPUnit, red',
    '1) LinksTest::testExpires\nFailed asserting\n\nFAILURES!\nTests: 5, Assertions: 6, Failures: 1, Skipped: 1.\n',
    '3 1 1',
    ['LinksTest::testExpires'],
  ],
  [
    'Playwright',
    '  1) [chromium] › a.spec.ts:3:1 › expires ───\n\n  1 failed\n    [chromium] › a.spec.ts:3:1 › expires ─────\n  1 skipped\n  3 passed (2.1s)\n',
    '3 1 1',
    ['[chromium] › a.spec.ts:3:1 › expires'],
  ],
  ['mocha in two packages', '\n  3 passing (5ms)\n\n\n  2 passing (1s)\n  1 pending\n', '5 0 1'],
];

const summary = (text: string) => {
  const { tests } = readTests(text) ?? {};
  return tests && `${tests.passed} ${tests.failed} ${tests.skipped}`;
};

describe('the tests that a check ran', () => {
  for (const [name, counts, failing] of rows) {
    it(`as ${name} prints them`, () => {
      assert.equal(summary(printed(name)), counts);
      assert.deepEqual(readTests(printed(name))?.failing, failing);
    });
  }
  for (const [name, text, counts, failing = []] of documented) {
    it(`as ${name} prints them`, () => {
      assert.equal(summary(text), counts);
      assert.deepEqual(readTests(text)?.failing, failing);
    });
  }

  const silent = [
    '',
    'All is well.\n',
    'added 3 packages in 2s\n',
    '# tests of the store\nok\n',
    'I ran 12 tests, 12 passed.\n',
    '3 passing thoughts\n',
    'Tests: none\n',
    'error: 2 errors generated.\n',
    ' PASS  of the mountain\n',
  ];
  for (const text of silent) {
    it(`none in ${JSON.stringify(text)}`, () => assert.equal(readTests(text), undefined));
  }

  it('are never fewer than none, whatever is printed', () => {
    const word = fc.constantFrom(
      'passing',
      'failed,',
      'Tests:',
      '1..3',
      'ok 1',
      'not ok 2',
      'Ran 5 tests in 1s',
      'FAILED (failures=9)',
      '# tests 3',
      '# cancelled 0',
      '\n',
      ' ',
      '  7 passing (1s)',
      'examples,',
      '3 examples, 9 failures',
      '9 tests completed, 12 failed',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const { tests } = readTests(words.join('\n')) ?? {};
        assert.ok(!tests || Object.values(tests).every((count) => Number.isInteger(count) && count >= 0));
      }),
      runs(200),
    );
  });

  it('are read fast from a long output', () => {
    const text = `${'some words of a build, 3 tests and more\n'.repeat(20_000)}\n  3 passing (5ms)\n`;
    assert.equal(summary(text), '3 0 0');
    assert.equal(summary(`${' '.repeat(200_000)}\n${'1 failed, '.repeat(20_000)}`), undefined);
  });
});

describe('the tests that a runner names', () => {
  const named: readonly (readonly [name: string, some: readonly string[], none: readonly string[]])[] = [
    ['mocha-spec', ['keeps a link'], ['expires a link', 'is not there yet']],
    ['node-spec', ['keeps a link', 'counts visits'], ['expires a link']],
    ['node-tap', ['counts visits'], ['expires a link', 'links']],
    ['jest', ['jest/b.test.js'], ['jest/a.test.js']],
    ['vitest', ['vit/b.test.mjs (1 test)'], ['vit/a.test.mjs']],
    ['pytest', ['test_links.py', 'test_ok.py'], []],
    ['pytest-v', ['test_links.py::test_keeps', 'test_ok.py::test_ok'], ['test_links.py::test_later']],
    [
      'unittest-v',
      ['test_keeps (test_links.Links.test_keeps)'],
      ['test_later (test_links.Links.test_later)'],
    ],
    ['cargo', ['tests::keeps', 'sorts', 'tests/order.rs'], ['tests::later', 'tests::expires']],
  ];
  for (const [name, some, none] of named) {
    it(`as ${name} does`, () => {
      const ran = ranNames(printed(name)) ?? [];
      for (const each of some) assert.ok(ran.includes(each), `${each} is not in ${ran.join(' | ')}`);
      for (const each of none) assert.ok(!ran.includes(each), `${each} did not pass`);
    });
  }

  it('are none where it shows dots', () => {
    assert.equal(ranNames(printed('mocha-dot')), undefined);
    assert.equal(ranNames(printed('pytest-q')), undefined);
  });
});

describe('the problems that a compiler names', () => {
  const wrong = "TS2322: Type 'string' is not assignable to type 'number'.";
  it('are those of tsc, without lines', () => {
    for (const name of ['tsc', 'tsc-pretty'])
      assert.deepEqual(problemsIn(printed(name)), [`tsx/a.ts: error ${wrong}`, `tsx/a.ts: error ${wrong}`]);
  });

  it('are those of biome and eslint', () => {
    assert.deepEqual(problemsIn(printed('biome')).slice(0, 3), [
      'tsx/b.js: lint/correctness/noUnusedVariables  FIXABLE',
      'tsx/b.js: lint/suspicious/noDebugger  FIXABLE',
      'tsx/b.js: format',
    ]);
    const eslint =
      '\n/w/src/a.ts\n  1:7  error    Unused x  no-unused-vars\n  9:1  warning  Long      max-len\n\n✖ 2 problems\n';
    assert.deepEqual(problemsIn(eslint), [
      '/w/src/a.ts: error Unused x no-unused-vars',
      '/w/src/a.ts: warning Long max-len',
    ]);
  });

  it('are those of mypy, ruff and go vet', () => {
    const text =
      'a.py:3: error: Incompatible return value  [return-value]\na.py:1:8: F401 `os` imported but unused\n./a.go:4:2: x declared and not used\n';
    assert.deepEqual(problemsIn(text), [
      'a.py: error: Incompatible return value  [return-value]',
      'a.py: F401 `os` imported but unused',
      './a.go: x declared and not used',
    ]);
  });
});

describe('what a command printed', () => {
  it('is read as a person sees it', () => {
    assert.equal(
      plainOutput('\u001b[31mred\u001b[0m\r\n10 %\r100 %\n\u001b]0;title\u0007end'),
      'red\n100 %\nend',
    );
  });
});
