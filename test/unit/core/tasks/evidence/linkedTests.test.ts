// Feature: run-engine, Property 5: A criterion is proved by a test that ran
// Verifies: run-engine#2.6
import assert from 'node:assert/strict';
import { linkedTests } from '../../../../../src/core/tasks/evidence/linkedTests';
import type { CheckResult } from '../../../../../src/core/tasks/evidence/model';
import { createTrace } from '../../../../../src/core/trace/trace';
import { createMemoryFiles } from '../../../../support/memoryFiles';
import { DESIGN, REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../../coreHarness';
import { judged, result, taskOf } from './evidenceHarness';

const TASK = taskOf('- [ ] 1. Expire links', '  - _Requirements: 1.1_');
const NAME = SPEC.slice(SPEC.lastIndexOf('/') + 1);
const TAG = `// Verifies: ${NAME}#1.1`;
const TEST = `describe('links', () => {
  it('keeps', () => assert.ok(keep()));

  ${TAG}
  it('expires', () => assert.equal(expire(30), true));
});
`;

/** What is known of criterion 1.1, with this test file, after the check said this. */
async function criterion(files: Readonly<Record<string, string>>, after: CheckResult, command = 'npm test') {
  const { core, ports } = await startCore({
    files: {
      [specFile('requirements.md')]: REQUIREMENTS,
      [specFile('design.md')]: DESIGN,
      [specFile('tasks.md')]: tasksText('- [ ] 1. Expire links', '  - _Requirements: 1.1_'),
      ...files,
    },
  });
  const spec = core.specs.get(SPEC);
  assert.ok(spec);
  const graph = await createTrace(ports, () => [spec]).graph(spec);
  const criteria = await linkedTests(ports.files, spec.root, graph, TASK);
  const evidence = judged({
    task: TASK,
    criteria,
    checks: [{ kind: 'test', command, source: 'package.json' }],
    before: {},
    after: { [command]: after },
  });
  const [found, ...more] = evidence.criteria;
  assert.ok(found);
  assert.deepEqual(more, []);
  // What is not proved is shown, and keeps no box open by itself.
  if (after.outcome === 'passed') assert.equal(evidence.verdict, 'proved');
  return `${found.status}: ${found.why ?? found.tests.join(', ')}`;
}

const ran = (...names: readonly string[]) => result('passed', [3], { ran: names });
const PATH = 'test/links.test.ts';
const NONE = { status: 'uncovered', links: [] } as const;
const NO_LINKS = { design: NONE, property: NONE, task: NONE, test: NONE, code: NONE } as const;

describe('a criterion is proved by a test that names it and ran:', () => {
  const rows: readonly (readonly [
    what: string,
    files: Readonly<Record<string, string>>,
    after: CheckResult,
    said: RegExp,
  ])[] = [
    ['by its title', { [PATH]: TEST }, ran('keeps', 'expires'), /^proved: test\/links\.test\.ts:4$/],
    ['by its file', { [PATH]: TEST }, ran('test/links.test.ts (2 tests)'), /^proved/],
    ['by its file and title', { [PATH]: TEST }, ran('test/links.test.ts > links > expires'), /^proved/],
    [
      'not by another test of its file',
      { [PATH]: TEST },
      ran('test/links.test.ts > links > keeps'),
      /^unproven: No check is known to have run/,
    ],
    [
      'not by another title',
      { [PATH]: TEST },
      ran('keeps', 'never expires at all'),
      /^unproven: No check is known/,
    ],
    [
      'not where it fails',
      { [PATH]: TEST },
      result('failed', [1, 1], { failing: ['links › expires'] }),
      /^unproven: Its test .*:4 fails/,
    ],
    [
      'not where runners name no tests',
      { [PATH]: TEST },
      result('passed', [3]),
      /^unproven: .*count their tests and do not name them/,
    ],
    [
      'not where nothing is told',
      { [PATH]: TEST },
      result('passed'),
      /^unproven: .*do not tell which tests they ran/,
    ],
    [
      'not by a longer title',
      { [PATH]: `${TEST}it('never expires', () => assert.ok(keep()));\n` },
      ran('never expires'),
      /^unproven: No check is known/,
    ],
    [
      'not by a test whose title only begins so',
      { [PATH]: TEST },
      ran('test/links.test.ts > links > expires after a while'),
      /^unproven: No check is known/,
    ],
    [
      'not by a test of that title in another file',
      { [PATH]: TEST },
      ran('test/old/links.test.ts > links > expires', 'test/more-links.test.ts > expires'),
      /^unproven: No check is known/,
    ],
    [
      'not by another file whose name ends so',
      { [PATH]: TEST },
      ran('test/old-links.test.ts (2 tests)', 'test/old/links.test.ts (2 tests)'),
      /^unproven: No check is known/,
    ],
    [
      'by its file as another folder sees it',
      { [`web/${PATH}`]: TEST },
      ran('test/links.test.ts (2 tests)'),
      /^proved/,
    ],
    ['by its file, told in full', { [PATH]: TEST }, ran('/w/test/links.test.ts'), /^proved/],
    [
      'by a title that names a file',
      { [PATH]: TEST.replace("'expires'", "'expires a.ts'") },
      ran('expires a.ts'),
      /^proved/,
    ],
    [
      'not by its file where tests were left out',
      { [PATH]: TEST },
      result('passed', [3, 0, 1], { ran: ['test/links.test.ts (2 tests | 1 skipped)'] }),
      /^unproven: .*names its file alone, and some tests were left out/,
    ],
    [
      'by its title, whatever else was left out',
      { [PATH]: TEST },
      result('passed', [3, 0, 1], { ran: ['expires'] }),
      /^proved/,
    ],
    [
      'not by its file where it does not run everywhere',
      { [PATH]: TEST.replace("it('expires'", "it.skipIf(isWindows)('expires'") },
      ran('test/links.test.ts (2 tests)'),
      /^unproven: .*some tests were left out/,
    ],
    [
      'not by its file where its suite is skipped',
      { [PATH]: TEST.replace('describe(', 'describe.skip(') },
      ran('test/links.test.ts (2 tests)'),
      /^unproven: .*some tests were left out/,
    ],
    [
      'not by a package of Go that is built without it',
      {
        'links/links_test.go': `//go:build integration\n\npackage links\n\n${TAG}\nfunc TestExpires(t *testing.T) {}\n`,
      },
      ran('example.com/links'),
      /^unproven: .*some tests were left out/,
    ],
    [
      'by a row of its table',
      { [PATH]: TEST.replace("it('expires'", "it.each(DAYS)('expires after %i days'") },
      ran('expires after 30 days'),
      /^proved/,
    ],
    [
      'not by another test that begins as its table does',
      {
        [PATH]: `${TEST.replace("it('expires'", "it.each(DAYS)('expires %s'")}it('expires never', () => assert.ok(1));\n`,
      },
      ran('expires never'),
      /^unproven: No check is known/,
    ],
    [
      'not by any row of a table that names all itself',
      { [PATH]: TEST.replace("it('expires'", "it.each(NAMES)('%s'") },
      ran('keeps'),
      /^unproven: No check is known/,
    ],
    [
      'not by a skipped test',
      { [PATH]: TEST.replace("it('expires'", "it.skip('expires'") },
      ran('test/links.test.ts (2 tests)'),
      /^unproven: .*is skipped/,
    ],
    ['not without a test', {}, ran('keeps'), /^unproven: No test names it/],
    [
      'by a class of Java',
      { 'src/test/java/a/LinksTest.java': `class LinksTest {\n  ${TAG}\n  @Test\n  void expires() {}\n}\n` },
      ran('a.LinksTest'),
      /^proved/,
    ],
    [
      'by a function of Python',
      { 'tests/test_links.py': `# Verifies: ${NAME}#1.1\ndef test_expires():\n    assert True\n` },
      ran('tests/test_links.py::test_expires'),
      /^proved/,
    ],
    [
      'not by another function of Python',
      { 'tests/test_links.py': `# Verifies: ${NAME}#1.1\ndef test_expires():\n    assert True\n` },
      ran('tests/test_links.py::test_keeps'),
      /^unproven/,
    ],
    [
      'by a package of Go',
      { 'links/links_test.go': `${TAG}\nfunc TestExpires(t *testing.T) {}\n` },
      ran('example.com/links'),
      /^proved/,
    ],
    [
      'by any test of a file whose head names it',
      { [PATH]: `${TAG}\n\n\n\n\n\n\n${TEST.replace(TAG, '')}` },
      ran('keeps'),
      /^proved/,
    ],
  ];
  for (const [what, files, after, said] of rows)
    it(what, async () => {
      assert.match(await criterion(files, after), said);
    });

  it('by the property that the task is about, too', async () => {
    const task = taskOf(
      '- [ ] 1. Test expiry',
      '  - **Property 1: Old links are gone**',
      '  - **Validates: Requirements 1.1**',
    );
    const graph = {
      criteria: [{ id: '1.1', requirement: '1', text: 'A', deep: 'covered', levels: NO_LINKS }],
    } as const;
    const files = createMemoryFiles({ root: '/w', files: {} });
    assert.deepEqual(
      (await linkedTests(files, '/w', graph, task)).map(({ id }) => id),
      ['1.1'],
    );
  });

  it('by the command that names its file', async () => {
    const command = `npx mocha ${PATH}`;
    assert.match(await criterion({ [PATH]: TEST }, result('passed', [2]), command), /^proved/);
  });

  it('not by a command that leaves out tests by their names', async () => {
    for (const [command, after] of [
      [`npx mocha ${PATH} -g keeps`, result('passed', [1])],
      [`npx vitest run ${PATH} -t keeps`, ran(`${PATH} (2 tests)`)],
      [`npx mocha --exclude ${PATH}`, result('passed', [1])],
      [`npx mocha ${PATH}x`, result('passed', [1])],
      [`npx mocha ${PATH}`, result('passed', [1, 0, 1])],
      [`npx mocha ${PATH}`, ran('keeps')],
    ] as const)
      assert.match(await criterion({ [PATH]: TEST }, after, command), /^unproven/, command);
    for (const command of [`npx vitest --run ${PATH}`, `node --test ./${PATH}`, `python -m pytest ${PATH}`])
      assert.match(await criterion({ [PATH]: TEST }, result('passed', [2]), command), /^proved/, command);
  });
});
