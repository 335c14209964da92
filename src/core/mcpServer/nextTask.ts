/** Which task another agent can begin, and all that it needs to know for it. */

import { documentsOf } from '../spec/documentsOf';
import type { Spec, Task } from '../spec/model';
import { planRun } from '../tasks/plan/planRun';
import { basename } from '../util/path';
import { taskSlices } from '../workflow/drafting/slices';
import type { Known } from './desk';

export interface NextTask {
  readonly task: Task;
  /** Tasks that it stands on and that are reported, but not checked. */
  readonly unchecked: readonly string[];
}

/** The first required task that waits for nothing but what is done or reported, and that nobody is at. */
export function nextTask(spec: Spec, known: (task: Task) => Known): NextTask | undefined {
  const { tasks } = documentsOf(spec.documents);
  if (tasks === undefined) return undefined;
  const { tasks: planned } = planRun(tasks, { kind: 'required' });
  const reported = new Map(
    planned.filter(({ task }) => known(task).claim !== undefined).map(({ task }) => [task.key, task]),
  );
  const found = planned.find(
    ({ task, after }) =>
      (task.state === 'open' || task.state === 'queued') &&
      !reported.has(task.key) &&
      after.every((key) => reported.has(key)),
  );
  return found && { task: found.task, unchecked: found.after.map((key) => reported.get(key)?.id ?? key) };
}

/** The task, what its links reach, and what is expected. */
export function taskContext(spec: Spec, name: string, { task, unchecked }: NextTask, known: Known): string {
  const documents = documentsOf(spec.documents);
  const slices = taskSlices(documents, task) ?? wholeOf(spec);
  const unapproved = spec.documents
    .filter(({ text, state }) => text !== undefined && state !== 'approved')
    .map(({ path, state }) => `${basename(path)} (${state})`);
  const { found } = known;
  const parts = [
    `Task ${task.id ?? task.key} of the spec ${name}: ${task.title}`,
    task.details.map((detail) => `- ${detail}`).join('\n'),
    task.requirements.length > 0 ? `It covers the requirements ${task.requirements.join(', ')}.` : '',
    task.boundary.length > 0 ? `Change only these files: ${task.boundary.join(', ')}.` : '',
    task.verify === undefined ? '' : `The command that has to pass: ${task.verify}`,
    unchecked.length > 0
      ? `It stands on what was reported and not yet checked: task ${unchecked.join(', ')}.`
      : '',
    unapproved.length > 0 ? `Nobody approved this text: ${unapproved.join(', ')}. Tell the person so.` : '',
    found && found.evidence.reasons.length > 0
      ? `It was tried before, and this was found:\n${found.evidence.reasons.map((why) => `- ${why}`).join('\n')}`
      : '',
    ...slices.map(({ name: file, text }) => `# ${file}\n\n${text}`),
    'Do this task and no other. Change nothing in .kiro: propose_edit tells the person what should be another. When you are done, call report_evidence.',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function wholeOf({ documents }: Spec): readonly { readonly name: string; readonly text: string }[] {
  return documents.flatMap(({ path, text }) => (text === undefined ? [] : [{ name: basename(path), text }]));
}
