import { tasksNaming } from '../../../spec/tasks/tasksNaming';
import type { SpecRule } from '../../rule';

export const uncoveredCriterion: SpecRule = {
  scope: 'spec',
  id: 'uncovered-criterion',
  code: 'T01',
  title: 'Criterion that no task names',
  levels: { recommended: 'off', 'incose-full': 'info' },
  why: 'What no task names, nobody is asked to build. `earshot trace` shows the whole chain.',
  bad: '- [ ] 1. Build the door',
  good: '- [ ] 1. Build the door\n  - _Requirements: 1.1_',
  examplesIn: 'tasks',
  source: 'INCOSE GtWR R30; DO-178C',
  check: ({ requirements, tasks }) => {
    if (requirements === undefined || tasks === undefined || tasks.tasks.length === 0) return [];
    const naming = tasksNaming(tasks.tasks);
    return requirements.requirements.flatMap(({ id: requirement, criteria }) =>
      criteria
        .filter(({ id }) => naming(id, requirement).length === 0)
        .map(({ id, range }) => ({
          document: requirements.kind,
          message: `No task names criterion ${id}. Add it to a task's “_Requirements:”.`,
          range,
        })),
    );
  },
};
