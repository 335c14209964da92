import type { TextEdit } from '../../util/textRange';
import type { TaskState, TasksDocument } from '../model';
import { findTask } from './taskTree';

const CHARACTERS: Readonly<Record<TaskState, string>> = {
  open: ' ',
  inProgress: '-',
  done: 'x',
  queued: '~',
};

/**
 * The edit that puts a task into a state: exactly the one character between its brackets. Undefined when the
 * document has no such task or the task is in that state already (`[X]` stays as it is).
 */
export function tickEdit(document: TasksDocument, key: string, state: TaskState): TextEdit | undefined {
  const task = findTask(document, key);
  if (task === undefined || task.state === state) return undefined;
  return { range: task.stateRange, newText: CHARACTERS[state] };
}
