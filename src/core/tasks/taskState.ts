/** Writes a task's state into tasks.md: one character, in the text as it stands at that moment. */
import { ActError } from '../actError';
import type { FileSystem } from '../ports';
import type { Spec, Task, TaskState, TasksDocument } from '../spec/model';
import { parseTasks } from '../spec/parseTasks';
import { documentOf } from '../spec/readSpec';
import { flattenTasks } from '../spec/taskTree';
import { tickEdit } from '../spec/tick';
import { applyEdits } from '../util/textRange';

/** The same task in another reading of the file: by its number, else by its words. */
export function findAgain(document: TasksDocument, task: Task): Task | undefined {
  const all = flattenTasks(document.tasks);
  const byId = task.id === undefined ? [] : all.filter(({ id }) => id === task.id);
  if (byId.length === 1) return byId[0];
  return (byId.length > 0 ? byId : all).find(({ title }) => title === task.title);
}

export function taskOf(spec: Spec, task: Task): Task | undefined {
  const document = documentOf(spec, 'tasks')?.document;
  return document?.kind === 'tasks' ? findAgain(document, task) : undefined;
}

export async function setTaskState(files: FileSystem, spec: Spec, task: Task, state: TaskState): Promise<void> {
  await edit(files, spec, (document) => {
    const current = findAgain(document, task);
    if (!current) throw new ActError('changed', `Task “${task.title}” is no longer in tasks.md, so its box was not changed.`);
    return [[current.key, state]];
  });
}

/** Ticks every task whose required sub-tasks are all done. */
export async function rollUp(files: FileSystem, spec: Spec): Promise<void> {
  await edit(files, spec, (document) => {
    const done = (task: Task): boolean => {
      const required = task.children.filter(({ optional }) => !optional);
      return required.length > 0 ? required.every(done) : task.state === 'done';
    };
    return flattenTasks(document.tasks)
      .filter((task) => task.children.some(({ optional }) => !optional) && task.state !== 'done' && done(task))
      .map((task) => [task.key, 'done'] as const);
  });
}

async function edit(
  files: FileSystem,
  spec: Spec,
  choose: (document: TasksDocument) => readonly (readonly [key: string, state: TaskState])[],
): Promise<void> {
  const path = documentOf(spec, 'tasks')?.path;
  const text = path === undefined ? undefined : await files.readText(path);
  if (path === undefined || text === undefined) throw new ActError('changed', 'tasks.md is gone, so no box was changed.');
  const document = parseTasks(text);
  const edits = choose(document).flatMap(([key, state]) => tickEdit(document, key, state) ?? []);
  const next = applyEdits(text, edits);
  if (next !== text) await files.writeText(path, next);
}
