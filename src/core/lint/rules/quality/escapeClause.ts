import type { Criterion } from '../../../ears/model';
import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import { type CriterionContext, type CriterionRule, matchesIn } from '../../rule';

/** “If available” is none: whether a thing is there is a fact, and nobody's decision. */
const LOOPHOLE =
  /\b(?:(?:if|when|where|whenever|wherever)\s+(?:it\s+is\s+)?(?:possible|applicable|appropriate|needed|necessary|feasible|practical|practicable)(?=\s*(?:[.,;:)）]|$|and\b|or\b|but\b))|as\s+(?:appropriate|far\s+as\s+possible|much\s+as\s+possible)|to\s+the\s+(?:extent|degree)\s+possible|best[- ]efforts?)(?![\w-])/gi;

/** INCOSE R8: words that let the builder decide whether the requirement applies. */
export const escapeClause: CriterionRule = {
  scope: 'criterion',
  id: 'escape-clause',
  code: 'Q02',
  title: 'Escape clause',
  levels: { recommended: 'warning', 'incose-full': 'warning' },
  why: '“If possible” lets the builder decide whether the requirement applies at all.',
  bad: 'THE Door SHALL close, if possible',
  good: 'THE Door SHALL close',
  source: 'INCOSE GtWR R8',
  check: (context) =>
    matchesIn(context, LOOPHOLE)
      .filter(({ range }) => !isKeyword(context.criterion, range.start))
      .map(({ words, range, index, length }) => {
        const message = `“${words}” lets the builder decide whether this applies. Leave it out, or say the condition: WHERE <feature>, or IF <condition>, THEN.`;
        const fix = removal(context, index, length);
        return fix === undefined ? { message, range } : { message, range, fixes: [fix] };
      }),
};

function isKeyword(criterion: Criterion, at: number): boolean {
  return criterion.clauses.some(({ keywordRange }) => keywordRange.start <= at && at < keywordRange.end);
}

/** Taking the words out is safe in the response, when they stand apart and something is left. */
function removal({ criterion, visible }: CriterionContext, index: number, length: number): Fix | undefined {
  const response = criterion.clauses.find(({ role }) => role === 'response');
  const at = criterion.range.start + index;
  if (response === undefined || at < response.range.start || /^best/i.test(visible.slice(index)))
    return undefined;
  const local = withSurroundings(visible, index, index + length);
  const responseStart = response.range.start - criterion.range.start;
  if (local === undefined || visible.slice(responseStart, local.start).trim() === '') return undefined;
  const range = { start: criterion.range.start + local.start, end: criterion.range.start + local.end };
  return { title: 'Remove the escape clause', safe: false, edits: () => [{ range, newText: '' }] };
}

/** The words with what would be left dangling: the blank or comma before them, parentheses around them. */
function withSurroundings(visible: string, start: number, end: number): TextRange | undefined {
  const from = Math.max(0, start - 20);
  const before = visible.slice(from, start);
  const parenthesised = /\s*[(（]\s*$/.exec(before);
  const closing = /^\s*[)）]/.exec(visible.slice(end));
  if (parenthesised !== null) {
    return closing === null ? undefined : { start: from + parenthesised.index, end: end + closing[0].length };
  }
  if (closing !== null || !/^\s*(?:[.,;:]|$)/.test(visible.slice(end))) return undefined;
  const comma = /,?\s+$/.exec(before);
  return comma === null ? undefined : { start: from + comma.index, end };
}
