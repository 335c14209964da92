import { areAntonyms } from './antonyms';
import { conflictRule, example } from './conflictRule';

export const antonymActions = conflictRule(
  {
    id: 'antonym-actions',
    code: 'A03',
    title: 'Opposite actions on the same',
    levels: { recommended: 'error', 'incose-full': 'error' },
    why: 'Under one condition a system cannot both allow and deny, show and hide the same thing.',
    bad: example(
      'WHEN a key fits, THE Door SHALL open the lock',
      'WHEN a key fits, THE Door SHALL close the lock',
    ),
    good: example(
      'WHEN a key fits, THE Door SHALL open the lock',
      'WHEN no key fits, THE Door SHALL close the lock',
    ),
    source: 'INCOSE GtWR C11, consistent',
  },
  (a, b) => a.negative === b.negative && areAntonyms(a.verb, b.verb),
  (earlier, later) =>
    `This contradicts criterion ${earlier.criterion.id}: “${later.verb}” and “${earlier.verb}” under the same condition.`,
);
