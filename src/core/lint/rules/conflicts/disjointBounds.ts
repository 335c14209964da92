import { areDisjoint } from './bounds';
import { conflictRule, example } from './conflictRule';

export const disjointBounds = conflictRule(
  {
    id: 'disjoint-bounds',
    code: 'A04',
    title: 'Bounds that exclude each other',
    levels: { recommended: 'error', 'incose-full': 'error' },
    why: 'No value is both at most 5 and at least 10. One of the two numbers is wrong.',
    bad: example(
      'WHEN a key fits, THE Door SHALL wait at most 5 seconds',
      'WHEN a key fits, THE Door SHALL wait at least 10 seconds',
    ),
    good: example(
      'WHEN a key fits, THE Door SHALL wait at least 5 seconds',
      'WHEN a key fits, THE Door SHALL wait at most 10 seconds',
    ),
    source: 'INCOSE GtWR C11, consistent',
  },
  (a, b) => a.verb === b.verb && a.negative === b.negative && areDisjoint(a.bounds, b.bounds),
  ({ criterion: { id } }) => `No value satisfies both this and criterion ${id}.`,
);
