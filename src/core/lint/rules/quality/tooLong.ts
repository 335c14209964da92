import type { CriterionRule } from '../../rule';

const MOST_WORDS = 40;
const MOST_CONDITIONS = 3;
const CONDITIONS = new Set(['where', 'while', 'when', 'if']);

export const tooLong: CriterionRule = {
  scope: 'criterion',
  id: 'too-long',
  code: 'Q21',
  title: 'Too long a criterion',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: `Beyond ${MOST_WORDS} words or ${MOST_CONDITIONS} conditions nobody keeps the whole sentence in mind, and no single test covers it.`,
  bad: `THE Door SHALL ${'open and wait and close and '.repeat(8)}ring`,
  good: 'THE Door SHALL open',
  source: 'INCOSE GtWR R18, R28',
  check: ({ criterion, visible }) => {
    const { range, clauses } = criterion;
    const words = visible.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    const conditions = clauses.filter(({ role }) => CONDITIONS.has(role)).length;
    if (words > MOST_WORDS)
      return [
        { message: `${words} words are more than a reader keeps in mind. Split it, or make a list.`, range },
      ];
    if (conditions > MOST_CONDITIONS)
      return [{ message: `${conditions} conditions are more than one test covers. Split it.`, range }];
    return [];
  },
};
