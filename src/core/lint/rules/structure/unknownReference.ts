import type { DocumentKind, Reference, SpecDocuments } from '../../../spec/model';
import { type EntityKind, kindOfId } from '../../../spec/references/mentions';
import { flattenTasks } from '../../../spec/tasks/taskTree';
import type { Found, SpecRule } from '../../rule';

type Placed = Found & { readonly document: DocumentKind };

/** Ids that exist, by what they name; undefined where no document says. */
type Named = Exclude<EntityKind, 'term'>;
type KnownIds = (what: Named) => ReadonlySet<string> | undefined;

const PLACES: Readonly<Record<Named, string>> = {
  property: 'design.md',
  task: 'tasks.md',
  requirement: 'the requirements',
  criterion: 'the requirements',
};

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
        for (const { id, range } of tokens) {
          const what = kind ?? kindOfId(id);
          if (known(what)?.has(id) === false) found.push({ document, range, message: messageOf(what, id) });
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

function messageOf(what: Named, id: string): string {
  return `There is no ${what} ${id} in ${PLACES[what]}. Correct the number, or take it out.`;
}

/** Each kind is gathered when it is first named: most documents name criteria only. */
function knownIds({ requirements, design, tasks }: SpecDocuments): KnownIds {
  // Where requirements are counted by position only, people may count them otherwise.
  const written =
    requirements?.kind === 'bugfix' ||
    requirements?.requirements.some(({ idRange }) => idRange.start < idRange.end);
  const counted = (written === true ? requirements?.requirements : undefined) ?? [];
  const read: Readonly<Record<Named, () => ReadonlySet<string> | undefined>> = {
    // `### 1. Access` may hold the requirements 1.1 and 1.2.
    requirement: () => idsOf(counted, ({ id }) => [id, id.replace(/\..*/, '')]),
    // A requirement may be numbered `1.2` itself.
    criterion: () => idsOf(counted, ({ id, criteria }) => [id, ...criteria.map((each) => each.id)]),
    property: () => idsOf(design?.properties ?? [], ({ id }) => [id]),
    task: () => idsOf(flattenTasks(tasks?.tasks ?? []), ({ id }) => (id === undefined ? [] : [id])),
  };
  const known = new Map<Named, ReadonlySet<string> | undefined>();
  return (what) => {
    if (!known.has(what)) known.set(what, read[what]());
    return known.get(what);
  };
}

/** Undefined where nothing could be read: such a document does not say what exists. */
function idsOf<T>(all: readonly T[], of: (one: T) => readonly string[]): ReadonlySet<string> | undefined {
  return all.length === 0 ? undefined : new Set(all.flatMap((one) => of(one).map((id) => id.toUpperCase())));
}
