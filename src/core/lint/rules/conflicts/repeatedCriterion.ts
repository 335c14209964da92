import { areSame } from './bounds';
import { conflictRule, example } from './conflictRule';
import { keepOne } from './mends';

export const repeatedCriterion = conflictRule(
  {
    id: 'repeated-criterion',
    code: 'A01',
    title: 'Criterion said twice',
    levels: { recommended: 'warning', 'incose-full': 'warning' },
    why: 'Of two criteria that say the same, one will be changed and the other forgotten.',
    bad: example('WHEN a key fits, THE Door SHALL open', 'WHEN a key fits, THE Door SHALL open'),
    good: example('WHEN a key fits, THE Door SHALL open', 'WHEN a bell rings, THE Door SHALL open'),
    source: 'INCOSE GtWR R30, unique',
  },
  (a, b) =>
    a.requirement === b.requirement &&
    a.verb === b.verb &&
    a.negative === b.negative &&
    a.said === b.said &&
    areSame(a.bounds, b.bounds),
  ({ criterion: { id } }) => `This says the same as criterion ${id}. Keep one of the two.`,
  keepOne,
);
