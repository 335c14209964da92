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
});
