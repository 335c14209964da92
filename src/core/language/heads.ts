/** The line that names a requirement, a criterion or a task: where a person takes hold of it. */
import type { Criterion } from '../ears/model';
import { linesAround } from '../spec/edits/lines';
import type { Requirement, RequirementsDocument, SpecDocument, Task, TasksDocument } from '../spec/model';
import { flattenTasks } from '../spec/tasks/taskTree';
import type { TextRange } from '../util/textRange';

export interface RequirementHead {
  readonly kind: 'requirement';
  readonly document: RequirementsDocument;
  readonly requirement: Requirement;
}

export interface CriterionHead {
  readonly kind: 'criterion';
  readonly document: RequirementsDocument;
  readonly requirement: Requirement;
  readonly criterion: Criterion;
}

export interface TaskHead {
  readonly kind: 'task';
  readonly document: TasksDocument;
  readonly task: Task;
}

export type Head = RequirementHead | CriterionHead | TaskHead;

/**
 * The head that a selection lies in; all lines of a criterion's own text are its head. None in a bug fix, whose
 * clauses go in pairs.
 */
export function headAt(document: SpecDocument, selection: TextRange): Head | undefined {
  const isHere = (range: TextRange) => {
    const lines = linesAround(document.text, range);
    return lines.start <= selection.start && selection.end <= lines.end;
  };
  if (document.kind === 'tasks') {
    const task = flattenTasks(document.tasks).find(({ headRange }) => isHere(headRange));
    return task && { kind: 'task', document, task };
  }
  if (document.kind !== 'requirements') return undefined;
  for (const requirement of document.requirements) {
    if (isHere(requirement.headingRange)) return { kind: 'requirement', document, requirement };
    const criterion = requirement.criteria.find(({ idRange, range }) =>
      isHere({ start: Math.min(idRange.start, range.start), end: range.end }),
    );
    if (criterion !== undefined) return { kind: 'criterion', document, requirement, criterion };
  }
  return undefined;
}
