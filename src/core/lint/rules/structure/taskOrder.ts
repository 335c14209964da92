import { putInWave } from '../../../spec/edits/putInWave';
import { takeOutReference } from '../../../spec/edits/takeOut';
import type { Finding, Fix, Reference, Task, TasksDocument } from '../../../spec/model';
import { flattenTasks } from '../../../spec/tasks/taskTree';
import { orderFindings, readGraph } from '../../../tasks/plan/graph';
import type { PlanNode } from '../../../tasks/plan/nodes';
import type { TextRange } from '../../../util/textRange';
import type { Level, SpecRule } from '../../rule';
import { rewrite } from '../rewrite';

const GRAPH = (waves: string) => `\n## Task Dependency Graph\n\`\`\`json\n{"waves": ${waves}}\n\`\`\``;

/** What is wrong with the order of tasks: a run is planned by the same graph. */
function orderRule(
  rule: Pick<SpecRule, 'id' | 'code' | 'title' | 'why' | 'bad' | 'good'>,
  level: Level,
  mend: (tasks: TasksDocument, finding: Finding) => readonly Fix[],
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
            .map((finding) => {
              const { rule: _, ...found } = finding;
              return { ...found, document: 'tasks', fixes: mend(tasks, finding) };
            }),
  };
}

/** So many dependencies of a cycle are offered. */
const MOST = 4;

/** Any of its dependencies may be the one too many. */
function untied(tasks: TasksDocument, { range, related = [] }: Finding): readonly Fix[] {
  return [range, ...related.map((each) => each.range)]
    .slice(0, MOST)
    .flatMap((place) => withoutDependency(tasks, place));
}

/** @param place Of an id in `_Depends:`. */
function withoutDependency({ text, tasks }: TasksDocument, place: TextRange): readonly Fix[] {
  const holds = ({ range }: Reference) => range.start <= place.start && place.end <= range.end;
  for (const task of flattenTasks(tasks)) {
    const reference = task.depends.find(holds);
    if (reference === undefined) continue;
    const written = text.slice(reference.range.start, reference.range.end);
    const title = `Let ${nameOf(task)} no longer wait for ${written}`;
    return [rewrite(title, false, [takeOutReference(text, reference.range)])];
  }
  return [];
}

function nameOf({ id, title }: Task): string {
  return id ?? `“${title}”`;
}

/** The task behind all that it waits for, or without the dependency. */
function inLaterWave(tasks: TasksDocument, { range }: Finding): readonly Fix[] {
  const { nodes, rank } = readGraph(tasks);
  const isHere = ({ tokens }: Reference) => tokens.some((token) => token.range.start === range.start);
  const node = nodes.find(({ declared }) => declared.some(isHere));
  const dependency = withoutDependency(tasks, range);
  return node === undefined ? dependency : [...intoWave(tasks, node, rank(node)), ...dependency];
}

function inAnyWave(tasks: TasksDocument, { range }: Finding): readonly Fix[] {
  const { nodes, rank } = readGraph(tasks);
  const node = nodes.find(({ task }) => task.headRange.start === range.start);
  return node === undefined ? [] : intoWave(tasks, node, rank(node));
}

/** Of the task and those around it, the one that the waves name; else the task itself. */
function intoWave(tasks: TasksDocument, { task, around }: PlanNode, index: number): readonly Fix[] {
  const inWaves = new Set(tasks.waves.flatMap((wave) => wave.tasks.flatMap(({ ids }) => ids)));
  const named = [task, ...around.toReversed()].find(({ id }) => id !== undefined && inWaves.has(id)) ?? task;
  const { id } = named;
  if (id === undefined) return [];
  const isLast = tasks.waves.every((wave) => wave.index < index);
  const title = isLast ? `Put task ${id} into a new last wave` : `Put task ${id} into wave ${index}`;
  return [{ title, safe: false, edits: () => putInWave(tasks, id, index) }];
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
    untied,
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
    inLaterWave,
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
    inAnyWave,
  ),
];
