/** Inserts and moves tasks with all that belongs to them; numbers follow positions, and references the numbers. */
import type { DocumentEdit, SpecDocuments, Task, TasksDocument } from '../model';
import { findTask, flattenTasks } from '../tasks/taskTree';
import { eolOf, insertLines, type Lines, lineStart, linesAround, moveLines } from './lines';
import { growthOf, isAmbiguous, type MovedIds, nextId, withOrphans } from './moved';
import { rewriteReferences, rewriteText } from './rewriteReferences';
import { renumberTasks } from './taskIds';

/** Tasks that are counted with each other, and what stands at each place afterwards: one of them, or a new one. */
interface Arrangement {
  readonly likes: readonly Task[];
  readonly order: readonly (Task | 'new')[];
}

/** The tasks that lie in the same one as a task, itself among them, and that one; undefined for the top level. */
export function siblingsOf(
  { tasks }: TasksDocument,
  task: Task,
): { readonly parent: Task | undefined; readonly siblings: readonly Task[] } {
  const parent = flattenTasks(tasks).find(({ children }) => children.includes(task));
  return { parent, siblings: parent?.children ?? tasks };
}

/**
 * Puts an open task before the one at a position of a task's children, from 0; after all others for any greater.
 * It is numbered as the one before it, or else the one after it.
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
  const at = Math.min(position, children.length);
  const like = children[at - 1] ?? children[at];
  if (like === undefined) return parent === undefined ? [] : [firstChild(document, parent, title)];
  const arrangement = arrange(children, [...children.slice(0, at), 'new', ...children.slice(at)], like);
  const numbered = numberAnew(documents, document, [arrangement]);
  if (numbered === undefined) return [];
  const id = idAt(arrangement.likes, arrangement.order.indexOf('new'));
  const words =
    taskLine(document, like, indentOf(document, like), id) + rewriteText(documents, numbered.moved, title);
  return [
    ...numbered.edits,
    { document: 'tasks', ...insertLines(document.text, linesOf(document, children), at, words) },
  ];
}

/**
 * Moves a task to a position among its siblings or another task's children, from 0, counted without it. No edit
 * where those are of another level than the task, indented otherwise, or where it would pass one that is counted
 * with others.
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
  const from = siblingsOf(document, task).siblings;
  const to = parentKey === undefined ? document.tasks : (findTask(document, parentKey)?.children ?? []);
  const index = from.indexOf(task);
  const rest = to.filter((each) => each !== task);
  const at = Math.min(position, rest.length);
  const stays = to === from && at === index;
  if (stays || rest.length === 0 || !rest.every((each) => isLike(document, each, task))) return [];
  const passed = to === from ? rest.slice(Math.min(index, at), Math.max(index, at)) : [];
  if (task.id !== undefined && passed.some(({ id }) => id !== undefined && !isCounted(task, id))) return [];
  const order = [...rest.slice(0, at), task, ...rest.slice(at)];
  const arrangements = [arrange(to, order, to === from ? task : to.find(({ id }) => id !== undefined))];
  if (to !== from)
    arrangements.push(
      arrange(
        from,
        from.filter((each) => each !== task),
        task,
      ),
    );
  const numbered = numberAnew(documents, document, task.id === undefined ? [] : arrangements);
  if (numbered === undefined) return [];
  const own = numbered.edits.filter((edit) => edit.document === 'tasks');
  const moved = moveLines(
    document.text,
    { likes: linesOf(document, from), index },
    { likes: linesOf(document, to), position: at },
    own,
  );
  return [
    ...numbered.edits.filter((edit) => edit.document !== 'tasks'),
    ...moved.map((edit) => ({ document: 'tasks' as const, ...edit })),
  ];
}

/** Those of some tasks that are counted with one, before and after; what comes from elsewhere is counted, too. */
function arrange(
  before: readonly Task[],
  after: readonly (Task | 'new')[],
  like: Task | undefined,
): Arrangement {
  const counted = (task: Task) => like !== undefined && isCounted(like, task.id);
  return {
    likes: before.filter(counted),
    order: after.filter((task) => task === 'new' || counted(task) || !before.includes(task)),
  };
}

/** Is a number one of those that a task is counted with: below the same number? */
function isCounted({ id: like }: Task, id: string | undefined): boolean {
  return like !== undefined && id !== undefined && id.replace(/\d+$/, '') === like.replace(/\d+$/, '');
}

/** Indented alike and, if both have numbers, of the same level. */
function isLike(document: TasksDocument, task: Task, other: Task): boolean {
  const levels = [task, other].flatMap(({ id }) => (id === undefined ? [] : [id.split('.').length]));
  return indentOf(document, task) === indentOf(document, other) && new Set(levels).size < 2;
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
  const id = parent.id === undefined ? undefined : `${parent.id}.1`;
  // At the margin it is the number alone that says where a task lies.
  const step =
    example === undefined || child === undefined || (id === undefined && child.id !== undefined)
      ? '  '
      : indentOf(document, child).slice(indentOf(document, example).length);
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
  const { moved: known, edits } = renumberTasks(document, now);
  const lists = arrangements.map(({ likes, order }) => ({
    last: likes.at(-1)?.id ?? '',
    by: growthOf(likes, order),
  }));
  const moved: MovedIds = { task: withOrphans(documents, 'task', known, lists) };
  if (isAmbiguous(documents, moved)) return undefined;
  return { moved, edits: [...edits, ...rewriteReferences(documents, moved)] };
}
