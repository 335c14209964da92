/** Ready hooks, to be chosen from and adapted to what a project is made of. */
import type { Check } from '../tasks/evidence/model';
import type { HookJson } from './model';

/** What is known of a project without reading it. */
export interface HookProject {
  /** Endings of its code, the most frequent first: `ts`. */
  readonly endings: readonly string[];
  /** Names of the entries of its folder. */
  readonly names: readonly string[];
  /** Its tests, types and lint, as far as they are found. */
  readonly checks: readonly Check[];
  /** Relative paths of texts in several languages. */
  readonly translations: readonly string[];
}

export interface GalleryHook {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  make(project: HookProject): HookJson;
}

const CODE =
  'c cc cpp cs dart ex exs go h hpp java js jsx kt mjs php py rb rs scala svelte swift ts tsx vue'.split(' ');
const MOST_ENDINGS = 6;

/** Endings of code among these paths, the most frequent first. */
export function endingsOf(paths: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const ending = /\.(\w+)$/.exec(path)?.[1] ?? '';
    if (CODE.includes(ending)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, MOST_ENDINGS)
    .map(([ending]) => ending);
}

const TRANSLATION =
  /(?:^|\/)(?:locales?|i18n|l10n|translations?|lang)\/.*\.(?:json|ya?ml|po|arb|properties)$/;

export function translationsOf(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => TRANSLATION.test(path));
}

/** What mends one file, by what configures it. */
const FIXERS: readonly (readonly [name: RegExp, command: string, endings: readonly string[]])[] = [
  [/^\.?biome\.jsonc?$/, 'npx biome check --write {{filePath}}', ['ts', 'tsx', 'js', 'jsx', 'mjs']],
  [
    /^(?:\.eslintrc|eslint\.config)\b/,
    'npx eslint --fix {{filePath}}',
    ['ts', 'tsx', 'js', 'jsx', 'mjs', 'vue', 'svelte'],
  ],
  [/^(?:\.prettierrc|prettier\.config)\b/, 'npx prettier --write {{filePath}}', ['ts', 'tsx', 'js', 'jsx']],
  [/^\.?ruff\.toml$|^pyproject\.toml$/, 'ruff check --fix {{filePath}}', ['py']],
  [/^go\.mod$/, 'gofmt -w {{filePath}}', ['go']],
  [/^Cargo\.toml$/, 'rustfmt {{filePath}}', ['rs']],
  [/^\.rubocop\.yml$/, 'bundle exec rubocop -a {{filePath}}', ['rb']],
  [/^pubspec\.yaml$/, 'dart fix --apply && dart format {{filePath}}', ['dart']],
];

export const GALLERY: readonly GalleryHook[] = [
  {
    id: 'lint-and-fix',
    title: 'Lint and fix',
    about: 'Each file that you save is put right by the project’s own tool.',
    make({ endings, names, checks }) {
      const fixer = FIXERS.find(
        ([name, , known]) =>
          names.some((each) => name.test(each)) && endings.some((each) => known.includes(each)),
      );
      if (fixer)
        return {
          ...onSave(
            'Lint and fix',
            endings.filter((each) => fixer[2].includes(each)),
          ),
          action: { type: 'command', command: fixer[1] },
          timeout: 60,
        };
      const lint = checks.find(({ kind }) => kind === 'lint');
      const rule = lint ? `Run \`${lint.command}\`.` : 'Run the linter that the project uses, if it has one.';
      return {
        ...onSave('Lint and fix', endings),
        action: {
          type: 'agent',
          prompt: `${rule} Mend what it finds in the files named below, and nothing else. Do not turn off rules.`,
        },
      };
    },
  },
  {
    id: 'tests-for-changed-file',
    title: 'Tests for the changed file',
    about: 'An agent looks whether tests cover what you saved, adds what is missing and runs them.',
    make({ endings, checks }) {
      const test = checks.find(({ kind }) => kind === 'test');
      const run = test ? `\`${test.command}\`` : 'the tests';
      return {
        ...onSave('Tests for the changed file', endings, '(?!.*(?:test|spec)).*'),
        description: 'Keeps tests in step with code.',
        action: {
          type: 'agent',
          prompt: `Look for the tests of the files named below. Add the few that are missing for what these files do, in the style of the tests that are there, and run ${run}. Do not weaken or remove a test, and do not change the code: if a test fails, say why.`,
        },
      };
    },
  },
  {
    id: 'docs-in-sync',
    title: 'Documentation in sync',
    about: 'After each task of a spec, an agent mends what the documentation says no longer truly.',
    make: () => ({
      name: 'Documentation in sync',
      description: 'Keeps README and docs true.',
      trigger: 'PostTaskExec',
      action: {
        type: 'agent',
        prompt:
          'Compare README and the documents in docs with the code as it is now. Change only statements that are no longer true, and name what is new where readers would look for it. Keep the style. If nothing is wrong, change nothing.',
      },
    }),
  },
  {
    id: 'spec-consistency',
    title: 'Spec consistency',
    about: 'When a document of a spec changes, an agent says what the others no longer agree with.',
    make: () => ({
      name: 'Spec consistency',
      description: 'Says where the documents of a spec disagree.',
      trigger: 'OnSpecChange',
      matcher: '(requirements|bugfix|design|tasks)\\.md$',
      action: {
        type: 'agent',
        prompt:
          'Read the documents of the spec that the file named below belongs to. Say in a short list: criteria that no section of the design or no task answers, tasks for criteria that are gone, and statements that contradict each other, each with its place. Change nothing.',
      },
    }),
  },
  {
    id: 'licence-header',
    title: 'Licence header',
    about: 'A new source file gets the header that its neighbours have.',
    make: ({ endings }) => ({
      ...onSave('Licence header', endings),
      description: 'Gives new files the project’s header.',
      trigger: 'PostFileCreate',
      action: {
        type: 'agent',
        prompt:
          'Look at how three other source files of the same kind begin. If they share a licence header, put the same one, with this year, at the beginning of the files named below. If they have none, or the files have one already, change nothing.',
      },
    }),
  },
  {
    id: 'translation',
    title: 'Translation',
    about: 'When texts in one language change, an agent brings the other languages into step.',
    make: ({ translations }) => ({
      name: 'Translation',
      description: 'Brings other languages into step.',
      trigger: 'PostFileSave',
      matcher: sourceOf(translations),
      action: {
        type: 'agent',
        prompt:
          'The files named below hold the texts of the source language. Bring the files of the other languages beside them into step: translate what is new or changed, remove what is gone, keep keys, placeholders and order. Leave all else as it is.',
      },
    }),
  },
];

function onSave(name: string, endings: readonly string[], before = ''): HookJson {
  const known = endings.length > 0 ? endings : CODE;
  const ending = known.length === 1 ? known[0] : `(${known.join('|')})`;
  const matcher = `${before === '' ? '' : `^${before}`}\\.${ending}$`;
  return { name, trigger: 'PostFileSave', matcher };
}

/** English where there is English, whatever the folder is called. */
function sourceOf(translations: readonly string[]): string {
  const folder = /(?:^|\/)(locales?|i18n|l10n|translations?|lang)\//.exec(translations[0] ?? '')?.[1];
  return `(^|/)${folder ?? '(locales?|i18n|lang)'}/(.*[/._-])?en([/._-].*)?\\.(json|ya?ml|po|arb|properties)$`;
}
