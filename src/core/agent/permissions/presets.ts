/** Sets of rules with a name: what `earshot.autonomy` stands for, and what `policies:` in a file may name. */
import type { Autonomy } from '../../ports';
import type { Rule } from './model';

export const PRESETS = ['read-only', 'edit-workspace', 'dev-shell', 'autopilot'] as const;
export type Preset = (typeof PRESETS)[number];

/** Kiro's names of the same. */
const ALIASES: Readonly<Record<string, Preset>> = {
  'read-workspace': 'read-only',
  'allow-all': 'autopilot',
};

export const PRESET_OF: Readonly<Record<Autonomy, Preset>> = {
  ask: 'read-only',
  supervised: 'edit-workspace',
  'edit-workspace': 'edit-workspace',
  'dev-shell': 'dev-shell',
  autopilot: 'autopilot',
};

/** Does a preset allow no more than an autonomy does? */
export function isWithin(preset: Preset, most: Autonomy): boolean {
  return PRESETS.indexOf(preset) <= PRESETS.indexOf(PRESET_OF[most]);
}

const READ: Rule = { capability: 'fs_read', match: ['**'], exclude: [], effect: 'allow' };
/** They do nothing that is not asked for as it would be without them. */
const HELP: Rule = {
  capability: 'subagent',
  match: ['context-gatherer', 'general-task-execution'],
  exclude: [],
  effect: 'allow',
};
const EDIT: Rule = { capability: 'fs_write', match: ['**'], exclude: [], effect: 'allow' };

/**
 * Looks, and runs the project's own scripts and tests: as far as the files of the workspace go, and no further. Not
 * npx and its like: they fetch what is not there.
 */
const DEV: Rule = {
  capability: 'shell',
  effect: 'allow',
  match: [
    ...[
      'ls *',
      'pwd',
      'cat *',
      'head *',
      'tail *',
      'wc *',
      'grep *',
      'rg *',
      'diff *',
      'cd *',
      'true',
      'false',
    ],
    ...['echo *', 'printf *', 'stat *', 'basename *', 'dirname *', 'which *', 'mkdir *', 'touch *'],
    ...[
      'git status *',
      'git diff *',
      'git log *',
      'git show *',
      'git blame *',
      'git ls-files *',
      'git rev-parse *',
    ],
    ...['git branch', 'git branch --list', 'git branch --show-current', 'git stash list'],
    ...[
      'npm test *',
      'npm run *',
      'npm ls *',
      'pnpm test *',
      'pnpm run *',
      'yarn test *',
      'yarn run *',
      'bun test *',
    ],
    ...[
      'node --test *',
      'node --version',
      'npm --version',
      'python -m pytest *',
      'python3 -m pytest *',
      'pytest *',
    ],
    ...['cargo test *', 'cargo build *', 'cargo check *', 'cargo clippy *', 'cargo fmt *'],
    ...['go test *', 'go build *', 'go vet *', 'gofmt *', 'dotnet test *', 'dotnet build *'],
    ...[
      'make',
      'make test',
      'make check',
      'make build',
      'make lint',
      'mvn test',
      './gradlew test',
      './gradlew build',
    ],
  ],
  // What a tool is told to load.
  exclude: [
    'printf -v*',
    '*--plugin*',
    '*--loader*',
    '*--import*',
    '*--require*',
    '* -r *',
    '*--resolve-plugins*',
  ],
};

const RULES: Readonly<Record<Preset, readonly Rule[]>> = {
  'read-only': [READ, HELP],
  'edit-workspace': [READ, HELP, EDIT],
  'dev-shell': [READ, HELP, EDIT, DEV],
  autopilot: [{ capability: 'all', match: ['**'], exclude: [], effect: 'allow' }],
};

export function presetNamed(name: string): Preset | undefined {
  return (
    PRESETS.find((preset) => preset === name) ?? (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined)
  );
}

export function presetRules(preset: Preset): readonly Rule[] {
  return RULES[preset];
}
