import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import { type CriterionRule, matchesIn } from '../../rule';
import { rewrite } from '../rewrite';

export const absoluteTerm: CriterionRule = {
  scope: 'criterion',
  id: 'absolute-term',
  code: 'Q16',
  title: 'Absolute term',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: 'Nothing is always so. An absolute cannot be shown by any number of tests; a tolerance can.',
  bad: 'THE Service SHALL have 100% uptime',
  good: 'THE Service SHALL have 99.9% uptime in each month',
  source: 'INCOSE GtWR R26, R32',
  check: (context) =>
    matchesIn(context, /\b(?:always|never)\b(?!-)|(?<![\d.])100\s?%(?!\w)/gi).map(({ words, range }) => ({
      message: `“${words}” allows no exception, and no test can show it. Say how often, or under which condition.`,
      range,
      fixes: [tolerated(words, range)],
    })),
};

/** A tolerance to fill in. */
function tolerated(words: string, range: TextRange): Fix {
  const share = /^always$/i.test(words) ? 'in at least TBD % of cases' : 'in at most TBD % of cases';
  const newText = /\d/.test(words) ? 'at least TBD %' : share;
  return rewrite(`Write “${newText}”`, false, [{ range, newText }]);
}
