import type { Criterion } from '../../../ears/model';
import { eolOf } from '../../../spec/edits/lines';
import { insertTask } from '../../../spec/edits/reorderTasks';
import type { Fix, SpecDocuments, Task, TasksDocument } from '../../../spec/model';
import { tasksNaming } from '../../../spec/tasks/tasksNaming';
import { flattenTasks } from '../../../spec/tasks/taskTree';
import type { SpecRule } from '../../rule';

/** So many tasks of the same requirement are offered; a menu of all would help nobody. */
const MOST = 3;
const LONGEST_TITLE = 80;

export const uncoveredCriterion: SpecRule = {
  scope: 'spec',
  id: 'uncovered-criterion',
  code: 'T01',
  title: 'Criterion that no task names',
  levels: { recommended: 'off', 'incose-full': 'info' },
  why: 'What no task names, nobody is asked to build. `earshot trace` shows the whole chain.',
  bad: '- [ ] 1. Build the door',
  good: '- [ ] 1. Build the door\n  - _Requirements: 1.1_',
  examplesIn: 'tasks',
  source: 'INCOSE GtWR R30; DO-178C',
  check: (documents) => {
    const { requirements, tasks } = documents;
    if (requirements === undefined || tasks === undefined || tasks.tasks.length === 0) return [];
    const naming = tasksNaming(tasks.tasks);
    return requirements.requirements.flatMap(({ id: requirement, criteria }) => {
      const left = criteria.filter(({ id }) => naming(id, requirement).length === 0);
      const about = left.length === 0 ? [] : tasksAbout(tasks, requirement);
      return left.map((criterion) => ({
        document: requirements.kind,
        message: `No task names criterion ${criterion.id}. Add it to a task's “_Requirements:”.`,
        range: criterion.range,
        fixes: [...named(about, criterion.id), taskFor(documents, tasks, criterion)],
      }));
    });
  },
};

/** The first tasks that name another criterion of a requirement. */
function tasksAbout({ tasks }: TasksDocument, requirement: string): readonly Task[] {
  const before = `${requirement.toUpperCase()}.`;
  return flattenTasks(tasks)
    .filter(({ requirements }) => requirements.some((id) => id.toUpperCase().startsWith(before)))
    .slice(0, MOST);
}

/** Named by a task that is about its requirement already. */
function named(tasks: readonly Task[], criterion: string): readonly Fix[] {
  return tasks.flatMap(({ id, title, references }): readonly Fix[] => {
    const end = references.at(-1)?.range.end;
    if (end === undefined) return [];
    const edit = { document: 'tasks', range: { start: end, end }, newText: `, ${criterion}` } as const;
    return [{ title: `Add ${criterion} to task ${id ?? `“${title}”`}`, safe: false, edits: () => [edit] }];
  });
}

/** A task of its own behind the others, called by what the criterion asks for. */
function taskFor(documents: SpecDocuments, { text, tasks }: TasksDocument, { id, clauses }: Criterion): Fix {
  const response = clauses.find(({ role }) => role === 'response')?.text.replace(/\s+/g, ' ') ?? '';
  const words =
    response === '' || response.length > LONGEST_TITLE
      ? `Meet criterion ${id}`
      : response.charAt(0).toUpperCase() + response.slice(1);
  return {
    title: `Add a task for ${id}`,
    safe: false,
    edits: () =>
      insertTask(documents, undefined, tasks.length, `${words}${eolOf(text)}  - _Requirements: ${id}_`),
  };
}
