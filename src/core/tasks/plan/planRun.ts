/** What a run would do: pure, so that it can be shown before, and is the same however often it is asked. */
import type { Finding, Task, TasksDocument } from '../../spec/model';
import { flattenTasks } from '../../spec/tasks/taskTree';
import { type Effort, estimateOf, type RunShape } from './estimate';
import { readGraph, type TaskGraph } from './graph';
import type { Plan, PlannedTask, Selection } from './model';
import { select } from './select';

/** @param effort What a task took before; undefined where nobody knows. */
export function planRun(
  document: TasksDocument,
  selection: Selection,
  effort?: Effort,
  shape: RunShape = { parallel: 1, reviewer: false },
): Plan {
  const graph = readGraph(document);
  const chosen = select(document, graph, selection);
  const isChosen = new Set(chosen);
  const after = waitsFor(graph, isChosen);
  const wave = wavesOf(chosen, after);
  const tasks = chosen.map(
    (task): PlannedTask => ({
      task,
      wave: wave.get(task) ?? 0,
      after: [...(after.get(task) ?? [])].map(({ key }) => key),
    }),
  );
  return {
    // A stable sort: of one wave, in document order.
    tasks: tasks.sort((a, b) => a.wave - b.wave),
    findings: [...graph.findings, ...unknownTasks(document)].sort((a, b) => a.range.start - b.range.start),
    optional: graph.nodes
      .filter(({ task, optional }) => optional && task.state !== 'done' && !isChosen.has(task))
      .map(({ task }) => task),
    estimate: estimateOf(tasks, effort, shape),
  };
}

/** Why a plan cannot be run; undefined where it can. A cycle among other tasks is no reason. */
export function cycleIn(document: TasksDocument, plan: Plan): Finding | undefined {
  const planned = new Set(plan.tasks.map(({ task }) => task.key));
  const { cycles, findings } = readGraph(document);
  if (!cycles.some((cycle) => cycle.some(({ task }) => planned.has(task.key)))) return undefined;
  return findings.find(({ rule }) => rule === 'task-cycle');
}

/** What each waits for of those that are chosen, also by way of others. */
function waitsFor(graph: TaskGraph, chosen: ReadonlySet<Task>): ReadonlyMap<Task, ReadonlySet<Task>> {
  return new Map(
    graph.nodes
      .filter(({ task }) => chosen.has(task))
      .map((node) => {
        const seen = new Set(graph.before(node));
        const found = new Set<Task>();
        for (const each of seen) {
          if (chosen.has(each.task)) found.add(each.task);
          else for (const next of graph.before(each)) seen.add(next);
        }
        return [node.task, found] as const;
      }),
  );
}

function wavesOf(
  tasks: readonly Task[],
  after: ReadonlyMap<Task, ReadonlySet<Task>>,
): ReadonlyMap<Task, number> {
  const wave = new Map<Task, number>();
  for (const root of tasks) {
    const path = [root];
    for (let task = path.at(-1); task !== undefined; task = path.at(-1)) {
      const before = [...(after.get(task) ?? [])];
      const unknown = before.filter((each) => !wave.has(each));
      if (unknown.length > 0) path.push(...unknown);
      else {
        path.pop();
        wave.set(
          task,
          before.reduce((most, each) => Math.max(most, (wave.get(each) ?? 0) + 1), 0),
        );
      }
    }
  }
  return wave;
}

function unknownTasks({ tasks, waves }: TasksDocument): readonly Finding[] {
  const all = flattenTasks(tasks);
  const known = new Set(all.map(({ id }) => id));
  const named = [...all.flatMap(({ depends }) => depends), ...waves.flatMap((wave) => wave.tasks)];
  return named
    .flatMap(({ tokens }) => tokens)
    .filter(({ id }) => !known.has(id))
    .map(({ id, range }) => ({
      rule: 'unknown-reference',
      message: `There is no task ${id} in tasks.md. Correct the number, or take it out.`,
      range,
    }));
}
