import { kindOfId } from '../../../spec/mentions';
import type { DocumentKind, Reference, SpecDocuments } from '../../../spec/model';
import { flattenTasks } from '../../../spec/taskTree';
import type { Found, SpecRule } from '../../rule';

type Placed = Found & { readonly document: DocumentKind };

/** Ids that exist, by what they name; undefined where no document says. */
interface KnownIds {
  readonly requirements: ReadonlySet<string> | undefined;
  readonly criteria: ReadonlySet<string> | undefined;
  readonly properties: ReadonlySet<string> | undefined;
  readonly tasks: ReadonlySet<string> | undefined;
}

export const unknownReference: SpecRule = {
  scope: 'spec',
  id: 'unknown-reference',
  code: 'E121',
  title: 'Reference to what does not exist',
  levels: { recommended: 'warning', 'incose-full': 'warning' },
  why: 'A link that leads nowhere proves nothing: the task or property that has it may cover a criterion that was renumbered, or none at all.',
  bad: '- [ ] 1. Build the door\n  - _Requirements: 1.7_',
  good: '- [ ] 1. Build the door\n  - _Requirements: 1.1_',
  examplesIn: 'tasks',
  source: "Kiro's documents",
  check: (documents) => {
    const known = knownIds(documents);
    const { design, tasks } = documents;
    const found: Placed[] = [];
    const look = (document: DocumentKind, references: readonly Reference[], kind?: 'property' | 'task') => {
      for (const { tokens } of references)
        for (const token of tokens) {
          const message = problemOf(known, token.id, kind);
          if (message !== undefined) found.push({ document, range: token.range, message });
        }
    };
    for (const { references } of design?.properties ?? []) look('design', references);
    for (const { references, properties, depends } of flattenTasks(tasks?.tasks ?? [])) {
      look('tasks', references);
      look('tasks', properties, 'property');
      look('tasks', depends, 'task');
    }
    for (const { tasks: named } of tasks?.waves ?? []) look('tasks', named, 'task');
    return found;
  },
};

function problemOf(known: KnownIds, id: string, kind?: 'property' | 'task'): string | undefined {
  const what = kind ?? kindOfId(id);
  const ids = { property: known.properties, task: known.tasks, ...bothOf(known) }[what];
  if (ids === undefined || ids.has(id)) return undefined;
  const place = {
    property: 'design.md',
    task: 'tasks.md',
    requirement: 'the requirements',
    criterion: 'the requirements',
  };
  return `There is no ${what} ${id} in ${place[what]}. Correct the number, or take it out.`;
}

function bothOf({ requirements, criteria }: KnownIds) {
  return { requirement: requirements, criterion: criteria };
}

function knownIds({ requirements, design, tasks }: SpecDocuments): KnownIds {
  // A document in which nothing could be read says nothing about what exists.
  const some = <T>(all: readonly T[] | undefined, idsOf: (one: T) => readonly string[]) =>
    all === undefined || all.length === 0
      ? undefined
      : new Set(all.flatMap(idsOf).map((id) => id.toUpperCase()));
  return {
    requirements: some(requirements?.requirements, ({ id }) => [id]),
    // A requirement may be numbered `1.2` itself.
    criteria: some(requirements?.requirements, ({ id, criteria }) => [
      id,
      ...criteria.map((each) => each.id),
    ]),
    properties: some(design?.properties, ({ id }) => [id]),
    tasks: some(tasks === undefined ? undefined : flattenTasks(tasks.tasks), ({ id }) =>
      id === undefined ? [] : [id],
    ),
  };
}
