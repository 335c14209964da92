/** Writes a task's state into tasks.md: one character, in the text as it stands at that moment. */
import { ActError } from '../actError';
import type { FileSystem } from '../ports';
import type { Spec, Task, TaskState, TasksDocument } from '../spec/model';
import { documentOf } from '../spec/readSpec';
import { parseTasks } from '../spec/tasks/parseTasks';
import { flattenTasks } from '../spec/tasks/taskTree';
import { tickEdit } from '../spec/tasks/tick';
import { applyEdits } from '../util/textRange';

/**
 * The same task in another reading of the file; undefined rather than a guess. Its words must be the same. Among
 * several of the same words, a task that is running is the one whose box says so, else the number decides.
 */
export function findAgain(
  document: TasksDocument,
  task: Pick<Task, 'id' | 'title' | 'line' | 'state'>,
): Task | undefined {
  const same = flattenTasks(document.tasks).filter(({ title }) => title === task.title);
  const running = task.state === 'inProgress' ? same.filter(({ state }) => state === 'inProgress') : [];
  if (running.length === 1) return running[0];
  const numbered = same.filter(({ id }) => id === task.id);
  if (numbered.length > 1)
    return numbered.find(({ line, state }) => line === task.line && state === task.state);
  return numbered[0] ?? (same.length === 1 ? same[0] : undefined);
}

export function taskOf(spec: Spec, task: Task): Task | undefined {
  const document = documentOf(spec, 'tasks')?.document;
  return document?.kind === 'tasks' ? findAgain(document, task) : undefined;
}

/** Throws when the task is not there any more. */
export async function setTaskState(
  files: FileSystem,
  spec: Spec,
  task: Task,
  state: TaskState,
): Promise<void> {
  let lost = false;
  await edit(files, spec, (document) => {
    const current = findAgain(document, task);
    lost = current === undefined;
    if (current) return [[current.key, state]];
    // Reworded while it ran: what was proved is not what it says now, but it does not run any more.
    const reworded = flattenTasks(document.tasks).filter(
      ({ id, state: box }) => id === task.id && box === 'inProgress',
    );
    return task.state === 'inProgress' && reworded.length === 1
      ? reworded.map(({ key }) => [key, 'open'] as const)
      : [];
  });
  if (lost) throw lostError(task);
}

/** Gives tasks that are done the state they had, by how a person calls them. */
export async function resetTasks(
  files: FileSystem,
  spec: Spec,
  states: ReadonlyMap<string, TaskState>,
): Promise<void> {
  await edit(files, spec, (document) =>
    flattenTasks(document.tasks).flatMap((task) => {
      const was = task.state === 'done' ? states.get(taskTitle(task)) : undefined;
      return was === undefined ? [] : [[task.key, was] as const];
    }),
  );
}

/** Ticks tasks by hand, all in one write; where all of them are done already, their boxes are opened again. */
export async function toggleTasks(files: FileSystem, spec: Spec, tasks: readonly Task[]): Promise<void> {
  let lost: Task | undefined;
  await edit(files, spec, (document) => {
    const current = tasks.flatMap((task) => findAgain(document, task) ?? []);
    lost = tasks.find((task) => findAgain(document, task) === undefined);
    const state = current.every((task) => task.state === 'done') ? 'open' : 'done';
    return lost === undefined ? current.map(({ key }) => [key, state]) : [];
  });
  if (lost !== undefined) throw lostError(lost);
}

function lostError({ title }: Task): ActError {
  return new ActError('changed', `Task “${title}” is no longer in tasks.md as it was, so no box was ticked.`);
}

/**
 * Ticks the tasks around one whose required sub-tasks are all done now. One with a check of its own stays open:
 * nothing has proved it yet.
 */
export async function rollUp(files: FileSystem, spec: Spec, task: Task): Promise<void> {
  await edit(files, spec, (document) => {
    const done = new Set(flattenTasks(document.tasks).filter(({ state }) => state === 'done'));
    const current = findAgain(document, task);
    const around = current ? ancestorsOf(document.tasks, current) : [];
    for (const parent of around) {
      const required = parent.children.filter(({ optional }) => !optional);
      if (parent.verify !== undefined || required.length === 0 || !required.every((child) => done.has(child)))
        break;
      done.add(parent);
    }
    return around.filter((parent) => done.has(parent)).map(({ key }) => [key, 'done'] as const);
  });
}

/** Innermost first. */
function ancestorsOf(tasks: readonly Task[], task: Task): readonly Task[] {
  for (const parent of tasks) {
    if (parent.children.includes(task)) return [parent];
    const inner = ancestorsOf(parent.children, task);
    if (inner.length > 0) return [...inner, parent];
  }
  return [];
}

type Choose = (document: TasksDocument) => readonly (readonly [key: string, state: TaskState])[];

/** Tasks that run side by side, perhaps in another window, have their boxes in one file. */
async function edit(files: FileSystem, spec: Spec, choose: Choose): Promise<void> {
  const path = documentOf(spec, 'tasks')?.path;
  if (path === undefined) throw goneError();
  await files.alone(path, async () => {
    const text = await files.readText(path);
    if (text === undefined) throw goneError();
    const document = parseTasks(text);
    const edits = choose(document).flatMap(([key, state]) => tickEdit(document, key, state) ?? []);
    const next = applyEdits(text, edits);
    if (next !== text) await files.writeText(path, next);
  });
}

function goneError(): ActError {
  return new ActError('changed', 'tasks.md is gone, so no box was changed.');
}

/** As sessions of the task are called. */
export function taskTitle({ id, title }: Pick<Task, 'id' | 'title'>): string {
  return `${id ?? ''} ${title}`.trim();
}
