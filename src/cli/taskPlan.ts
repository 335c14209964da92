/** Which tasks a run would do, and which checks it would use: known before anything starts. */

import { isCalled, labelsOf } from '../core/order/names';
import type { FileSystem } from '../core/ports';
import type { Spec, Task } from '../core/spec/model';
import { flattenTasks, requiredLeaves } from '../core/spec/tasks/taskTree';
import { declaredChecks } from '../core/tasks/evidence/checks';
import type { Check } from '../core/tasks/evidence/model';
import { UsageError } from './command';

/** The spec of a name, or a `UsageError` that says which there are. */
export function requireSpec(specs: readonly Spec[], name: string): Spec {
  const labels = labelsOf(specs, [...new Set(specs.map(({ root }) => root))]);
  const label = ({ path }: Spec) => labels.get(path) ?? '';
  // What tells it from all others comes before a name that others may have, too.
  const labelled = specs.find((candidate) => label(candidate) === name);
  const called = specs.filter((candidate) => isCalled(candidate, name));
  const spec = labelled ?? (called.length === 1 ? called[0] : undefined);
  if (spec) return spec;
  if (called.length > 1)
    throw new UsageError(`Several specs are called “${name}”: ${called.map(label).join(', ')}. Say which.`);
  const names = specs.map(label);
  throw new UsageError(
    names.length === 0
      ? 'There are no specs in this workspace.'
      : `There is no spec “${name}”. There are: ${names.join(', ')}.`,
  );
}

/** Top-level tasks of a spec; none without a tasks.md. */
export function tasksOf({ documents }: Spec): readonly Task[] {
  return documents.flatMap(({ document }) => (document?.kind === 'tasks' ? document.tasks : []));
}

/** The task of a number (or of a key, for one without). Throws `UsageError`. */
export function requireTask(spec: Spec, id: string): Task {
  const all = flattenTasks(tasksOf(spec));
  const found = all.filter((task) => task.id === id || task.key === id);
  const [task] = found;
  if (!task) throw new UsageError(`There is no task ${id} in “${spec.name}”.`);
  if (found.length === 1) return task;
  const keys = found.map(({ key, title }) => `${key} (${title})`).join(', ');
  throw new UsageError(`Several tasks of “${spec.name}” have the number ${id}: name one of ${keys}.`);
}

/** What the core's runner does for a task, or for the whole spec: required leaves that are not done. */
export function plannedTasks(spec: Spec, task: Task | undefined): readonly Task[] {
  const open = requiredLeaves(task ? task.children : tasksOf(spec)).filter(({ state }) => state !== 'done');
  return task && open.length === 0 ? [task] : open;
}

/** What would be run as checks of these tasks, each command once. */
export async function checksOf(
  files: FileSystem,
  spec: Spec,
  tasks: readonly Task[],
): Promise<readonly Check[]> {
  const all = await Promise.all(tasks.map((task) => declaredChecks(files, spec.root, task)));
  return [...new Map(all.flat().map((check) => [check.command, check])).values()];
}
