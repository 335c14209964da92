/** What a run would do, for people. */
import type { Plan } from '../core/tasks/plan/model';
import { taskTitle } from '../core/tasks/taskState';
import type { TextRange } from '../core/util/textRange';
import type { Paint } from './output';
import { oneLine } from './printable';

/** In tasks.md, from 1. */
export type LineOf = (range: TextRange) => number;

export function planLines(
  { tasks, optional, findings, estimate }: Plan,
  lineOf: LineOf,
  paint: Paint,
): readonly string[] {
  if (tasks.length === 0) return ['Nothing would run.', ...problems(findings, lineOf)];
  const waves = [...new Set(tasks.map(({ wave }) => wave))];
  return [
    ...waves.flatMap((wave) => [
      paint('bold', `Wave ${wave + 1}`),
      ...tasks
        .filter((each) => each.wave === wave)
        .map(({ task }) => {
          const box = task.state === 'done' ? 'again ' : '';
          const name = oneLine(`${box}${taskTitle(task)}${task.optional ? ' (optional)' : ''}`);
          return `  ${name}${paint('dim', `  may touch ${oneLine(mayTouch(task.boundary))}`)}`;
        }),
    ]),
    ...problems(findings, lineOf),
    ...(optional.length > 0 ? [`Left out: ${optional.length} optional (--all runs them).`] : []),
    ...(estimate === undefined ? [] : [estimateInWords(tasks.length, estimate)]),
  ];
}

/** `src/**, test/**`, `any file`, `any file but docs/**`. */
export function mayTouch(boundary: readonly string[]): string {
  const inside = boundary.filter((glob) => !glob.startsWith('!'));
  const outside = boundary.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const words = inside.length > 0 ? inside.join(', ') : 'any file';
  return outside.length > 0 ? `${words} but ${outside.join(', ')}` : words;
}

function problems(findings: Plan['findings'], lineOf: LineOf): readonly string[] {
  return findings.map(({ message, range }) => oneLine(`! tasks.md:${lineOf(range)}: ${message}`, 300));
}

function estimateInWords(count: number, { minutes, cost }: NonNullable<Plan['estimate']>): string {
  const price = cost === undefined ? '' : ` and $${cost.toFixed(2)}`;
  const tasks = count === 1 ? 'One task' : `${count} tasks`;
  return `${tasks}: about ${Math.max(1, Math.round(minutes))} min${price}, by earlier ones.`;
}
