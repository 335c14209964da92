import type { Block } from './blocks';
import type { Problem, Task } from './model';
import { flattenTasks } from './taskTree';

/** Something that was meant as a checkbox: one character, or none, between brackets that text follows. */
const ODD_BOX = /^\[([^\]\d]|[^\]\d]{2}|)\]\\?\*?[ \t]+\S/u;
const STATE = /^[ xX\-~]$/;

/** What is wrong with the structure of tasks.md, as far as it can be seen from tasks.md alone. */
export function taskProblems(
  text: string,
  blocks: readonly Block[],
  tasks: readonly Task[],
): readonly Problem[] {
  const problems = [...duplicates(flattenTasks(tasks)), ...blocks.flatMap((block) => oddBox(text, block))];
  if (tasks.length > 0 || problems.length > 0) return problems;
  const title = blocks[0]?.range ?? { start: 0, end: 0 };
  return [
    {
      rule: 'no-tasks',
      severity: 'warning',
      message:
        'This document has no task. Write tasks as “- [ ] 1. Title”, sub-tasks as “- [ ] 1.1 Title” below them.',
      range: title,
    },
  ];
}

function duplicates(tasks: readonly Task[]): readonly Problem[] {
  const first = new Map<string, Task>();
  return tasks.flatMap((task): readonly Problem[] => {
    const earlier = task.id === undefined ? undefined : first.get(task.id);
    if (task.id !== undefined && earlier === undefined) first.set(task.id, task);
    if (earlier === undefined) return [];
    return [
      {
        rule: 'duplicate-task-id',
        severity: 'warning',
        message: `Task ${task.id} exists already (line ${earlier.line + 1}). Number one of the two anew, so that both can be named.`,
        range: task.headRange,
      },
    ];
  });
}

function oddBox(text: string, block: Block): readonly Problem[] {
  if (block.kind !== 'listItem' || block.number !== undefined) return [];
  const match = ODD_BOX.exec(text.slice(block.content.start, block.content.end));
  const state = match?.[1];
  if (state === undefined || STATE.test(state)) return [];
  return [
    {
      rule: 'unreadable-task-state',
      severity: 'warning',
      message: `“[${state}]” is no task state, so this line is not read as a task. Write [ ], [-], [x] or [~].`,
      range: { start: block.content.start, end: block.content.start + state.length + 2 },
    },
  ];
}
