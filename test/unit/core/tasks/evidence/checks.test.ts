// Feature: run-engine, Property 6: Nothing runs that nobody agreed to
// Verifies: run-engine#2.7
import assert from 'node:assert/strict';
import { createConsents } from '../../../../../src/core/consents';
import { createHome } from '../../../../../src/core/home';
import { checksFor, detectCheck, detectChecks } from '../../../../../src/core/tasks/evidence/checks';
import { Cancelled } from '../../../../../src/core/util/abort';
import { createAbsentPerson } from '../../../../support/fakePerson';
import { createMemoryFiles } from '../../../../support/memoryFiles';
import { createTestPorts } from '../../../../support/testPorts';
import { taskOf } from './evidenceHarness';

const withTest = (script: unknown) => JSON.stringify({ scripts: { test: script } });

const cases: readonly [what: string, files: Readonly<Record<string, string>>, command: string | undefined][] =
  [
    ['nothing', {}, undefined],
    ['npm', { 'package.json': withTest('mocha') }, 'npm test'],
    [
      'npm with its placeholder',
      { 'package.json': withTest('echo "Error: no test specified" && exit 1') },
      undefined,
    ],
    ['npm without tests', { 'package.json': '{}' }, undefined],
    ['a test script that is none', { 'package.json': withTest(7) }, undefined],
    ['a broken package.json', { 'package.json': '{' }, undefined],
    ['a package.json of null', { 'package.json': 'null' }, undefined],
    ['Rust', { 'Cargo.toml': '' }, 'cargo test'],
    ['Go', { 'go.mod': 'module x' }, 'go test ./...'],
    ['pytest', { 'pytest.ini': '' }, 'pytest'],
    ['Python with pytest', { 'pyproject.toml': '[tool.pytest.ini_options]' }, 'pytest'],
    ['Python without', { 'pyproject.toml': '[project]' }, undefined],
    ['tox', { 'tox.ini': '' }, 'tox'],
    ['Maven', { 'pom.xml': '' }, 'mvn -B test'],
    ['Gradle', { 'build.gradle': '' }, 'gradle test'],
    ['Gradle in Kotlin', { 'build.gradle.kts': '' }, 'gradle test'],
    ['Dart', { 'pubspec.yaml': '' }, 'dart test'],
    ['Elixir', { 'mix.exs': '' }, 'mix test'],
    ['make', { Makefile: 'all:\n\ntest: all\n\t./run\n' }, 'make test'],
    ['make without a test', { Makefile: 'all:\n\ttest -f x\nlatest: x\n' }, undefined],
    [
      'two of them: the first that fits',
      { 'package.json': '{}', 'Cargo.toml': '', Makefile: 'test:' },
      'cargo test',
    ],
  ];

describe('the check of a workspace', () => {
  for (const [what, files, command] of cases) {
    it(`${what}: ${command ?? 'none'}`, async () => {
      const memory = createMemoryFiles({ root: '/w', files });
      assert.equal((await detectCheck(memory, '/w'))?.command, command);
    });
  }

  it('is looked for further when a file cannot be read', async () => {
    const memory = createMemoryFiles({ root: '/w', files: { 'package.json': withTest('x'), 'go.mod': '' } });
    memory.fail('package.json', 'read', 'permission');
    assert.equal((await detectCheck(memory, '/w'))?.command, 'go test ./...');
  });
});

const manifest = (scripts: object, more: object = {}) => JSON.stringify({ scripts, ...more });
const all: readonly (readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  checks: readonly string[],
])[] = [
  [
    'scripts of npm',
    { 'package.json': manifest({ test: 'a', lint: 'b', typecheck: 'c', start: 'd' }) },
    ['test: npm test', 'types: npm run typecheck', 'lint: npm run lint'],
  ],
  [
    'pnpm',
    { 'package.json': manifest({ test: 'a', 'check-types': 'b' }), 'pnpm-lock.yaml': '' },
    ['test: pnpm test', 'types: pnpm run check-types'],
  ],
  [
    'yarn',
    { 'package.json': manifest({ test: 'a', lint: 'b' }), 'yarn.lock': '' },
    ['test: yarn test', 'lint: yarn run lint'],
  ],
  ['bun', { 'package.json': manifest({ test: 'bun test' }), 'bun.lock': '' }, ['test: bun run test']],
  [
    'the manager that the manifest names',
    { 'package.json': manifest({ test: 'a' }, { packageManager: 'pnpm@9.1.0' }), 'yarn.lock': '' },
    ['test: pnpm test'],
  ],
  [
    'tools without scripts',
    { 'package.json': manifest({}), 'tsconfig.json': '{}', 'eslint.config.mjs': '' },
    ['types: npx --no-install tsc --noEmit', 'lint: npx --no-install eslint .'],
  ],
  [
    'biome',
    { 'package.json': manifest({}), 'biome.json': '{}', 'pnpm-lock.yaml': '' },
    ['lint: pnpm exec biome check'],
  ],
  [
    'Python with uv',
    { 'pyproject.toml': '[tool.pytest.ini_options]\n[tool.mypy]\n[tool.ruff]\n', 'uv.lock': '' },
    ['test: uv run pytest', 'types: uv run mypy .', 'lint: uv run ruff check .'],
  ],
  [
    'Rust with lints',
    { 'Cargo.toml': '[package]\n[lints.clippy]\n' },
    ['test: cargo test', 'lint: cargo clippy --all-targets'],
  ],
  ['Rust without', { 'Cargo.toml': '[package]\nname = "a"\n' }, ['test: cargo test']],
  ['Gradle with its wrapper', { 'build.gradle.kts': '', gradlew: '' }, ['test: ./gradlew test']],
  ['.NET', { 'Links.sln': '' }, ['test: dotnet test']],
  [
    'Flutter',
    { 'pubspec.yaml': 'dependencies:\n  flutter:\n    sdk: flutter\n', 'analysis_options.yaml': '' },
    ['test: flutter test', 'lint: dart analyze'],
  ],
  [
    'two languages',
    { 'package.json': manifest({ test: 'a' }), 'Cargo.toml': '[package]\n' },
    ['test: npm test', 'test: cargo test'],
  ],
  [
    'a Makefile that only calls others',
    { 'go.mod': '', Makefile: 'test:\n\tgo test\nlint:\n\tgo vet\n' },
    ['test: go test ./...', 'lint: make lint'],
  ],
  ['nothing', { 'README.md': '' }, []],
];

describe('all checks of a workspace', () => {
  for (const [what, files, checks] of all)
    it(`${what}: ${checks.join(', ') || 'none'}`, async () => {
      const memory = createMemoryFiles({ root: '/w', files });
      assert.deepEqual(
        (await detectChecks(memory, '/w')).map(({ kind, command }) => `${kind}: ${command}`),
        checks,
      );
    });
});

describe('the person agrees to checks', () => {
  const FILES = { 'package.json': manifest({ test: 'a', lint: 'b' }) };
  const TASK = taskOf('- [ ] 1. Expire links', '  - _Verify: make expiry_');

  function open(answers: readonly (string | undefined)[], files: Readonly<Record<string, string>> = FILES) {
    const ports = createTestPorts({ files });
    ports.person.enqueue(...answers);
    const home = createHome('/home/.earshot', ports.hasher);
    const asking = { ...ports, consents: createConsents(ports, home) };
    const declined = new Set<string>();
    const ask = async () =>
      (await checksFor(asking, { root: ports.root }, TASK, { declined })).map(({ command }) => command);
    return { ports, ask, home };
  }

  it('once, to all of them', async () => {
    const { ports, ask, home } = open(['yes']);
    assert.deepEqual(await ask(), ['make expiry', 'npm test', 'npm run lint']);
    assert.deepEqual(await ask(), ['make expiry', 'npm test', 'npm run lint']);
    assert.equal(ports.person.questions.length, 1);
    const [question] = ports.person.questions;
    assert.equal(question?.title, 'Use these 3 commands as checks?');
    for (const line of ['make expiry\n    from _Verify of task 1', 'npm test\n    from package.json'])
      assert.ok(question?.detail.includes(line));
    assert.match(ports.files.text(home.consents) ?? '', /"kind":"check"/);
  });

  it('to the tests alone, and is not asked again for the rest while it runs', async () => {
    const { ports, ask } = open(['tests']);
    assert.deepEqual(await ask(), ['make expiry', 'npm test']);
    assert.deepEqual(await ask(), ['make expiry', 'npm test']);
    assert.equal(ports.person.questions.length, 1);
  });

  it('to none', async () => {
    const { ports, ask } = open(['no']);
    assert.deepEqual([await ask(), await ask()], [[], []]);
    assert.equal(ports.person.questions.length, 1);
  });

  it('to what is new alone, when the project gets another check', async () => {
    const { ports, ask } = open(['yes', 'yes']);
    await ask();
    await ports.files.writeText('/project/tsconfig.json', '{}');
    assert.ok((await ask()).includes('npx --no-install tsc --noEmit'));
    assert.doesNotMatch(ports.person.questions[1]?.detail ?? '', /npm test/);
  });

  it('or is not there, which agrees to nothing', async () => {
    const ports = createTestPorts({ files: FILES, with: { person: createAbsentPerson() } });
    const consents = createConsents(ports, createHome('/home/.earshot', ports.hasher));
    assert.deepEqual(await checksFor({ ...ports, consents }, { root: ports.root }, TASK), []);
  });

  it('or dismisses the question, which stops', async () => {
    const { ask } = open([undefined]);
    await assert.rejects(ask(), Cancelled);
  });
});
