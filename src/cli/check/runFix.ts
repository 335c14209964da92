import { join, relative, resolve, sep } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { LINT_CONFIG_FILE, type LintConfig } from '../../core/lint/config';
import { writeMerged } from '../../core/spec/merge/writeMerged';
import type { DocumentKind } from '../../core/spec/model';
import { fromNativePath } from '../../node/nativePath';
import { createNodeFiles } from '../../node/nodeFiles';
import { type Arguments, type Terminal, UsageError } from '../command';
import { printable } from '../printable';
import { readText } from '../readText';
import { findRule } from './explainRule';
import { type FoundSpec, findSpecs } from './findSpecs';
import { configFrom, fixTexts } from './fixSpecs';
import { readFolder, statFolder } from './readFolder';
import { workspaceOf } from './runCheck';

const FILES = [
  ['requirements', 'requirements.md'],
  ['bugfix', 'bugfix.md'],
  ['design', 'design.md'],
  ['tasks', 'tasks.md'],
] as const;

interface Change {
  readonly kind: DocumentKind;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Writes, or with --dry-run shows, what the safe fixes make of the specs. */
export async function runFix(
  paths: readonly string[],
  flags: Partial<LintConfig>,
  args: Arguments,
  terminal: Terminal,
): Promise<void> {
  const { out } = terminal;
  const cwd = resolve(terminal.cwd, args.value('cwd') ?? '.');
  const rule = ruleOf(args.value('rule'));
  const applied = new Map<string, number>();
  const changes = findSpecs(paths, cwd, () => workspaceOf(terminal, args)).flatMap((spec) =>
    changesOf(spec, flags, rule, applied),
  );
  const name = (path: string) => relative(cwd, path).split(sep).join('/');
  if (args.has('dry-run'))
    for (const { path, before, after } of changes)
      out.write(printable(createTwoFilesPatch(name(path), name(path), before, after, undefined, undefined)));
  else {
    const files = createNodeFiles();
    for (const { kind, path, before, after } of changes)
      await writeMerged(files, kind, fromNativePath(path), before, after);
  }
  const total = [...applied.values()].reduce((sum, count) => sum + count, 0);
  const rules = [...applied].map(([id, count]) => `${id} ${count}`).join(', ');
  const verb = args.has('dry-run') ? 'would be mended' : 'mended';
  out.say(total === 0 ? 'Nothing to mend.' : `${total} ${verb} in ${changes.length} files: ${rules}.`);
}

function changesOf(
  { root, path, files, only }: FoundSpec,
  flags: Partial<LintConfig>,
  rule: string | undefined,
  applied: Map<string, number>,
): readonly Change[] {
  const { texts } = readFolder(path, statFolder(path, files, 0));
  const before = Object.fromEntries(
    FILES.flatMap(([kind, file]) => (texts[file] === undefined ? [] : [[kind, texts[file]]])),
  );
  const fixed = fixTexts(before, configFrom(readText(join(root, LINT_CONFIG_FILE)), flags), rule);
  const changes = FILES.flatMap(([kind, file]): readonly Change[] => {
    const after = fixed.texts[kind];
    const text = texts[file];
    if (after === undefined || text === undefined || after === text) return [];
    return only === undefined || only === file ? [{ kind, path: join(path, file), before: text, after }] : [];
  });
  if (changes.length > 0)
    for (const [id, count] of fixed.applied) applied.set(id, (applied.get(id) ?? 0) + count);
  return changes;
}

function ruleOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const rule = findRule(name);
  if (rule === undefined) throw new UsageError(`There is no rule “${name}”.`);
  return rule.id;
}
