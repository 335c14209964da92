/** How the usual tools are recognised, by what lies in the workspace folder. Node projects: `nodeChecks.ts`. */
import type { CheckKind } from './model';

/** What is there: names of the folder's entries. */
export type Has = (name: string) => boolean;

export interface Detector {
  /** The first of these that is there (and fits) says it. `*.ext`: any with that ending. */
  readonly files: readonly string[];
  readonly kind: CheckKind;
  readonly command: string | ((has: Has) => string);
  readonly fits?: (text: string) => boolean;
  /** Counts where nothing else was found for its kind: it mostly calls one of the others. */
  readonly wraps?: true;
}

const holds = (words: RegExp) => (text: string) => words.test(text);

const python =
  (command: string) =>
  (has: Has): string =>
    has('uv.lock') ? `uv run ${command}` : has('poetry.lock') ? `poetry run ${command}` : command;
const gradle = (has: Has) => (has('gradlew') ? './gradlew test' : 'gradle test');
const maven = (has: Has) => (has('mvnw') ? './mvnw -B test' : 'mvn -B test');
const target = (name: string): Pick<Detector, 'files' | 'fits' | 'wraps'> => ({
  files: ['Makefile', 'makefile', 'GNUmakefile'],
  fits: holds(new RegExp(`^${name}\\s*:(?!=)`, 'm')),
  wraps: true,
});

const FLUTTER = /^\s+flutter:/m;

export const DETECTORS: readonly Detector[] = [
  { kind: 'test', files: ['Cargo.toml'], command: 'cargo test' },
  {
    kind: 'lint',
    files: ['clippy.toml', '.clippy.toml', 'Cargo.toml'],
    fits: (text) => !/^\[(?:package|workspace)\]/m.test(text) || /^\[(?:workspace\.)?lints/m.test(text),
    command: 'cargo clippy --all-targets',
  },
  { kind: 'test', files: ['go.mod'], command: 'go test ./...' },
  {
    kind: 'lint',
    files: ['.golangci.yml', '.golangci.yaml', '.golangci.toml'],
    command: 'golangci-lint run',
  },
  { kind: 'test', files: ['pytest.ini'], command: python('pytest') },
  { kind: 'test', files: ['pyproject.toml'], fits: holds(/pytest/), command: python('pytest') },
  { kind: 'test', files: ['setup.cfg'], fits: holds(/\[tool:pytest\]/), command: python('pytest') },
  { kind: 'test', files: ['tox.ini'], command: 'tox' },
  { kind: 'types', files: ['mypy.ini', '.mypy.ini'], command: python('mypy .') },
  { kind: 'types', files: ['pyproject.toml'], fits: holds(/^\[tool\.mypy\]/m), command: python('mypy .') },
  { kind: 'types', files: ['pyrightconfig.json'], command: python('pyright') },
  { kind: 'lint', files: ['ruff.toml', '.ruff.toml'], command: python('ruff check .') },
  { kind: 'lint', files: ['pyproject.toml'], fits: holds(/^\[tool\.ruff/m), command: python('ruff check .') },
  { kind: 'lint', files: ['.flake8'], command: python('flake8') },
  { kind: 'test', files: ['pom.xml'], command: maven },
  { kind: 'test', files: ['build.gradle', 'build.gradle.kts'], command: gradle },
  { kind: 'test', files: ['pubspec.yaml'], fits: holds(FLUTTER), command: 'flutter test' },
  { kind: 'test', files: ['pubspec.yaml'], fits: (text) => !FLUTTER.test(text), command: 'dart test' },
  { kind: 'lint', files: ['analysis_options.yaml'], command: 'dart analyze' },
  { kind: 'test', files: ['mix.exs'], command: 'mix test' },
  { kind: 'lint', files: ['.credo.exs'], command: 'mix credo' },
  { kind: 'test', files: ['*.sln', '*.slnx', '*.csproj', '*.fsproj'], command: 'dotnet test' },
  { kind: 'test', files: ['.rspec'], command: (has) => (has('Gemfile') ? 'bundle exec rspec' : 'rspec') },
  {
    kind: 'lint',
    files: ['.rubocop.yml'],
    command: (has) => (has('Gemfile') ? 'bundle exec rubocop' : 'rubocop'),
  },
  { kind: 'test', files: ['phpunit.xml', 'phpunit.xml.dist'], command: 'vendor/bin/phpunit' },
  { kind: 'types', files: ['phpstan.neon', 'phpstan.neon.dist'], command: 'vendor/bin/phpstan analyse' },
  { kind: 'test', files: ['Package.swift'], command: 'swift test' },
  { kind: 'test', files: ['deno.json', 'deno.jsonc'], command: 'deno test' },
  { kind: 'test', ...target('test'), command: 'make test' },
  { kind: 'test', ...target('check'), command: 'make check' },
  { kind: 'types', ...target('typecheck'), command: 'make typecheck' },
  { kind: 'lint', ...target('lint'), command: 'make lint' },
];
