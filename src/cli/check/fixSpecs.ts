/** Applies what nobody would mind: the safe fixes of each spec, until none is left. */
import { DEFAULT_LINT, type LintConfig, mergeLint } from '../../core/lint/config';
import { parseLintConfig } from '../../core/lint/configFile';
import { lintSpec } from '../../core/lint/lint';
import type { DocumentEdit, DocumentKind, Problem } from '../../core/spec/model';
import { readTexts, type SpecTexts } from '../../core/spec/readTexts';
import { applyEdits } from '../../core/util/textRange';

/** A fix may call for another (a comma, then its case); one that goes on like this goes in circles. */
const MOST_ROUNDS = 12;

export interface Fixed {
  readonly texts: SpecTexts;
  /** Applied fixes, by rule id. */
  readonly applied: ReadonlyMap<string, number>;
}

/** @param rule Only this one's fixes; all where undefined. */
export function fixTexts(texts: SpecTexts, config: LintConfig, rule?: string): Fixed {
  const applied = new Map<string, number>();
  let current = texts;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const edits = new Map<DocumentKind, DocumentEdit[]>();
    for (const [kind, { problems }] of lintSpec(readTexts(current), config))
      for (const problem of problems)
        if (rule === undefined || problem.rule === rule) collect(kind, problem, edits, applied);
    if (edits.size === 0) break;
    current = withEdits(current, edits);
  }
  return { texts: current, applied };
}

function withEdits(texts: SpecTexts, edits: ReadonlyMap<DocumentKind, readonly DocumentEdit[]>): SpecTexts {
  const edited = [...edits].map(([kind, own]) => [kind, applyEdits(texts[kind] ?? '', own)]);
  return { ...texts, ...Object.fromEntries(edited) };
}

/** Takes a problem's first safe fix, if nothing that is taken already touches the same places. */
function collect(
  kind: DocumentKind,
  { rule, fixes = [] }: Problem,
  edits: Map<DocumentKind, DocumentEdit[]>,
  applied: Map<string, number>,
): void {
  const fix = fixes.find(({ safe }) => safe);
  if (fix === undefined) return;
  const wanted = fix.edits().map((edit) => ({ ...edit, document: edit.document ?? kind }));
  const free = wanted.every(({ document, range }) =>
    (edits.get(document) ?? []).every(
      ({ range: taken }) => range.end < taken.start || taken.end < range.start,
    ),
  );
  if (!free || wanted.length === 0) return;
  for (const edit of wanted) edits.set(edit.document, [...(edits.get(edit.document) ?? []), edit]);
  applied.set(rule, (applied.get(rule) ?? 0) + 1);
}

/** The configuration of a workspace, from its file's text and what the command line says. */
export function configFrom(text: string | undefined, flags: Partial<LintConfig>): LintConfig {
  return mergeLint(DEFAULT_LINT, text === undefined ? {} : parseLintConfig(text).config, flags);
}
