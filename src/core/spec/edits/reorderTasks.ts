/** Inserts and moves tasks with all that belongs to them; numbers follow positions, and references the numbers. */
import type { DocumentEdit, SpecDocuments, Task, TasksDocument } from '../model';
import { findTask, flattenTasks } from '../taskTree';
import { eolOf, insertLines, type Lines, lineStart, linesAround, moveLines } from './lines';
import { isAmbiguous, type MovedIds, nextId } from './moved';
import { rewriteReferences, rewriteText } from './rewriteReferences';
import { renumberTasks } from './taskIds';

/** Tasks that are counted with each other, and what stands at each place afterwards: one of them, or a new one. */
interface Arrangement {
  readonly likes: readonly Task[];
  readonly order: readonly (Task | 'new')[];
}

/**
 * Puts an open task before the one at a position of a task's children, from 0; after all others for any greater.
 * @param parentKey Undefined for the top level.
 */
export function insertTask(
  documents: SpecDocuments,
  parentKey: string | undefined,
  position: number,
  title: string,
): readonly DocumentEdit[] {
  const document = documents.tasks;
  const parent = document && parentKey !== undefined ? findTask(document, parentKey) : undefined;
  if (document === undefined || (parentKey !== undefined && parent === undefined)) return [];
  const children = parent?.children ?? document.tasks;
  const [first] = children;
  if (first === undefined) return parent === undefined ? [] : [firstChild(document, parent, title)];
  const likes = alike(children, first);
  const order = [...likes.slice(0, position), 'new', ...likes.slice(position)] as const;
  const numbered = numberAnew(documents, document, [{ likes, order }]);
  if (numbered === undefined) return [];
  const id = idAt(likes, order.indexOf('new'));
  const words =
    taskLine(document, first, indentOf(document, first), id) + rewriteText(documents, numbered.moved, title);
  return [
    ...numbered.edits,
    { document: 'tasks', ...insertLines(document.text, linesOf(document, likes), position, words) },
  ];
}

/**
 * Moves a task to a position among its siblings or another task's children, from 0, counted without it. No edit
 * where those are of another level than the task, or indented otherwise.
 * @param parentKey The task that it lies in afterwards; undefined for the top level.
 */
export function moveTask(
  documents: SpecDocuments,
  key: string,
  parentKey: string | undefined,
  position: number,
): readonly DocumentEdit[] {
  const document = documents.tasks;
  const task = document && findTask(document, key);
  if (document === undefined || task === undefined) return [];
  const from = alike(siblingsOf(document, task), task);
  const into = parentKey === undefined ? document.tasks : (findTask(document, parentKey)?.children ?? []);
  const to = into.includes(task) ? from : alike(into, into[0]);
  const rest = to.filter((each) => each !== task);
  const index = from.indexOf(task);
  const stays = to === from && Math.min(position, rest.length) === index;
  if (stays || rest.length === 0 || !rest.every((each) => isLike(document, each, task))) return [];
  const order = [...rest.slice(0, position), task, ...rest.slice(position)];
  const arrangements: Arrangement[] = [{ likes: to, order }];
  if (to !== from) arrangements.push({ likes: from, order: from.filter((each) => each !== task) });
  const numbered = numberAnew(documents, document, arrangements);
  if (numbered === undefined) return [];
  const lines = linesOf(document, from);
  const target = to === from ? lines : linesOf(document, to);
  const own = numbered.edits.filter((edit) => edit.document === 'tasks');
  const moved = moveLines(document.text, { likes: lines, index }, { likes: target, position }, own);
  return [
    ...numbered.edits.filter((edit) => edit.document !== 'tasks'),
    ...moved.map((edit) => ({ document: 'tasks' as const, ...edit })),
  ];
}

/** Those of some tasks that are counted with one: numbered below the same number, or not numbered like it. */
function alike(tasks: readonly Task[], task: Task | undefined): readonly Task[] {
  return tasks.filter(({ id }) => beginningOf(id) === beginningOf(task?.id));
}

function beginningOf(id: string | undefined): string | undefined {
  return id?.replace(/\d+$/, '');
}

/** Of the same level, and indented alike. */
function isLike(document: TasksDocument, task: Task, other: Task): boolean {
  return (
    task.id?.split('.').length === other.id?.split('.').length &&
    indentOf(document, task) === indentOf(document, other)
  );
}

function siblingsOf({ tasks }: TasksDocument, task: Task): readonly Task[] {
  return flattenTasks(tasks).find(({ children }) => children.includes(task))?.children ?? tasks;
}

function idAt(likes: readonly Task[], index: number): string | undefined {
  const last = likes.at(-1)?.id;
  return index < likes.length || last === undefined
    ? likes[index]?.id
    : nextId(last, index - likes.length + 1);
}

function linesOf({ text }: TasksDocument, tasks: readonly Task[]): readonly Lines[] {
  return tasks.map(({ range }) => linesAround(text, range));
}

function indentOf({ text }: TasksDocument, { headRange }: Task): string {
  return text.slice(lineStart(text, headRange.start), headRange.start);
}

/** The beginning of an open task's line, with marker and number as another one is written. */
function taskLine({ text }: TasksDocument, like: Task, indent: string, id: string | undefined): string {
  const box = `${indent}${text.slice(like.headRange.start, like.stateRange.start)} ] `;
  if (id === undefined) return box;
  const dot = id.includes('.') ? '' : '.';
  const after = /^[.)]?[ \t]+/.exec(text.slice(like.idRange?.end, like.headRange.end))?.[0];
  return box + id + (like.id?.includes('.') === id.includes('.') ? after : `${dot} `);
}

function firstChild(document: TasksDocument, parent: Task, title: string): DocumentEdit {
  const { text } = document;
  const example = flattenTasks(document.tasks).find(({ children }) => children.length > 0);
  const [child] = example?.children ?? [];
  const step =
    example === undefined || child === undefined
      ? '  '
      : indentOf(document, child).slice(indentOf(document, example).length);
  const id = parent.id === undefined ? undefined : `${parent.id}.1`;
  const line = taskLine(document, child ?? parent, indentOf(document, parent) + step, id) + title;
  const { end } = linesAround(text, parent.range);
  return { document: 'tasks', range: { start: end, end }, newText: eolOf(text) + line };
}

/** The edits that number places by an arrangement, everywhere; undefined where a number would be ambiguous. */
function numberAnew(
  documents: SpecDocuments,
  document: TasksDocument,
  arrangements: readonly Arrangement[],
): { readonly moved: MovedIds; readonly edits: readonly DocumentEdit[] } | undefined {
  const now = new Map<Task, string>();
  for (const { likes, order } of arrangements)
    order.forEach((task, index) => {
      const id = idAt(likes, index);
      if (task !== 'new' && id !== undefined) now.set(task, id);
    });
  const { moved: task, edits } = renumberTasks(document, now);
  const moved: MovedIds = { task };
  if (isAmbiguous(documents, moved)) return undefined;
  return { moved, edits: [...edits, ...rewriteReferences(documents, moved)] };
}
