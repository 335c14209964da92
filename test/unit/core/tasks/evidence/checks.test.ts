import assert from 'node:assert/strict';
import { detectCheck } from '../../../../../src/core/tasks/evidence/checks';
import { createMemoryFiles } from '../../../../support/memoryFiles';

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
