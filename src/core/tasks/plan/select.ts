import type { Task, TasksDocument } from '../../spec/model';
import { flattenTasks, requiredLeaves } from '../../spec/tasks/taskTree';
import type { TaskGraph } from './graph';
import type { Selection } from './model';
import type { PlanNode } from './nodes';

/** The tasks that a selection means, in document order; none where it names what is not there. */
export function select(document: TasksDocument, graph: TaskGraph, selection: Selection): readonly Task[] {
  const isOpen = ({ task }: PlanNode) => task.state !== 'done';
  const tasksOf = (chosen: (node: PlanNode) => boolean) => graph.nodes.filter(chosen).map(({ task }) => task);
  switch (selection.kind) {
    case 'required':
      return tasksOf((node) => isOpen(node) && !node.optional);
    case 'all':
      return tasksOf(isOpen);
    case 'task':
      return oneTask(document, selection.key);
    case 'from':
      return fromTask(document, graph, selection.key);
    case 'covering':
      return tasksOf((node) => isOpen(node) && covers(node, selection.requirement));
  }
}

function oneTask(document: TasksDocument, key: string): readonly Task[] {
  const task = flattenTasks(document.tasks).find((each) => each.key === key);
  if (task === undefined) return [];
  const open = requiredLeaves(task.children).filter(({ state }) => state !== 'done');
  return open.length > 0 ? open : [task];
}

/** What waits for it is done again, since what it stood on is; what merely comes later, only if it is open. */
function fromTask(document: TasksDocument, graph: TaskGraph, key: string): readonly Task[] {
  const task = flattenTasks(document.tasks).find((each) => each.key === key);
  if (task === undefined) return [];
  const own = graph.nodes.filter((node) => node.task === task || node.around.includes(task));
  if (own.length === 0) return [task];
  const again = new Set(own.filter((node) => node.task === task || !node.optional));
  const waiting = new Map<PlanNode, PlanNode[]>();
  for (const node of graph.nodes)
    for (const each of graph.before(node)) waiting.set(each, [...(waiting.get(each) ?? []), node]);
  for (const node of again) for (const each of waiting.get(node) ?? []) if (!each.optional) again.add(each);
  const isLater = (node: PlanNode) =>
    !node.optional && node.task.state !== 'done' && node.task.line > task.line;
  return graph.nodes.filter((node) => again.has(node) || isLater(node)).map((node) => node.task);
}

/** It, or a task around it, names the requirement or one of its criteria. */
function covers({ task, around }: PlanNode, requirement: string): boolean {
  const isOf = (id: string) => id === requirement || id.startsWith(`${requirement}.`);
  return [...around, task].some(({ requirements, coversAll }) => coversAll || requirements.some(isOf));
}
