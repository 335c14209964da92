// Feature: run-engine, Property 3: The verdict follows from what was found
// Verifies: run-engine#2.1-2.3, #2.5
import assert from 'node:assert/strict';
import type { CheckResults } from '../../../../../src/core/tasks/evidence/compareChecks';
import type { Check, Evidence } from '../../../../../src/core/tasks/evidence/model';
import { judged, LINT, result, TEST, taskOf, VERIFY } from './evidenceHarness';

const FAILS = { failing: ['links › expires'] };

type Case = readonly [
  what: string,
  checks: readonly Check[],
  before: CheckResults,
  after: CheckResults,
  verdict: Evidence['verdict'],
  reason: RegExp | undefined,
];

const passed = { 'npm test': result('passed', [3]) };
const lint = (outcome: 'passed' | 'failed', failing?: readonly string[]) => ({
  'npm run lint': result(outcome, undefined, failing && { failing }),
});

const cases: readonly Case[] = [
  ['its tests pass', [TEST], passed, { 'npm test': result('passed', [4]) }, 'proved', undefined],
  [
    'tests that tell no numbers pass',
    [TEST],
    { 'npm test': result('passed') },
    { 'npm test': result('passed') },
    'proved',
    undefined,
  ],
  [
    'a test broke',
    [TEST],
    passed,
    { 'npm test': result('failed', [2, 1], FAILS) },
    'refuted',
    /1 of its tests fail.*links › expires.*passed before/,
  ],
  ['there was no check', [], {}, {}, 'unproven', /No check ran/],
  ['only lint passed', [LINT], lint('passed'), lint('passed'), 'unproven', /types and lint/],
  [
    'tests were red and are as red',
    [TEST],
    { 'npm test': result('failed', [2, 1], FAILS) },
    { 'npm test': result('failed', [3, 1], FAILS) },
    'unproven',
    /fails as it did before/,
  ],
  [
    'tests were red and another fails',
    [TEST],
    { 'npm test': result('failed', [2, 1], FAILS) },
    { 'npm test': result('failed', [2, 1], { failing: ['links › opens'] }) },
    'refuted',
    /links › opens.*failed before, and less/,
  ],
  [
    'tests were red and break before they count',
    [TEST],
    { 'npm test': result('failed', [2, 1], FAILS) },
    { 'npm test': result('failed') },
    'refuted',
    /exit code 1/,
  ],
  [
    'tests were red and are green',
    [TEST],
    { 'npm test': result('failed', [2, 1], FAILS) },
    { 'npm test': result('passed', [3]) },
    'proved',
    undefined,
  ],
  [
    'its own check was red and is red',
    [VERIFY],
    { 'make expiry': result('failed') },
    { 'make expiry': result('failed') },
    'refuted',
    /make expiry/,
  ],
  [
    'its own check passes while the tests are as red as before',
    [VERIFY, TEST],
    { 'make expiry': result('failed'), 'npm test': result('failed', [2, 1], FAILS) },
    { 'make expiry': result('passed'), 'npm test': result('failed', [2, 1], FAILS) },
    'proved',
    undefined,
  ],
  [
    'all tests were skipped',
    [TEST],
    {},
    { 'npm test': result('passed', [0, 0, 4]) },
    'unproven',
    /without running a test/,
  ],
  [
    'its own check runs no test, though the tests pass',
    [VERIFY, TEST],
    passed,
    { 'make expiry': result('passed', [0]), 'npm test': result('passed', [4]) },
    'unproven',
    /^“make expiry” passed without running a test, so it proves nothing\.$/,
  ],
  [
    'no test is counted where some were',
    [TEST],
    passed,
    { 'npm test': result('passed') },
    'refuted',
    /ran no test; before it ran 3/,
  ],
  ['a check was not run', [TEST, LINT], passed, passed, 'refuted', /“npm run lint” was not run/],
  [
    'lint has a new problem',
    [TEST, LINT],
    { ...passed, ...lint('failed', ['a.ts: unused']) },
    { ...passed, ...lint('failed', ['a.ts: unused', 'a.ts: unused']) },
    'refuted',
    /npm run lint/,
  ],
  [
    'lint is as red as before',
    [TEST, LINT],
    { ...passed, ...lint('failed', ['a.ts: unused']) },
    { ...passed, ...lint('failed', ['a.ts: unused']) },
    'proved',
    undefined,
  ],
  [
    'a check does not end',
    [TEST],
    passed,
    {
      'npm test': result('timedOut', undefined, {
        why: '“npm test” did not end within 15 minutes and was ended.',
      }),
    },
    'refuted',
    /did not end/,
  ],
  [
    'a check is not there',
    [TEST],
    {},
    { 'npm test': result('notStarted', undefined, { why: '“npm test” could not be started.' }) },
    'refuted',
    /could not be started/,
  ],
];

describe('the verdict on a task', () => {
  for (const [what, checks, before, after, verdict, reason] of cases) {
    it(`${what}: ${verdict}`, () => {
      const evidence = judged({ checks, before, after });
      assert.equal(evidence.verdict, verdict);
      if (reason) assert.match(evidence.reasons.join('\n'), reason);
      else assert.deepEqual(evidence.reasons, []);
    });
  }

  it('a claim with nothing behind it is refuted, a reason for it is shown as what it is', () => {
    const lie = judged({ changes: [] });
    assert.deepEqual([lie.verdict, lie.suspicions[0]?.kind], ['refuted', 'emptyDiff']);
    const blanks = judged({ changes: [{ path: 'a.ts', before: 'a\n', after: 'a \n\n' }] });
    assert.match(blanks.reasons.join(), /Nothing but blanks was changed, in a\.ts/);
    const python = { path: 'a.py', before: 'if a:\n  b()\n  c()\n', after: 'if a:\n  b()\nc()\n' };
    assert.deepEqual(judged({ changes: [python] }).suspicions, [], 'where a line belongs is no blank');
    const spaced = { ...python, after: 'if a:\n\n  b()  \n  c()\n\n' };
    assert.match(judged({ changes: [spaced] }).reasons.join(), /Nothing but blanks/);
    const honest = judged({ changes: [], nothingToChange: 'Links expire already.' });
    assert.deepEqual([honest.verdict, honest.nothingToChange], ['proved', 'Links expire already.']);
  });

  it('comments alone are no work, unless they are asked for or do something', () => {
    const told = { path: 'src/a.ts', before: 'a();\n', after: '// Expires links now.\na();\n' };
    const lie = judged({ changes: [told] });
    assert.deepEqual(lie.reasons, ['Nothing but comments was changed, in src/a.ts.']);
    const python = { path: 'src/a.py', before: 'a()\n', after: '# Expires.\n\na()  # gone\n# so\n' };
    assert.equal(judged({ changes: [python] }).suspicions[0]?.kind, 'emptyDiff');
    const silent = { path: 'src/a.ts', before: undefined, after: '/* links */\n' };
    assert.equal(judged({ changes: [silent] }).suspicions[0]?.kind, 'emptyDiff');
    const task = taskOf('- [ ] 1. Document the expiry of links');
    assert.deepEqual(judged({ task, changes: [told] }).suspicions, []);
    for (const after of ['// Verifies: links#1.1\na();\n', '// @ts-expect-error\na();\n', 'a("//");\n'])
      assert.deepEqual(judged({ changes: [{ ...told, after }] }).suspicions, [], after);
    for (const path of ['a.md', 'a.vue', 'a.sh'])
      assert.deepEqual(judged({ changes: [{ ...told, path }] }).suspicions, [], path);
    const asked = [{ id: '1.1', text: 'WHEN documents are saved, THE Store SHALL keep them.', tests: [] }];
    assert.equal(judged({ changes: [told], criteria: asked }).suspicions[0]?.kind, 'emptyDiff');
  });

  it('more problems than are kept are still counted', () => {
    const many = (more: number) => ({ ...passed, ...lintOf(more) });
    const lintOf = (more: number) => ({
      'npm run lint': result('failed', undefined, { failing: ['a.ts: unused'], more }),
    });
    const judge = (was: number, is: number) =>
      judged({ checks: [TEST, LINT], before: many(was), after: many(is) }).verdict;
    assert.deepEqual([judge(50, 50), judge(50, 51), judge(50, 49)], ['proved', 'refuted', 'proved']);
    const moved = { 'npm run lint': result('failed', undefined, { failing: ['b.ts: unused'], more: 49 }) };
    const { verdict } = judged({
      checks: [TEST, LINT],
      before: many(50),
      after: { ...passed, ...moved },
    });
    assert.equal(verdict, 'proved', 'those that are kept are others when one is mended');
  });

  it('our own tick is no work of the agent', () => {
    const tick = { path: '.kiro/specs/links/tasks.md', before: '- [ ] 1.\n', after: '- [-] 1.\n' };
    assert.equal(judged({ changes: [tick] }).suspicions[0]?.kind, 'emptyDiff');
  });

  it('what a check leaves behind is no work, and no trespass', () => {
    const made = ['coverage/index.html', 'app/__pycache__/a.pyc', 'target/debug/links', 'a.tsbuildinfo'].map(
      (path) => ({ path, before: undefined, after: 'x' }),
    );
    assert.equal(judged({ changes: made }).suspicions[0]?.kind, 'emptyDiff');
    const task = taskOf('- [ ] 1. Expire links', '  - _Boundary: src_');
    const work = { path: 'src/a.ts', before: '', after: 'x' };
    assert.equal(judged({ task, changes: [work, ...made] }).verdict, 'proved');
  });

  it('a folder of sources may be called as tools call theirs', () => {
    const task = taskOf('- [ ] 1. Expire links', '  - _Boundary: src/links_');
    for (const path of [
      'src/target/model.ts',
      'packages/web/src/coverage/map.ts',
      'lib/test-results/page.py',
    ]) {
      const change = { path, before: undefined, after: 'x' };
      assert.deepEqual(judged({ changes: [change] }).suspicions, [], path);
      assert.match(judged({ task, changes: [change] }).reasons.join(), /outside/i, path);
    }
    const made = { path: 'packages/web/coverage/index.html', before: undefined, after: 'x' };
    assert.equal(judged({ changes: [made] }).suspicions[0]?.kind, 'emptyDiff');
  });

  it('its own check that nobody agreed to is not made up for by others', () => {
    const task = taskOf('- [ ] 1. Expire links', '  - _Verify: make expiry_');
    const { verdict, reasons } = judged({ task });
    assert.deepEqual(
      [verdict, reasons],
      ['unproven', ['Its own check “make expiry” did not run: nobody agreed to it.']],
    );
    const [before, after] = [{ 'make expiry': result('passed') }, { 'make expiry': result('passed') }];
    assert.equal(judged({ task, checks: [VERIFY], before, after }).verdict, 'proved');
  });

  it('what the reviewer finds not met keeps the box open', () => {
    const review = [{ id: '1.2', met: false, why: 'Nothing deletes them.', places: ['src/links.ts:3'] }];
    const evidence = judged({ review });
    assert.deepEqual(
      [evidence.verdict, evidence.reasons],
      ['refuted', ['The reviewer finds 1.2 not met: Nothing deletes them.']],
    );
  });
});

describe('the boundary of a task', () => {
  const touched = (boundary: string, ...paths: readonly string[]) =>
    judged({
      task: taskOf('- [ ] 1. A', `  - _Boundary: ${boundary}_`),
      changes: paths.map((path) => ({ path, before: undefined, after: 'x\n' })),
    });
  const rows: readonly (readonly [boundary: string, path: string, inside: boolean])[] = [
    ['src/links/**', 'src/links/a/b.ts', true],
    ['src/links', 'src/links/b.ts', true],
    ['src/links/', 'src/links/b.ts', true],
    ['./src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/a/b.ts', false],
    ['src/links/**, test/**', 'test/a.test.ts', true],
    ['src/links', 'src/linksmore/b.ts', false],
    ['src/**, !src/db/**', 'src/db/a.ts', false],
    ['src/**', '.github/workflows/ci.yml', false],
    ['**', '.env.example', true],
  ];
  for (const [boundary, path, inside] of rows) {
    it(`${path} is ${inside ? 'inside' : 'outside'} of ${boundary}`, () => {
      const { files, suspicions, verdict } = touched(boundary, path);
      assert.equal(files[0]?.outside, inside ? undefined : true);
      assert.deepEqual(
        suspicions.map(({ kind }) => kind),
        inside ? [] : ['outsideBoundary'],
      );
      assert.equal(verdict, inside ? 'proved' : 'refuted');
    });
  }

  it('a file outside may not be made executable either', () => {
    const task = taskOf('- [ ] 1. A', '  - _Boundary: src_');
    const mode = { path: 'bin/run.sh', before: undefined, after: undefined, binary: true } as const;
    const work = { path: 'src/a.ts', before: '', after: 'x' };
    assert.match(judged({ task, changes: [work, mode] }).reasons.join(), /outside.*: bin\/run\.sh/);
  });

  it('a lock file goes with its manifest', () => {
    assert.equal(
      touched('app/package.json, src', 'app/package.json', 'app/package-lock.json').verdict,
      'proved',
    );
    assert.equal(touched('src', 'package-lock.json').verdict, 'refuted');
  });
});
