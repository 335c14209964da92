import { DEFAULT_LINT, type LintConfig } from '../../src/core/lint/config';
import { lintSpec } from '../../src/core/lint/lint';
import type { DocumentKind, Problem } from '../../src/core/spec/model';
import { readTexts } from '../../src/core/spec/readTexts';

/** What the rules say about a document on its own. */
export function lintText(
  text: string,
  kind: DocumentKind = 'requirements',
  config: LintConfig = DEFAULT_LINT,
): readonly Problem[] {
  return lintSpec(readTexts({ [kind]: text }), config).get(kind)?.problems ?? [];
}

/** What stands before a criterion that is tested on its own. */
const HEAD = '### Requirement 1\n#### Acceptance Criteria\n1. ';

/** What the rules say about one criterion; ranges count in its text. */
export function lintCriterion(criterion: string, config: LintConfig = DEFAULT_LINT): readonly Problem[] {
  const shift = (range: Problem['range']) => ({
    start: range.start - HEAD.length,
    end: range.end - HEAD.length,
  });
  return lintText(HEAD + criterion, 'requirements', config)
    .filter(({ range }) => range.start >= HEAD.length)
    .map((problem) => ({
      ...problem,
      range: shift(problem.range),
      fixes: (problem.fixes ?? []).map((fix) => ({
        ...fix,
        edits: () => fix.edits().map((edit) => ({ ...edit, range: shift(edit.range) })),
      })),
    }));
}
