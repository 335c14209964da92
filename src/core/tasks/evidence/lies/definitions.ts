/** What a check is was changed: its script, its target, the settings of its runner. */
import { parse } from 'jsonc-parser';
import { basename } from '../../../util/path';
import type { ChangedFile } from '../changes';
import type { Check } from '../model';
import { namesPath } from '../printedNames';
import { testLanguage } from './languages';
import { type Detector, listed, type Suspected } from './suspicion';

export const checkChanged: Detector = ({ changes, checks, asked }) =>
  // What was not there before is no check that was changed.
  changes
    .filter(({ before }) => before !== undefined)
    .flatMap((change) => changedIn(change, checks, asked))
    .map((detail): Suspected => ({ kind: 'checkChanged', detail }));

/** Programs that checks call. Whoever installs writes a lock file, too. */
const INSTALLED = /(?:^|\/)(?:node_modules\/(?!\.(?!bin\/))|site-packages\/(?!.*\.pyc$))/;
const LOCK =
  /(?:^|\/)(?:[\w.-]+\.lock|[\w-]+-lock\.(?:json|yaml)|bun\.lockb|package\.json|requirements[\w.-]*\.txt|pyproject\.toml)$/;

export const installedChanged: Detector = ({ all, changes }) => {
  if (changes.some(({ path }) => LOCK.test(path))) return [];
  const edited = all.filter(
    ({ path, before, after }) => INSTALLED.test(path) && before !== undefined && before !== after,
  );
  const paths = listed(
    edited.map(({ path }) => path),
    3,
  );
  return edited.length === 0
    ? []
    : [{ kind: 'checkChanged', detail: `What is installed was edited by hand: ${paths}.` }];
};

function changedIn(change: ChangedFile, checks: readonly Check[], asked: string): readonly string[] {
  const { path, after } = change;
  const name = basename(path);
  if (name === 'package.json') return manifestChanges(change, checks, asked);
  const off = switchedOff(change);
  if (off.length > 0) return off;
  // A task that names the file asks for it.
  if (namesFile(asked, path)) return [];
  if (after === undefined) return isDefinition(path) ? [`${path} is gone: it said how checks run.`] : [];
  if (/^(?:GNUm|[mM])akefile$/.test(name)) return targetChanges(change, checks);
  const sections = SECTIONS.find(([file]) => file.test(name))?.[1];
  if (sections) return sectionChanges(change, sections);
  if (/^tsconfig(?:\.\w+)*\.json$/.test(name)) return looserTypes(change);
  if (BUILD_FILES.test(name)) return looserBuild(change);
  const own = checks.find(({ command }) => isCheckScript(path) && namesPath(command, path));
  if (own) return [`${path} was changed: the check “${own.command}” runs it.`];
  if (name === 'conftest.py')
    return addedLine(change, /collect_ignore|pytest_(?:collection_modifyitems|ignore_collect)/);
  return isDefinition(path) ? [`${path} was changed: it says how checks run.`] : [];
}

/** Settings of runners and checkers, and what runs them elsewhere: whole files. */
const DEFINITIONS: readonly RegExp[] = [
  /(?:^|\/)(?:jest|vitest|vite|karma|playwright|cypress|ava|wdio|web-test-runner)\.(?:config|conf|workspace)\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest)\.(?:config|workspace)\.json$/,
  /(?:^|\/)\.(?:mocharc|eslintrc|nycrc|c8rc|taprc|stylelintrc|prettierrc|jshintrc)(?:\.\w+)?$|(?:^|\/)\.eslintignore$/,
  /(?:^|\/)(?:eslint|stylelint|prettier)\.config\.[cm]?[jt]s$/,
  /(?:^|\/)biome\.jsonc?$/,
  /(?:^|\/)(?:pytest\.ini|\.?mypy\.ini|\.?ruff\.toml|\.flake8|\.pylintrc|pyrightconfig\.json|noxfile\.py|\.coveragerc)$/,
  /(?:^|\/)(?:\.golangci\.ya?ml|\.?clippy\.toml|\.rspec|\.rubocop\.yml|phpunit\.xml(?:\.dist)?|phpstan\.neon(?:\.dist)?|analysis_options\.yaml|\.credo\.exs|dart_test\.yaml)$/,
  /^\.github\/workflows\/|^\.gitlab-ci\.yml$|^azure-pipelines\.ya?ml$|^Jenkinsfile$|^\.circleci\/|^\.travis\.yml$|^bitbucket-pipelines\.yml$/,
];
/** Vite's own file is about more than tests. */
const VITE = /(?:^|\/)vite\.config\./;
const BUILD_FILES =
  /^(?:pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|[\w.-]+\.csproj|Directory\.Build\.props)$/;

/** What is called as checks are, and is no part of the program. */
function isCheckScript(path: string): boolean {
  const isCalledSo = /(?:^|[-_./])(?:verify|checks?|tests?|lint|ci|validate|smoke|e2e)(?=[-_./]|$)/i.test(
    path,
  );
  return (
    isCalledSo &&
    !/(?:^|\/)(?:src|lib|app)\//.test(path) &&
    (testLanguage(path) === undefined || path.endsWith('.sh'))
  );
}

function isDefinition(path: string): boolean {
  return DEFINITIONS.some((pattern) => pattern.test(path)) && !VITE.test(path);
}

function namesFile(asked: string, path: string): boolean {
  return asked.includes(basename(path));
}

interface Manifest {
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Settings of runners and checkers that may stand in a package.json. */
const KEYS = [
  'jest',
  'mocha',
  'ava',
  'vitest',
  'nyc',
  'c8',
  'tap',
  'eslintConfig',
  'eslintIgnore',
  'stylelint',
];

function manifestChanges(
  { path, before, after }: ChangedFile,
  checks: readonly Check[],
  asked: string,
): readonly string[] {
  const [was, is] = [readJson(before), readJson(after)];
  const scripts = scriptsOf(checks, was.scripts ?? {});
  const differs = (name: string) =>
    isScript(was.scripts?.[name]) && was.scripts?.[name] !== is.scripts?.[name];
  const changed = /\bscripts?\b/i.test(asked) ? [] : scripts.filter(differs);
  const keys = KEYS.filter(
    (key) => was[key] !== undefined && JSON.stringify(was[key]) !== JSON.stringify(is[key]),
  );
  return [
    ...changed.map(
      (name) =>
        `The script “${name}” of ${path} was changed: “${String(was.scripts?.[name])}” is “${String(is.scripts?.[name] ?? 'gone')}”.`,
    ),
    ...keys
      .filter((key) => !asked.toLowerCase().includes(key.toLowerCase()))
      .map((key) => `The settings “${key}” in ${path} were changed: they say how checks run.`),
  ];
}

/** npm’s placeholder is none. */
function isScript(script: unknown): boolean {
  return script !== undefined && !String(script).includes('no test specified');
}

/** A check that says that it tests, and whose script these changes brought: a word of the agent, until tests are counted. */
export function isOwnWord(check: Check, changes: readonly ChangedFile[]): boolean {
  return changes.some(({ path, before, after }) => {
    if (basename(path) !== 'package.json') return false;
    const [was, is] = [readJson(before).scripts ?? {}, readJson(after).scripts ?? {}];
    return scriptsOf([check], is).some((name) => /test/i.test(name) && !isScript(was[name]));
  });
}

function readJson(text: string | undefined): Manifest {
  const value: unknown = parse(text ?? '{}');
  return typeof value === 'object' && value !== null ? (value as Manifest) : {};
}

const RUNS = /\b(?:npm|pnpm|yarn|bun)(?:\s+(?:run|run-script))?\s+(?:--?[\w-]+(?:=\S+)?\s+)*([\w:.-]+)/g;

/** All scripts that checks lead to, by way of others. */
function scriptsOf(checks: readonly Check[], scripts: Readonly<Record<string, unknown>>): readonly string[] {
  const found = new Set<string>();
  const follow = (command: string) => {
    for (const [, called = ''] of command.matchAll(RUNS)) {
      const name = called === 't' ? 'test' : called;
      for (const each of [`pre${name}`, name, `post${name}`]) {
        const script = scripts[each];
        if (typeof script !== 'string' || found.has(each)) continue;
        found.add(each);
        follow(script);
      }
    }
  };
  for (const { command } of checks) follow(command);
  return [...found];
}

function targetChanges(
  { path, before = '', after = '' }: ChangedFile,
  checks: readonly Check[],
): readonly string[] {
  const [was, is] = [targetsIn(before), targetsIn(after)];
  const found = new Set<string>();
  const follow = (name: string) => {
    const target = was.get(name);
    if (target === undefined || found.has(name)) return;
    found.add(name);
    for (const needed of (/^[^:]*:(.*)$/m.exec(target)?.[1] ?? '').split(/\s+/)) follow(needed);
  };
  for (const { command } of checks)
    for (const [, names = ''] of command.matchAll(/\bmake\b((?:\s+[\w./=-]+)*)/g))
      for (const name of names.split(/\s+/)) follow(name);
  return [...found]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => `The target “${name}” of ${path} was changed: it is part of a check.`);
}

function targetsIn(text: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  let names: readonly string[] = [];
  for (const line of text.split('\n')) {
    const head = /^([\w./-]+(?:\s+[\w./-]+)*)\s*::?(?!=)/.exec(line);
    if (head) names = (head[1] ?? '').split(/\s+/);
    else if (!/^(?:\t|\s*#|\s*$)/.test(line)) names = [];
    for (const name of names)
      if (line.trim() !== '') targets.set(name, `${targets.get(name) ?? ''}${line.trimEnd()}\n`);
  }
  return targets;
}

const SECTIONS: readonly (readonly [file: RegExp, sections: RegExp])[] = [
  [/^pyproject\.toml$/, /^\[+tool\.(?:pytest|mypy|ruff|coverage|pyright|tox|nox|pylint|flake8)\b/],
  [/^setup\.cfg$/, /^\[(?:tool:pytest|mypy|flake8|coverage|pylint)/],
  [/^tox\.ini$/, /^\[/],
];

function sectionChanges({ path, before = '', after = '' }: ChangedFile, wanted: RegExp): readonly string[] {
  const [was, is] = [sectionsIn(before, wanted), sectionsIn(after, wanted)];
  return [...was.keys()]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => `The section ${name} of ${path} was changed: it says how checks run.`);
}

function sectionsIn(text: string, wanted: RegExp): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let name = '';
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line.startsWith('[') && /^\[+[^\]]+\]+$/.test(line)) name = wanted.test(line) ? line : '';
    else if (name !== '' && line !== '' && !line.startsWith('#'))
      sections.set(name, `${sections.get(name) ?? ''}${line}\n`);
  }
  return sections;
}

const STRICT = /^(?:strict\w*|no[A-Z]\w*|exactOptional\w*|useUnknown\w*|checkJs|alwaysStrict)$/;

/** Fewer files, or fewer questions about them. More of either is no lie. */
function looserTypes({ path, before, after }: ChangedFile): readonly string[] {
  const [was, is] = [readJson(before), readJson(after)];
  const options = (manifest: Manifest) =>
    (manifest.compilerOptions ?? {}) as Readonly<Record<string, unknown>>;
  const off = Object.entries(options(was)).flatMap(([name, value]) =>
    STRICT.test(name) && name !== 'noEmit' && value === true && options(is)[name] !== true
      ? [`“${name}” is off`]
      : [],
  );
  const skips =
    options(was).skipLibCheck !== true && options(is).skipLibCheck === true ? ['“skipLibCheck” is on'] : [];
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  const left = list(is.exclude).filter((glob) => !list(was.exclude).includes(glob));
  const gone = [...list(was.include), ...list(was.files)].filter(
    (glob) => ![...list(is.include), ...list(is.files)].includes(glob),
  );
  const fewer = [
    ...left.map((glob) => `${glob} is left out`),
    ...(is.include || is.files ? gone.map((glob) => `${glob} is not looked at`) : []),
  ];
  const all = [...off, ...skips, ...fewer];
  return all.length === 0 ? [] : [`${path} asks for less than it did: ${listed(all)}.`];
}

const LOOSER =
  /skip(?:Tests|ITs)?>?\s*[=>:]?\s*true|maven\.test\.skip|testFailureIgnore|ignoreFailures|<exclude>|\bexclude\b.*[Tt]est|autotests\s*=\s*false|^\s*test\s*=\s*false|TreatWarningsAsErrors>false|enabled\s*=\s*false/;

function looserBuild(change: ChangedFile): readonly string[] {
  return addedLine(change, LOOSER);
}

function addedLine({ path, before = '', after = '' }: ChangedFile, pattern: RegExp): readonly string[] {
  const known = new Set(before.split('\n').map((line) => line.trim()));
  return after
    .split('\n')
    .flatMap((line, number) =>
      pattern.test(line) && !known.has(line.trim())
        ? [`Tests may be left out by “${line.trim()}” in ${path}:${number + 1}.`]
        : [],
    );
}

/** For a whole file. */
const OFF =
  /^\s*(?:\/\/\s*@ts-nocheck\b|\/\*\s*eslint-disable\s*\*\/|\/\*\s*tslint:disable\s*\*\/|#\s*(?:type:\s*ignore|mypy:\s*ignore-errors|ruff:\s*noqa|flake8:\s*noqa|pylint:\s*disable=all)\s*$|\/\/\s*biome-ignore-all\b|#!\[allow\((?:warnings|clippy::all)\)\])/m;

function switchedOff({ path, before = '', after = '' }: ChangedFile): readonly string[] {
  const mark = OFF.exec(after)?.[0].trim();
  return mark === undefined || before.includes(mark)
    ? []
    : [`“${mark}” switches a check off for all of ${path}.`];
}
