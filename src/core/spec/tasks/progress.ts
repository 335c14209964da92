import type { Progress, Task, TasksDocument } from '../model';
import { requiredLeaves } from './taskTree';

/** How many of the required leaf tasks are done. */
export function progressOf(document: TasksDocument): Progress {
  return progressOfTasks(document.tasks);
}

/** The same for a part of the tree. */
export function progressOfTasks(tasks: readonly Task[]): Progress {
  const leaves = requiredLeaves(tasks);
  return { done: leaves.filter((task) => task.state === 'done').length, total: leaves.length };
}
