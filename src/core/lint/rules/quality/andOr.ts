import { type CriterionRule, matchesIn } from '../../rule';
import { rewrite } from '../rewrite';

export const andOr: CriterionRule = {
  scope: 'criterion',
  id: 'and-or',
  code: 'Q15',
  title: '“and/or”',
  levels: { recommended: 'off', 'incose-full': 'warning' },
  why: '“And/or” is two requirements in one word: whoever builds it chooses one, whoever tests it another.',
  bad: 'THE Form SHALL ask for a name and/or an address',
  good: 'THE Form SHALL ask for a name or an address',
  source: 'INCOSE GtWR R17',
  check: (context) =>
    matchesIn(context, /\band\s?\/\s?or\b(?!\s+more\b)/gi).map(({ words, range }) => ({
      message: `“${words}” is two requirements in one word. Choose “and”, “or”, or “at least one of”.`,
      range,
      fixes: ['and', 'or'].map((newText) => rewrite(`Write “${newText}”`, false, [{ range, newText }])),
    })),
};
