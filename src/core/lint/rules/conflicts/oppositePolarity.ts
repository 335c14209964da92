import { conflictRule, example } from './conflictRule';

export const oppositePolarity = conflictRule(
  {
    id: 'opposite-polarity',
    code: 'A02',
    title: 'SHALL and SHALL NOT of the same',
    levels: { recommended: 'error', 'incose-full': 'error' },
    why: 'Nothing can be built that does and does not do the same under the same condition.',
    bad: example('WHEN a key fits, THE Door SHALL open', 'WHEN a key fits, THE Door SHALL NOT open'),
    good: example('WHEN a key fits, THE Door SHALL open', 'WHEN no key fits, THE Door SHALL NOT open'),
    source: 'INCOSE GtWR C11, consistent',
  },
  (a, b) => a.verb === b.verb && a.negative !== b.negative,
  ({ criterion: { id } }) => `This contradicts criterion ${id}: one says SHALL, the other SHALL NOT.`,
);
