/** Gives tasks other numbers; those of their sub-tasks begin with them. */
import type { DocumentEdit, Task, TasksDocument } from '../model';
import { flattenTasks } from '../tasks/taskTree';
import type { Moved } from './moved';

/**
 * @param now The new number of each task that gets one.
 * @returns What each of them and of their sub-tasks is called then, and the edits that write it where they stand.
 */
export function renumberTasks(
  { tasks }: TasksDocument,
  now: ReadonlyMap<Task, string>,
): { readonly moved: Moved; readonly edits: readonly DocumentEdit[] } {
  const moved = new Map<string, readonly string[]>();
  const edits: DocumentEdit[] = [];
  const call = ({ id, idRange, children }: Task, named: string): void => {
    if (id === undefined || idRange === undefined) return;
    moved.set(id, [named]);
    if (named !== id) edits.push({ document: 'tasks', range: idRange, newText: named });
    for (const child of children)
      if (child.id?.startsWith(`${id}.`) === true) call(child, named + child.id.slice(id.length));
  };
  for (const [task, named] of now) call(task, named);
  // A number may begin with that of a task in which it does not lie: it stays.
  for (const { id } of flattenTasks(tasks))
    if (id !== undefined && !moved.has(id) && moved.has(id.replace(/\.\d+$/, ''))) moved.set(id, [id]);
  return { moved, edits };
}
