import type { Progress, TasksDocument } from './model';
import { requiredLeaves } from './taskTree';

/** How many of the required leaf tasks are done. */
export function progressOf(document: TasksDocument): Progress {
  const leaves = requiredLeaves(document.tasks);
  return { done: leaves.filter((task) => task.state === 'done').length, total: leaves.length };
}
