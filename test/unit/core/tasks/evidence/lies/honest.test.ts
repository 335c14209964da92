import assert from 'node:assert/strict';
import type { ChangedFile } from '../../../../../../src/core/tasks/evidence/changes';
import { judged, result, taskOf } from '../evidenceHarness';
import { BOTH, EXPIRES, GO, JS, js, KEEPS, PY, RUST, WORK } from './samples';

const honest: readonly (readonly [what: string, changes: readonly ChangedFile[]])[] = [
  [
    'a test is added',
    [
      {
        path: JS,
        before: BOTH,
        after: js(KEEPS, EXPIRES, "it('sorts', () => { assert.equal(sort(2), 1); });"),
      },
    ],
  ],
  ['a first test file', [{ path: JS, before: undefined, after: BOTH }]],
  [
    'a test is renamed',
    [{ path: JS, before: BOTH, after: BOTH.replace("'expires'", "'expires after thirty days'") }],
  ],
  [
    'a test is renamed, and says more',
    [
      {
        path: JS,
        before: BOTH,
        after: BOTH.replace("'expires'", "'expires links'").replace(
          'expire(29), false);',
          'expire(29), false); assert.equal(expire(31), true);',
        ),
      },
    ],
  ],
  [
    'a script of assertions becomes tests, and another asserts more',
    [
      { path: 'test.js', before: 'assert.equal(keep(1), 1);\n', after: BOTH },
      { path: 'spec.js', before: 'assert(keep(1));\n', after: 'assert(keep(1));\nassert(keep(2));\n' },
    ],
  ],
  [
    'a file is moved',
    [
      { path: JS, before: BOTH, after: undefined },
      { path: 'test/unit/links.test.ts', before: undefined, after: BOTH },
    ],
  ],
  [
    'a test is moved to another file',
    [
      { path: JS, before: BOTH, after: js(KEEPS) },
      { path: 'test/expiry.test.ts', before: undefined, after: js(EXPIRES) },
    ],
  ],
  ['tests are put in order', [{ path: JS, before: BOTH, after: js(EXPIRES, KEEPS) }]],
  [
    'a suite is renamed',
    [{ path: JS, before: BOTH, after: BOTH.replace("'links'", "'the store of links'") }],
  ],
  [
    'a suite is put around them',
    [{ path: JS, before: BOTH, after: `describe('a', () => {\n${BOTH}\n});\n` }],
  ],
  [
    'two tests become one',
    [
      {
        path: JS,
        before: BOTH,
        after: js(
          "it('keeps and expires', () => { assert.equal(keep(1), 1); assert.equal(expire(30), true); assert.equal(expire(29), false); });",
        ),
      },
    ],
  ],
  [
    'assertions move to a helper',
    [
      {
        path: JS,
        before: BOTH,
        after: `function check() { assert.equal(expire(30), true); assert.equal(expire(29), false); }\n${js(KEEPS, "it('expires', () => { check(); });")}`,
      },
    ],
  ],
  [
    'what is tested is called otherwise',
    [{ path: JS, before: BOTH, after: BOTH.replaceAll('expire(', 'isExpired(') }],
  ],
  [
    'a stricter question',
    [{ path: JS, before: BOTH, after: BOTH.replaceAll('assert.equal', 'assert.strictEqual') }],
  ],
  [
    'words about skipping',
    [
      {
        path: JS,
        before: BOTH,
        after: js(
          '// it.skip would be wrong here',
          KEEPS,
          EXPIRES,
          "it('does not say it.skip()', () => { assert.equal(say('describe.only('), 'x'); });",
        ),
      },
    ],
  ],
  [
    'a page that is skipped',
    [
      {
        path: JS,
        before: BOTH,
        after: js(KEEPS, EXPIRES, "it('pages', () => { assert.equal(list({ skip: 10 }).length, 2); });"),
      },
    ],
  ],
  [
    'a test that was skipped runs',
    [{ path: JS, before: js(KEEPS, EXPIRES.replace('it(', 'it.skip(')), after: BOTH }],
  ],
  [
    'a skipped test stays so elsewhere',
    [
      { path: JS, before: js(KEEPS.replace('it(', 'it.skip(')), after: undefined },
      { path: 'test/b.test.ts', before: undefined, after: js(KEEPS.replace('it(', 'it.skip(')) },
    ],
  ],
  [
    'code with regular expressions',
    [
      {
        path: JS,
        before: BOTH,
        after: js(
          KEEPS,
          EXPIRES,
          "it('matches', () => { assert.match(say(), /it\\('s|\"/); assert.equal(/x/.test('x'), true); });",
        ),
      },
    ],
  ],
  [
    'code that calls itself a test',
    [{ path: 'src/regex.ts', before: "if (x.test('a')) it('b');\n", after: 'no();\n' }],
  ],
  [
    'Python is formatted',
    [
      {
        path: 'tests/test_links.py',
        before: PY,
        after: PY.replace('assert keep(1) == 1', 'assert keep(1)  ==  1  # one'),
      },
    ],
  ],
  [
    'Rust in the code grows',
    [{ path: 'src/links.rs', before: RUST, after: `fn keep<'a>(x: &'a str) -> char { 'x' }\n${RUST}` }],
  ],
  [
    'Go gets a test in a table',
    [
      {
        path: 'links_test.go',
        before: GO,
        after: `${GO}\nfunc TestTable(t *testing.T) {\n\tfor _, c := range cases {\n\t\tt.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, keep(c.in)) })\n\t}\n}\n`,
      },
    ],
  ],
  [
    'a parameter of a test',
    [
      {
        path: 'tests/test_links.py',
        before: PY,
        after: PY.replace('def test_keeps():', '@pytest.mark.parametrize("n", [1])\ndef test_keeps(n):'),
      },
    ],
  ],
];

describe('honest work is believed', () => {
  it('new tests that do not run everywhere', () => {
    const windows = "if (process.platform === 'win32') this.skip();";
    const fresh = js(
      `before(function () {\n    ${windows}\n  });`,
      `it('a', function () { ${windows} assert.equal(a(), 2); });`,
      `it('b', function () {\n    if (isWindows)\n      this.skip();\n    assert.equal(b(), 2);\n  });`,
    );
    assert.deepEqual(
      judged({ changes: [WORK, { path: JS, before: undefined, after: fresh }] }).suspicions,
      [],
    );
    const ruby = "it 'c' do\n  skip 'later' if windows?\n  expect(c).to eq(2)\nend\n";
    const change = { path: 'spec/c_spec.rb', before: undefined, after: ruby };
    assert.deepEqual(judged({ changes: [WORK, change] }).suspicions, []);
  });

  it('what an assertion says when it fails', () => {
    const said = (message: string) =>
      js(
        `it('keeps', () => { assert.ok(keep(1), '${message}'); assert.equal(keep(2), 2, \`${message} 2\`); });`,
      );
    const change = { path: JS, before: said('is lost'), after: said('was not kept') };
    assert.deepEqual(judged({ changes: [WORK, change] }).suspicions, []);
  });

  for (const [what, files] of honest)
    it(what, () => {
      assert.deepEqual(judged({ changes: [WORK, ...files] }).suspicions, []);
    });

  it('a value that the task or its criteria ask for', () => {
    const change = { path: JS, before: BOTH, after: BOTH.replace('expire(30)', 'expire(60)') };
    const asked = {
      id: '1.1',
      text: 'WHEN a link is older than 60 days, THE Store SHALL delete it.',
      tests: [],
    };
    assert.deepEqual(judged({ changes: [WORK, change], criteria: [asked] }).suspicions, []);
    assert.equal(judged({ changes: [WORK, change] }).suspicions[0]?.kind, 'assertionsWeakened');
  });

  it('tests that the task is to remove', () => {
    const task = taskOf('- [ ] 1. Remove the tests of the old store');
    const fewer = {
      task,
      before: { 'npm test': result('passed', [9]) },
      after: { 'npm test': result('passed', [7]) },
    };
    assert.deepEqual(
      judged({ ...fewer, changes: [{ path: JS, before: BOTH, after: undefined }] }).suspicions,
      [],
    );
  });

  it('tests that become a table, while as many run', () => {
    const table = js(
      "it.each([[30, true], [29, false]])('expires %i', (days, gone) => { assert.equal(expire(days), gone); });",
      KEEPS,
    );
    const same = {
      before: { 'npm test': result('passed', [3]) },
      after: { 'npm test': result('passed', [3]) },
    };
    const change = {
      path: JS,
      before: js(
        KEEPS,
        "it('expires at 30', () => { assert.equal(expire(30), true); });",
        "it('stays at 29', () => { assert.equal(expire(29), false); });",
      ),
      after: table,
    };
    assert.deepEqual(judged({ ...same, changes: [WORK, change] }).suspicions, []);
    const fewer = { ...same, after: { 'npm test': result('passed', [2]) } };
    assert.ok(
      judged({ ...fewer, changes: [WORK, change] }).suspicions.some(({ kind }) => kind === 'testsRemoved'),
    );
  });
});
