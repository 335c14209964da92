import type { Block } from '../../markdown/blocks';
import type { Finding, Task } from '../model';
import { flattenTasks } from './taskTree';

/** Something that was meant as a checkbox: one character, or none, between brackets that text follows. */
const ODD_BOX = /^\[([^\]\d]|[^\]\d]{2}|)\]\\?\*?[ \t]+\S/u;
const STATE = /^[ xX\-~]$/;

/** What is wrong with the structure of tasks.md, as far as it can be seen from tasks.md alone. */
export function taskFindings(
  text: string,
  blocks: readonly Block[],
  tasks: readonly Task[],
): readonly Finding[] {
  const findings = [...duplicates(flattenTasks(tasks)), ...blocks.flatMap((block) => oddBox(text, block))];
  if (tasks.length > 0 || findings.length > 0) return findings;
  const title = blocks[0]?.range ?? { start: 0, end: 0 };
  return [
    {
      rule: 'no-tasks',
      message:
        'This document has no task. Write tasks as “- [ ] 1. Title”, sub-tasks as “- [ ] 1.1 Title” below them.',
      range: title,
    },
  ];
}

function duplicates(tasks: readonly Task[]): readonly Finding[] {
  const first = new Map<string, Task>();
  return tasks.flatMap((task): readonly Finding[] => {
    const earlier = task.id === undefined ? undefined : first.get(task.id);
    if (task.id !== undefined && earlier === undefined) first.set(task.id, task);
    if (earlier === undefined) return [];
    return [
      {
        rule: 'duplicate-task-id',
        message: `Task ${task.id} exists already (line ${earlier.line + 1}). Number one of the two anew, so that both can be named.`,
        range: task.headRange,
      },
    ];
  });
}

function oddBox(text: string, block: Block): readonly Finding[] {
  if (block.kind !== 'listItem' || block.number !== undefined) return [];
  const match = ODD_BOX.exec(text.slice(block.content.start, block.content.end));
  const state = match?.[1];
  if (state === undefined || STATE.test(state)) return [];
  return [
    {
      rule: 'unreadable-task-state',
      message: `“[${state}]” is no task state, so this line is not read as a task. Write [ ], [-], [x] or [~].`,
      range: { start: block.content.start, end: block.content.start + state.length + 2 },
    },
  ];
}
