import { type CriterionRule, matchesIn } from '../../rule';

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
    })),
};
