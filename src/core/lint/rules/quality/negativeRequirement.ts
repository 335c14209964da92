import type { CriterionRule, Found } from '../../rule';

export const negativeRequirement: CriterionRule = {
  scope: 'criterion',
  id: 'negative-requirement',
  code: 'Q14',
  title: 'Negative requirement',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: 'That something never happens cannot be shown by a test. Where it can be said what the system does instead, say that; for security and safety a SHALL NOT is often right.',
  bad: 'THE Login SHALL NOT accept short passwords',
  good: 'THE Login SHALL reject passwords below 12 characters',
  source: 'INCOSE GtWR R16',
  check: ({ criterion }) =>
    criterion.clauses.flatMap(({ role, keyword, keywordRange, text, range }): readonly Found[] => {
      if (role !== 'response') return [];
      const never = /^never\b/i.exec(text);
      if (!/\bnot$/i.test(keyword) && never === null) return [];
      const end = never === null ? keywordRange.end : range.start + never[0].length;
      const message =
        'That something does not happen is hard to test. Say what the system does instead, if that is what you mean.';
      return [{ message, range: { start: keywordRange.start, end } }];
    }),
};
