/** A project whose tests were red before the task: what proves it all the same, and what does not. */
import assert from 'node:assert/strict';
import type { ChangedFile } from '../../../../../src/core/tasks/evidence/changes';
import type { LinkedCriterion } from '../../../../../src/core/tasks/evidence/linkedTests';
import type { CheckResult } from '../../../../../src/core/tasks/evidence/model';
import { parseEvidence } from '../../../../../src/core/tasks/evidence/records';
import { shareable } from '../../../../../src/core/tasks/evidence/shareable';
import { judged, result, TEST } from './evidenceHarness';
import { BOTH, EXPIRES, JS, js, KEEPS, WORK } from './lies/samples';

const OLD = 'codes › wraps';
/** As many passed, these failed; `ran`: those that passed, where the runner names them. */
const red = (passed: number, failing: readonly string[], ran?: readonly string[], skipped = 0) =>
  result('failed', [passed, failing.length, skipped], { failing, ...(ran && { ran }) });
const SORTS = "it('sorts', () => { assert.deepEqual(sort([2, 1]), [1, 2]); });";
const added: ChangedFile = { path: JS, before: BOTH, after: js(KEEPS, EXPIRES, SORTS) };
const before = red(2, [OLD], ['keeps', 'expires']);
const after = red(3, [OLD], ['keeps', 'expires', 'sorts']);

const judge = (
  was: CheckResult,
  is: CheckResult,
  changes: readonly ChangedFile[] = [WORK, added],
  criteria: readonly LinkedCriterion[] = [],
) => judged({ before: { 'npm test': was }, after: { 'npm test': is }, changes, criteria });

const linked = (id: string, title: string): LinkedCriterion => ({
  ...{ id, text: 'Links are kept' },
  tests: [{ path: JS, line: 4, titles: [title], skipped: false }],
});

describe('Tests that were red before a task', () => {
  it('prove it by a new one that passes, where nothing else fails, and that is said', () => {
    const evidence = judge(before, after);
    assert.deepEqual([evidence.verdict, evidence.reasons], ['proved', []]);
    assert.equal(
      evidence.despite,
      `“npm test” fails as it did before (codes › wraps) and nowhere else; “sorts” (${JS}:6) is new and passes.`,
    );
    assert.equal(evidence.checks[0]?.verdict, 'noWorse');
    const [kept] = parseEvidence(JSON.stringify(shareable(evidence, '/project')));
    assert.equal(kept?.despite, evidence.despite, 'it is in the record');
    assert.equal(
      judge(result('passed', [2]), result('passed', [3])).despite,
      undefined,
      'green needs no word',
    );
  });

  it('prove it where the runner names only what fails: by how many more pass', () => {
    assert.match(judge(red(2, [OLD]), red(3, [OLD])).despite ?? '', /“sorts” .* is new and passes/);
  });

  it('prove it by those that failed before and pass now', () => {
    const { verdict, despite } = judge(red(2, [OLD, 'links › sorts']), red(3, [OLD]), [WORK]);
    assert.equal(verdict, 'proved');
    assert.match(
      despite ?? '',
      /\(codes › wraps\) and nowhere else; links › sorts failed before and passes now/,
    );
  });

  it('prove it where all that it is to meet has a test that passed', () => {
    const both = [linked('1.1', 'keeps'), linked('1.2', 'expires')];
    assert.match(judge(before, before, [WORK], both).despite ?? '', /tests that passed name 1\.1, 1\.2\.$/);
    const one = judge(before, before, [WORK], [linked('1.1', 'keeps'), linked('1.2', 'sorts')]);
    assert.deepEqual([one.verdict, one.despite], ['unproven', undefined]);
  });
});

type Case = readonly [
  what: string,
  before: CheckResult,
  after: CheckResult,
  changes: readonly ChangedFile[],
  verdict: 'refuted' | 'unproven',
  reason: RegExp,
];

const file = (text: string): ChangedFile => ({ path: JS, before: BOTH, after: text });
const EMPTY = "it('sorts', () => { sort([2, 1]); });";
const TRIVIAL = "it('sorts', () => { assert.ok(true); });";
const NO_TEST = /“npm test” fails as it did before, so it proves nothing\. No test of this task/;
const NO_NAMES = /“npm test” fails as it did before, so it proves nothing\. Give the task a `_Verify:`/;

const cases: readonly Case[] = [
  ['there is no new test', before, before, [WORK], 'unproven', NO_TEST],
  ['the new test fails', before, red(2, [OLD, 'links › sorts']), [WORK, added], 'refuted', /links › sorts/],
  ['another fails instead', before, red(2, ['links › keeps']), [WORK, added], 'refuted', /links › keeps/],
  [
    'one is mended and another fails',
    red(2, [OLD, 'codes › opens']),
    red(2, [OLD, 'links › keeps']),
    [WORK],
    'refuted',
    /links › keeps/,
  ],
  ['the new test is not run', before, before, [WORK, added], 'unproven', NO_TEST],
  [
    'the new test takes the place of one that is not run any more',
    before,
    red(2, [OLD], ['keeps', 'sorts']),
    [WORK, added],
    'unproven',
    NO_TEST,
  ],
  [
    'more are skipped, by whatever',
    before,
    red(3, [OLD], ['keeps', 'sorts'], 1),
    [WORK, added],
    'unproven',
    NO_NAMES,
  ],
  [
    'the new test asserts nothing',
    before,
    after,
    [WORK, file(js(KEEPS, EXPIRES, EMPTY))],
    'unproven',
    NO_TEST,
  ],
  [
    'the new test asserts what is always true',
    before,
    after,
    [WORK, file(js(KEEPS, EXPIRES, TRIVIAL))],
    'refuted',
    /whatever the program does/,
  ],
  ['another test is removed', before, after, [WORK, file(js(KEEPS, SORTS))], 'refuted', /not there any more/],
  [
    'another test is skipped',
    before,
    after,
    [WORK, file(js(KEEPS, EXPIRES.replace('it(', 'it.skip('), SORTS))],
    'refuted',
    /is skipped now/,
  ],
  [
    'another test asserts less',
    before,
    after,
    [WORK, file(js(KEEPS, EXPIRES.replace(' assert.equal(expire(29), false);', ''), SORTS))],
    'refuted',
    /asserts less/,
  ],
  [
    'not all that fail are named',
    result('failed', [2, 2], { failing: [OLD] }),
    result('failed', [3, 2], { failing: [OLD] }),
    [WORK, added],
    'unproven',
    NO_NAMES,
  ],
  [
    'a name stands for two tests',
    red(2, ['wraps'], ['keeps', 'wraps']),
    red(3, ['wraps'], ['keeps', 'wraps', 'sorts']),
    [WORK, added],
    'unproven',
    NO_NAMES,
  ],
  ['it ends in another way', before, { ...after, exitCode: 134 }, [WORK, added], 'unproven', NO_NAMES],
  ['nothing was changed', before, after, [], 'refuted', /Nothing was changed/],
];

describe('Tests that were red before a task prove nothing, where', () => {
  for (const [what, was, is, changes, verdict, reason] of cases)
    it(what, () => {
      const evidence = judge(was, is, changes);
      assert.deepEqual([evidence.verdict, evidence.despite], [verdict, undefined]);
      assert.match(evidence.reasons.join('\n'), reason);
    });

  it('they are its own check: that must pass', () => {
    const checks = [{ kind: 'verify', command: 'npm test', source: '_Verify of task 1' }] as const;
    const given = { checks, before: { 'npm test': before }, after: { 'npm test': after } };
    assert.equal(judged({ ...given, changes: [WORK, added] }).verdict, 'refuted');
    const { verdict, despite } = judged({
      checks: [{ ...checks[0], command: 'npm run expiry' }, TEST],
      before: given.before,
      after: { ...given.after, 'npm run expiry': result('passed', [0]) },
      changes: [WORK, added],
    });
    assert.deepEqual([verdict, despite], ['unproven', undefined], 'it must run a test, too');
  });
});
