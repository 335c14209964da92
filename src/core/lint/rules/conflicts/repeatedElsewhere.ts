import { areSame } from './bounds';
import { conflictRule } from './conflictRule';
import { keepOne } from './mends';

const CRITERION = '#### Acceptance Criteria\n1. WHEN a key fits, THE Door SHALL open\n';

export const repeatedElsewhere = conflictRule(
  {
    id: 'repeated-elsewhere',
    code: 'A05',
    title: 'Criterion said under another requirement as well',
    levels: { recommended: 'info', 'incose-full': 'info' },
    why: 'Two requirements may share a criterion; then a change of one has to reach the other.',
    bad: `### Requirement 1\n${CRITERION}### Requirement 2\n${CRITERION}`,
    good: `### Requirement 1\n${CRITERION}### Requirement 2\n#### Acceptance Criteria\n1. THE Bell SHALL ring`,
    source: 'INCOSE GtWR R30, unique',
  },
  (a, b) =>
    a.requirement !== b.requirement &&
    a.verb === b.verb &&
    a.negative === b.negative &&
    a.said === b.said &&
    areSame(a.bounds, b.bounds),
  ({ criterion: { id } }) => `Criterion ${id} says the same.`,
  keepOne,
);
