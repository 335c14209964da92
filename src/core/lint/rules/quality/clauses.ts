import type { Clause, ClauseRole } from '../../../ears/model';
import type { CriterionContext } from '../../rule';

/** A clause's words with code and quotes hidden, and where they begin in the criterion's text. */
export interface VisibleClause {
  readonly clause: Clause;
  readonly words: string;
  readonly start: number;
}

export function visibleClauses(
  { criterion, visible }: CriterionContext,
  role: ClauseRole,
): readonly VisibleClause[] {
  const found: VisibleClause[] = [];
  for (const clause of criterion.clauses) {
    if (clause.role !== role) continue;
    const start = clause.range.start - criterion.range.start;
    found.push({ clause, start, words: visible.slice(start, clause.range.end - criterion.range.start) });
  }
  return found;
}

/** A pattern's matches in the response, with their ranges in the document. */
export function matchesInResponse(context: CriterionContext, pattern: RegExp) {
  return visibleClauses(context, 'response')
    .filter(({ words }) => words.search(pattern) !== -1)
    .flatMap(({ words, start }) =>
      [...words.matchAll(pattern)].map((match) => {
        const from = context.criterion.range.start + start + match.index;
        return { match, words: match[0], range: { start: from, end: from + match[0].length } };
      }),
    );
}
