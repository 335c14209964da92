import { orderFindings } from '../../../tasks/plan/graph';
import type { Level, SpecRule } from '../../rule';

const GRAPH = (waves: string) => `\n## Task Dependency Graph\n\`\`\`json\n{"waves": ${waves}}\n\`\`\``;

/** What is wrong with the order of tasks: a run is planned by the same graph. */
function orderRule(
  rule: Pick<SpecRule, 'id' | 'code' | 'title' | 'why' | 'bad' | 'good'>,
  level: Level,
): SpecRule {
  return {
    ...rule,
    scope: 'spec',
    levels: { recommended: level, 'incose-full': level },
    examplesIn: 'tasks',
    source: "Kiro's documents",
    check: ({ tasks }) =>
      tasks === undefined
        ? []
        : orderFindings(tasks)
            .filter((finding) => finding.rule === rule.id)
            .map(({ rule: _, ...found }) => ({ ...found, document: 'tasks' })),
  };
}

export const taskOrderRules: readonly SpecRule[] = [
  orderRule(
    {
      id: 'task-cycle',
      code: 'D17',
      title: 'Tasks that wait for each other',
      why: 'A task begins when those it depends on are done. Where they wait for each other none can begin, so a run of them is refused.',
      bad: '- [ ] 1. Build the door\n  - _Depends: 2_\n- [ ] 2. Hang the bell\n  - _Depends: 1_',
      good: '- [ ] 1. Build the door\n- [ ] 2. Hang the bell\n  - _Depends: 1_',
    },
    'error',
  ),
  orderRule(
    {
      id: 'wave-contradiction',
      code: 'D18',
      title: 'Waves against a dependency',
      why: 'Waves run one after the other. A task that depends on one of its own or a later wave cannot run where the waves put it.',
      bad: `- [ ] 1. Build the door\n- [ ] 2. Hang the bell\n  - _Depends: 1_${GRAPH('[["1", "2"]]')}`,
      good: `- [ ] 1. Build the door\n- [ ] 2. Hang the bell\n  - _Depends: 1_${GRAPH('[["1"], ["2"]]')}`,
    },
    'warning',
  ),
  orderRule(
    {
      id: 'task-in-no-wave',
      code: 'D19',
      title: 'Task in no wave',
      why: 'Where a document has waves, a task outside of them runs after the one before it, perhaps otherwise than you meant.',
      bad: `- [ ] 1. Build the door\n- [ ] 2. Hang the bell${GRAPH('[["1"]]')}`,
      good: `- [ ] 1. Build the door\n- [ ] 2. Hang the bell${GRAPH('[["1"], ["2"]]')}`,
    },
    'hint',
  ),
];
