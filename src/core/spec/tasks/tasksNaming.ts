/** Which tasks name a criterion in `_Requirements:`: by its id, by its requirement's, or all criteria at once. */
import type { Task } from '../model';
import { flattenTasks } from './taskTree';

/** In document order, sub-tasks included, each once. */
export type TasksNaming = (criterion: string, requirement: string) => readonly Task[];

export function tasksNaming(tasks: readonly Task[]): TasksNaming {
  const flat = flattenTasks(tasks);
  const all = flat.filter(({ coversAll }) => coversAll);
  const index = new Map<string, Task[]>();
  for (const task of flat)
    for (const id of task.requirements) {
      const named = index.get(id.toUpperCase());
      if (named === undefined) index.set(id.toUpperCase(), [task]);
      else named.push(task);
    }
  return (criterion, requirement) => {
    const own = index.get(criterion.toUpperCase()) ?? [];
    const whole = index.get(requirement.toUpperCase()) ?? [];
    if (whole.length + all.length === 0) return own;
    return [...new Set([...own, ...whole, ...all])].sort((a, b) => a.line - b.line);
  };
}
