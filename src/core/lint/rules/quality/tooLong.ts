import type { CriterionRule } from '../../rule';
import { splitActions } from './severalActions';

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
  bad: `WHEN a guest with a key comes to the gate, THE Door SHALL open the upper lock within 5 seconds of the moment at which the key was turned to its end, and notify the guard at the desk in the hall by the small bell that hangs there`,
  good: 'THE Door SHALL open',
  source: 'INCOSE GtWR R18, R28',
  byHand: 'Where its actions or triggers cannot be told apart, only a person can split it.',
  check: (context) => {
    const { criterion, visible } = context;
    const { range, clauses } = criterion;
    const words = visible.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    const conditions = clauses.filter(({ role }) => CONDITIONS.has(role)).length;
    if (words > MOST_WORDS)
      return [
        {
          message: `${words} words are more than a reader keeps in mind. Split it, or make a list.`,
          range,
          fixes: splitActions(context),
        },
      ];
    if (conditions > MOST_CONDITIONS) {
      const message = `${conditions} conditions are more than one test covers. Split it.`;
      return [{ message, range, fixes: splitActions(context) }];
    }
    return [];
  },
};
