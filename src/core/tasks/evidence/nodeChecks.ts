/** The checks of a project with a package.json: its scripts, by the package manager that its lock file names. */
import type { Has } from './detectors';
import type { Check, CheckKind } from './model';

interface Manager {
  readonly test: string;
  readonly script: (name: string) => string;
  /** A program that the project installed; nothing is downloaded. */
  readonly program: (line: string) => string;
}

const run = (name: string) => (script: string) => `${name} run ${script}`;
const MANAGERS: Readonly<Record<'npm' | 'pnpm' | 'yarn' | 'bun', Manager>> = {
  npm: { test: 'npm test', script: run('npm'), program: (line) => `npx --no-install ${line}` },
  pnpm: { test: 'pnpm test', script: run('pnpm'), program: (line) => `pnpm exec ${line}` },
  yarn: { test: 'yarn test', script: run('yarn'), program: (line) => `yarn run ${line}` },
  bun: { test: 'bun run test', script: run('bun'), program: (line) => `bunx --no-install ${line}` },
};
const LOCKS: readonly (readonly [file: string, manager: keyof typeof MANAGERS])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

const SCRIPTS: readonly (readonly [kind: CheckKind, names: RegExp])[] = [
  ['types', /^(?:type-?check(?:ing)?|check[:-]?types|types?(?::check)?|tsc|check:ts)$/i],
  ['lint', /^(?:lint|lint:check|eslint|check:lint|biome:check)$/i],
];

/** Where no script says it: by the tool's own file. */
const PROGRAMS: readonly (readonly [kind: CheckKind, file: RegExp, line: string])[] = [
  ['types', /^tsconfig\.json$/, 'tsc --noEmit'],
  ['lint', /^biome\.jsonc?$/, 'biome check'],
  ['lint', /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.\w+)?)$/, 'eslint .'],
];

const SOURCE = 'package.json';

export function nodeChecks(text: string, names: readonly string[]): readonly Check[] {
  const manifest = read(text);
  if (manifest === undefined) return [];
  const has: Has = (name) => names.includes(name);
  const manager = MANAGERS[managerOf(manifest, has)];
  const scripts = Object.keys(manifest.scripts).filter((name) => says(manifest.scripts[name]));
  const checks: Check[] = scripts.includes('test')
    ? [{ kind: 'test', command: manager.test, source: SOURCE }]
    : [];
  for (const [kind, wanted] of SCRIPTS) {
    const script = scripts.find((name) => wanted.test(name));
    const program = PROGRAMS.find(([of, file]) => of === kind && names.some((name) => file.test(name)));
    const file = program && names.find((name) => program[1].test(name));
    if (script !== undefined) checks.push({ kind, command: manager.script(script), source: SOURCE });
    else if (program && file !== undefined)
      checks.push({ kind, command: manager.program(program[2]), source: file });
  }
  return checks;
}

/** npm's own placeholder proves nothing but that nobody wrote tests. */
function says(script: unknown): boolean {
  return typeof script === 'string' && script.trim() !== '' && !script.includes('no test specified');
}

interface Manifest {
  readonly scripts: Readonly<Record<string, unknown>>;
  readonly packageManager: unknown;
}

function read(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as { scripts?: unknown; packageManager?: unknown } | null;
    const scripts = value?.scripts;
    return {
      scripts: typeof scripts === 'object' && scripts !== null ? (scripts as Manifest['scripts']) : {},
      packageManager: value?.packageManager,
    };
  } catch {
    return undefined;
  }
}

function managerOf({ packageManager }: Manifest, has: Has): keyof typeof MANAGERS {
  const named = typeof packageManager === 'string' ? packageManager.split('@')[0] : undefined;
  if (named === 'npm' || named === 'pnpm' || named === 'yarn' || named === 'bun') return named;
  return LOCKS.find(([file]) => has(file))?.[1] ?? 'npm';
}
