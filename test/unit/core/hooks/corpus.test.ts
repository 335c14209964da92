import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fits } from '../../../../src/core/hooks/fits';
import { hookFileText, migrateHook } from '../../../../src/core/hooks/migrateHook';
import type { Hook, HookFile } from '../../../../src/core/hooks/model';
import { parseHooks } from '../../../../src/core/hooks/parseHooks';
import { namesOf } from '../../../../src/core/hooks/toolNames';
import { isFileTrigger, isToolTrigger } from '../../../../src/core/hooks/triggers';
import { lineStarts, positionAt } from '../../../../src/core/util/textRange';
import { corpusRoot } from '../../../support/corpus';

/** Each read and judged: what a file comes to, what it fires on, and what is wrong with it at which line. */
const GOLDEN = resolve(__dirname, '../../../golden/hooks-corpus.json');

/** What real projects of the corpus have, at the top and deep, and what they leave out. */
const PATHS = [
  'app.ts',
  'src/app.ts',
  'src/components/deep/View.tsx',
  'web/index.js',
  'lib/main.dart',
  'test/main_test.dart',
  'src/lib.rs',
  'crates/core/src/lib.rs',
  'Cargo.toml',
  'pubspec.yaml',
  'package.json',
  'vite.config.ts',
  'README.md',
  'AGENTS.md',
  '.github/copilot-instructions.md',
  '.kiro/steering/tech.md',
  'src/locales/en/messages.po',
  'src/locales/de/messages.po',
  'scripts/build.sh',
  'image.png',
];
const TOOLS = ['read_file', 'write_file', 'edit_file', 'run_command', 'web_fetch', 'mcp__db__query'];

describe('The corpus of real hooks', () => {
  it('is read as a reviewer found right, with these problems and no others', function () {
    const root = corpusRoot();
    if (root === undefined) {
      console.log('    no corpus here (EARSHOT_CORPUS), so this test is skipped');
      this.skip();
    }
    const found: Record<string, Record<string, unknown>> = {};
    for (const project of readdirSync(root).sort()) {
      const files = hookFilesOf(join(root, project, '.kiro/hooks'));
      if (files.length > 0) found[project] = Object.fromEntries(files);
    }
    if (process.env.UPDATE_GOLDENS) writeFileSync(GOLDEN, `${JSON.stringify(found, null, 2)}\n`);
    assert.deepEqual(found, JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });
});

function hookFilesOf(folder: string): readonly (readonly [string, unknown])[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder).sort();
  } catch {}
  return names
    .filter((name) => /\.(json|kiro\.hook)$/.test(name))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return [name, summary(name, text, parseHooks('', `.kiro/hooks/${name}`, text))] as const;
    });
}

function summary(name: string, text: string, { hooks, problems }: HookFile): unknown {
  const migrated = migrateHook(`.kiro/hooks/${name}`, text);
  const notes = migrated?.notes ?? ['cannot be carried over'];
  if (migrated) {
    const now = parseHooks('', 'new.json', hookFileText([migrated.hook]));
    assert.deepEqual(now.problems, [], `${name}, carried over`);
    assert.deepEqual(whatFits(now.hooks[0]), whatFits(hooks[0]), `${name}, carried over`);
  }
  return {
    hooks: hooks.map((hook) => {
      const { name: title, trigger, action, timeout, enabled } = hook;
      const limit = action.type === 'command' ? ` within ${timeout} s` : '';
      const does = `${trigger} → ${action.type}${limit}${enabled ? '' : ', disabled'}`;
      return { name: title, does, ...whatFits(hook) };
    }),
    problems: problems.map(
      ({ severity, message, range }) =>
        `${positionAt(lineStarts(text), range.start).line + 1} ${severity}: ${message}`,
    ),
    ...(notes.length > 0 ? { migration: notes } : {}),
  };
}

function whatFits(hook: Hook | undefined): { files?: string; tools?: string } {
  if (!hook) return {};
  const { trigger, condition } = hook;
  if (isFileTrigger(trigger)) return { files: PATHS.filter((path) => fits(condition, path)).join(' ') };
  return isToolTrigger(trigger)
    ? { tools: TOOLS.filter((tool) => fits(condition, ...namesOf(tool))).join(' ') }
    : {};
}
