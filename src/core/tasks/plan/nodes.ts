/** The tasks that a run can do: leaves, as `taskTree` counts them, and the optional ones. */
import type { Reference, Task, TasksDocument } from '../../spec/model';
import { requiredLeaves } from '../../spec/tasks/taskTree';

export interface PlanNode {
  readonly task: Task;
  /** Outermost first. */
  readonly around: readonly Task[];
  readonly optional: boolean;
  /** Its own `_Depends:`, and those of the tasks around it. */
  readonly declared: readonly Reference[];
  /** It says what it waits for, though that may be nothing: `_Depends: none_`. */
  readonly declares: boolean;
  /** `(P)`: may run beside the one before it. */
  readonly beside: boolean;
}

const DEPENDS = /^[ \t]*(?:[-*+][ \t]+)?_depends\s*:/im;
const BESIDE = /^\(P\)\s|\s\(P\)$/;

/** In document order. */
export function nodesOf(document: TasksDocument): readonly PlanNode[] {
  const required = new Set(requiredLeaves(document.tasks));
  const nodes: PlanNode[] = [];
  const visit = (task: Task, around: readonly Task[], optional: boolean): void => {
    const left = optional || task.optional;
    if (required.has(task) || (left && task.children.length === 0)) {
      const whole = [...around, task];
      nodes.push({
        task,
        around,
        optional: left,
        declared: whole.flatMap(({ depends }) => depends),
        declares: whole.some((each) => saysDepends(document.text, each)),
        beside: BESIDE.test(task.title),
      });
    }
    for (const child of task.children) visit(child, [...around, task], left);
  };
  for (const task of document.tasks) visit(task, [], false);
  return nodes;
}

/** The nodes that a number means: a task, or all that lies below it. */
export function nodesByNumber(nodes: readonly PlanNode[]): ReadonlyMap<string, readonly PlanNode[]> {
  const named = new Map<string, PlanNode[]>();
  for (const node of nodes)
    for (const { id } of [...node.around, node.task]) {
      if (id === undefined) continue;
      const same = named.get(id);
      if (same === undefined) named.set(id, [node]);
      else if (!same.includes(node)) same.push(node);
    }
  return named;
}

/** In its own lines: those of its sub-tasks are theirs. */
function saysDepends(text: string, { depends, headRange, range, children }: Task): boolean {
  if (depends.length > 0) return true;
  const first = children.reduce((end, child) => Math.min(end, child.headRange.start), range.end);
  return DEPENDS.test(text.slice(headRange.end, first));
}
