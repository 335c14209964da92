/** Things of which a project has one: who says one of them says that it is none of the others. */
export interface Choice {
  readonly what: string;
  readonly of: readonly string[];
  /** As a setting is called: `Package manager: pnpm`. */
  readonly keys?: readonly string[];
  /** What may follow without making it another thing: `use npm for all dependencies`. */
  readonly purpose?: RegExp;
}

export const CHOICES: readonly Choice[] = [
  {
    what: 'the package manager',
    of: ['npm', 'pnpm', 'yarn', 'bun'],
    keys: ['package manager'],
    purpose:
      /^(?:as (?:package manager)|for (?:all )?(?:packages|dependencies|package management|dependency management|installing (?:packages|dependencies)))$/,
  },
  {
    what: 'indentation',
    of: ['tabs', 'spaces', '2 spaces', '3 spaces', '4 spaces', '8 spaces'],
    keys: ['indentation', 'indent', 'indent size', 'indent style'],
    purpose: /^(?:for|of) (?:all )?(?:indentation|indenting|indents)$/,
  },
  {
    what: 'quotes',
    of: ['single quotes', 'double quotes'],
    keys: ['quotes', 'quote style'],
    purpose: /^for (?:all )?strings$/,
  },
  {
    what: 'line endings',
    of: ['lf', 'crlf'],
    keys: ['line endings', 'line ending'],
    purpose: /^(?:for )?line endings$/,
  },
  { what: 'exports', of: ['named exports', 'default exports'], keys: ['exports'] },
  { what: 'modules', of: ['es modules', 'esm', 'commonjs'], keys: ['modules', 'module system'] },
  {
    what: 'components',
    of: ['class components', 'function components', 'functional components'],
    keys: ['components'],
  },
  {
    what: 'names',
    of: ['camelcase', 'snake_case', 'pascalcase', 'kebab-case', 'screaming_snake_case', 'upper_snake_case'],
  },
  {
    what: 'the test runner',
    of: ['jest', 'vitest', 'mocha', 'ava', 'jasmine', 'bun test'],
    keys: ['test runner', 'test framework', 'testing framework'],
    purpose: /^(?:as test runner|for (?:all )?(?:unit )?(?:tests|testing))$/,
  },
  {
    what: 'the formatter',
    of: ['prettier', 'biome', 'dprint', 'black', 'ruff'],
    keys: ['formatter', 'code formatter'],
    purpose: /^(?:for (?:code )?formatting|to format code)$/,
  },
  {
    what: 'the linter',
    of: ['eslint', 'biome', 'tslint', 'oxlint', 'flake8', 'ruff', 'pylint'],
    keys: ['linter'],
    purpose: /^for linting$/,
  },
  { what: 'merging', of: ['squash merges', 'merge commits', 'rebase merges'] },
];

/** What is set in a line of its own, `Line length: 100`, by all that it is called. */
export const SETTINGS: ReadonlyMap<string, string> = new Map([
  ...CHOICES.flatMap(({ what, keys = [] }) => keys.map((key) => [key, what] as const)),
  ...['line length', 'max line length', 'maximum line length'].map(
    (key) => [key, 'the line length'] as const,
  ),
  ...['semicolons', 'trailing commas'].map((key) => [key, key] as const),
  ...['test command', 'build command', 'lint command'].map((key) => [key, `the ${key}`] as const),
]);
