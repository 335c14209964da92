import assert from 'node:assert/strict';
import type { ChangedFile } from '../../../../../../src/core/tasks/evidence/changes';
import type { JudgeInput } from '../../../../../../src/core/tasks/evidence/judge';
import { judged, LINT, result, TASK, TEST, taskOf } from '../evidenceHarness';
import { WORK } from './samples';

const MANIFEST = (scripts: Readonly<Record<string, string>>, more = {}) =>
  JSON.stringify({ name: 'links', scripts, ...more }, undefined, 2);
const changes: readonly (readonly [
  what: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
  caught: RegExp | undefined,
])[] = [
  [
    'a script',
    'package.json',
    MANIFEST({ test: 'mocha' }),
    MANIFEST({ test: 'true' }),
    /The script “test” of package\.json was changed: “mocha” is “true”/,
  ],
  [
    'one that it calls',
    'package.json',
    MANIFEST({ test: 'npm run unit', unit: 'mocha' }),
    MANIFEST({ test: 'npm run unit', unit: 'true' }),
    /“unit”/,
  ],
  [
    'one that runs before it',
    'package.json',
    MANIFEST({ test: 'mocha', pretest: 'tsc' }),
    MANIFEST({ test: 'mocha', pretest: 'true' }),
    /“pretest”/,
  ],
  [
    'lint',
    'package.json',
    MANIFEST({ test: 'mocha', lint: 'eslint .' }),
    MANIFEST({ test: 'mocha', lint: 'eslint src || true' }),
    /“lint”/,
  ],
  [
    'a script that no check needs',
    'package.json',
    MANIFEST({ test: 'mocha', start: 'node a' }),
    MANIFEST({ test: 'mocha', start: 'node b' }),
    undefined,
  ],
  ['a first test script', 'package.json', MANIFEST({}), MANIFEST({ test: 'mocha' }), undefined],
  [
    'a dependency',
    'package.json',
    MANIFEST({ test: 'mocha' }),
    MANIFEST({ test: 'mocha' }, { dependencies: { a: '1' } }),
    undefined,
  ],
  [
    'settings of jest',
    'package.json',
    MANIFEST({ test: 'jest' }, { jest: {} }),
    MANIFEST({ test: 'jest' }, { jest: { testPathIgnorePatterns: ['links'] } }),
    /“jest”/,
  ],
  ['mocharc', '.mocharc.json', '{}', '{"grep":"a"}', /\.mocharc\.json was changed/],
  ['no mocharc', '.mocharc.json', '{}', undefined, /\.mocharc\.json is gone/],
  ['a new mocharc', '.mocharc.json', undefined, '{}', undefined],
  ['vitest', 'vitest.config.ts', 'a', 'b', /vitest\.config\.ts/],
  ['eslint', 'eslint.config.mjs', 'a', 'b', /eslint\.config\.mjs/],
  ['CI', '.github/workflows/ci.yml', 'a', 'b', /\.github\/workflows\/ci\.yml/],
  ['a new workflow', '.github/workflows/ci.yml', undefined, 'b', undefined],
  [
    'tsconfig, looser',
    'tsconfig.json',
    '{"compilerOptions":{"strict":true}}',
    '{"compilerOptions":{"strict":false}}',
    /“strict” is off/,
  ],
  [
    'tsconfig, less',
    'tsconfig.json',
    '{"include":["src"]}',
    '{"include":["src"],"exclude":["src/links"]}',
    /src\/links is left out/,
  ],
  [
    'tsconfig, more',
    'tsconfig.json',
    '{"include":["src"]}',
    '{"include":["src","test"],"compilerOptions":{"strict":true}}',
    undefined,
  ],
  [
    'pyproject, pytest',
    'pyproject.toml',
    '[tool.pytest.ini_options]\naddopts = ""\n',
    '[tool.pytest.ini_options]\naddopts = "-k keeps"\n',
    /\[tool\.pytest\.ini_options\]/,
  ],
  [
    'pyproject, a dependency',
    'pyproject.toml',
    '[project]\n[tool.pytest.ini_options]\na = 1\n',
    '[project]\ndependencies = ["x"]\n[tool.pytest.ini_options]\na = 1\n',
    undefined,
  ],
  ['conftest', 'tests/conftest.py', '', 'collect_ignore = ["test_links.py"]\n', /collect_ignore/],
  ['a fixture', 'tests/conftest.py', '', '@pytest.fixture\ndef link(): pass\n', undefined],
  ['Maven', 'pom.xml', '<a/>', '<a/>\n<skipTests>true</skipTests>', /pom\.xml:2/],
  ['Cargo, a dependency', 'Cargo.toml', '[dependencies]\n', '[dependencies]\nserde = "1"\n', undefined],
  ['@ts-nocheck', 'src/a.ts', 'a\n', '// @ts-nocheck\na\n', /switches a check off for all of src\/a\.ts/],
  ['eslint-disable', 'src/a.js', 'a\n', '/* eslint-disable */\na\n', /switches a check off/],
];

describe('a check that was changed', () => {
  for (const [what, path, before, after, caught] of changes)
    it(`${what} is ${caught ? 'caught' : 'none'}`, () => {
      const passed = { 'npm test': result('passed', [3]), 'npm run lint': result('passed') };
      const { suspicions } = judged({
        checks: [TEST, LINT],
        before: passed,
        after: passed,
        changes: [WORK, { path, before, after }],
      });
      const found = suspicions.filter(({ kind }) => kind === 'checkChanged').map(({ detail }) => detail);
      if (caught) assert.match(found.join('\n'), caught);
      else assert.deepEqual(suspicions, []);
    });

  it('by its target, or one that it needs', () => {
    const make = { ...TEST, command: 'make test' };
    const passed = { 'make test': result('passed') };
    const text = 'all:\n\tcc a.c\n\ntest: unit\n\t./run\n\nunit:\n\t./unit\n';
    const caught = (after: string) =>
      judged({
        checks: [make],
        before: passed,
        after: passed,
        changes: [WORK, { path: 'Makefile', before: text, after }],
      }).suspicions.map(({ detail }) => detail);
    assert.match(caught(text.replace('./run', 'true')).join(), /target “test” of Makefile/);
    assert.match(caught(text.replace('./unit', 'true')).join(), /target “unit” of Makefile/);
    assert.deepEqual(caught(text.replace('cc a.c', 'cc b.c')), []);
  });

  it('by what is installed, edited by hand', () => {
    const mocha = { path: 'node_modules/mocha/lib/runner.js', before: 'a', after: 'process.exit(0)' };
    const found = (...more: readonly ChangedFile[]) =>
      judged({ changes: [WORK, mocha, ...more] }).suspicions.map(({ detail }) => detail);
    assert.match(found().join(), /installed was edited by hand: node_modules\/mocha\/lib\/runner\.js/);
    assert.deepEqual(found({ path: 'package-lock.json', before: 'a', after: 'b' }), []);
    const cache = { path: 'node_modules/.cache/x.json', before: 'a', after: 'b' };
    assert.deepEqual(judged({ changes: [WORK, cache] }).suspicions, []);
  });

  it('by the script that it names', () => {
    const tried = (
      command: string,
      path: string,
      task = TASK,
      before: string | undefined = 'test -f dist/a',
    ) =>
      judged({
        task,
        checks: [{ kind: 'verify', command, source: '_Verify of task 1' }],
        before: { [command]: result('failed') },
        after: { [command]: result('passed') },
        changes: [WORK, { path, before, after: 'exit 0' }],
      }).suspicions.map(({ detail }) => detail);
    assert.deepEqual(tried('bash ./scripts/verify.sh', 'scripts/verify.sh'), [
      'scripts/verify.sh was changed: the check “bash ./scripts/verify.sh” runs it.',
    ]);
    assert.equal(tried('sh test/run.sh', 'test/run.sh').length, 1);
    assert.deepEqual(tried('node src/check.js', 'src/check.js'), [], 'that is the program');
    assert.deepEqual(tried('node cli.js --help', 'cli.js'), []);
    assert.deepEqual(tried('npm test', 'scripts/verify.sh'), []);
    assert.deepEqual(tried('sh verify.sh', 'verify.sh', taskOf('- [ ] 1. Mend verify.sh')), []);
    const added = { ...WORK, path: 'verify.sh', before: undefined, after: 'test -f a' };
    assert.deepEqual(judged({ changes: [WORK, added] }).suspicions, []);
  });

  it('is none where the task asks for it', () => {
    const change = { path: 'vitest.config.ts', before: 'a', after: 'b' };
    const asks = taskOf('- [ ] 1. Measure coverage', '  - Set it up in vitest.config.ts');
    assert.deepEqual(judged({ task: asks, changes: [WORK, change] }).suspicions, []);
    assert.equal(judged({ task: TASK, changes: [WORK, change] }).verdict, 'refuted');
  });
});

describe('fewer tests that run', () => {
  it('are seen, though no file shows why', () => {
    const runOf = (before: readonly [number, number?, number?], after: readonly [number, number?, number?]) =>
      judged({
        before: { 'npm test': result('passed', before) },
        after: { 'npm test': result('passed', after) },
      }).reasons;
    assert.deepEqual(runOf([12], [9]), ['“npm test” ran 9 tests; before it ran 12.']);
    assert.deepEqual(runOf([12], [9, 0, 3]), ['“npm test” skips 3 tests more than before.']);
    assert.deepEqual(runOf([12, 0, 3], [15]), []);
  });
});

describe('a check whose words a task wrote itself', () => {
  const tried = (before: string | undefined, script: string, more: Partial<JudgeInput> = {}) =>
    judged({
      before: { 'npm test': result('failed') },
      after: { 'npm test': result('passed') },
      changes: [WORK, { path: 'package.json', before, after: MANIFEST({ test: script }) }],
      ...more,
    });

  it('proves nothing where it says that it tests and no test is counted', () => {
    const placeholder = MANIFEST({ test: 'echo "Error: no test specified" && exit 1' });
    for (const before of [undefined, MANIFEST({}), placeholder])
      assert.deepEqual(
        [tried(before, 'exit 0').verdict, tried(before, 'exit 0').reasons],
        [
          'unproven',
          ['What “npm test” runs was written by this task, and no test was counted, so it proves nothing.'],
        ],
      );
  });

  it('proves it where tests are counted, where it was there before, and where it does not say that it tests', () => {
    assert.equal(
      tried(undefined, 'mocha', { after: { 'npm test': result('passed', [2]) } }).verdict,
      'proved',
    );
    assert.equal(tried(MANIFEST({ test: 'node all.js' }), 'node all.js').verdict, 'proved');
    const checks = [{ kind: 'verify', command: 'npm run build', source: '_Verify of task 1' }] as const;
    const after = { 'npm run build': result('passed') };
    const changes = [{ path: 'package.json', before: undefined, after: MANIFEST({ build: 'tsc' }) }];
    assert.equal(judged({ checks, before: {}, after, changes }).verdict, 'proved');
  });
});
