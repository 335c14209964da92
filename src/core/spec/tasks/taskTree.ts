import type { Task, TasksDocument } from '../model';

/** All tasks of a tree in document order, parents before their children. */
export function flattenTasks(tasks: readonly Task[]): readonly Task[] {
  const flat: Task[] = [];
  const visit = (task: Task): void => {
    flat.push(task);
    task.children.forEach(visit);
  };
  tasks.forEach(visit);
  return flat;
}

/** The task with a key; undefined when the document has none. */
export function findTask(document: TasksDocument, key: string): Task | undefined {
  return flattenTasks(document.tasks).find((task) => task.key === key);
}

/**
 * The tasks that must be done for the document to be done: leaves that are not optional, nor inside an
 * optional task. A task all of whose children are optional counts as a leaf itself.
 */
export function requiredLeaves(tasks: readonly Task[]): readonly Task[] {
  return tasks
    .filter((task) => !task.optional)
    .flatMap((task) => {
      const below = requiredLeaves(task.children);
      return below.length === 0 ? [task] : below;
    });
}
