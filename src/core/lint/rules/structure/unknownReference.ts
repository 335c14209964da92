import { takeOutReference } from '../../../spec/edits/takeOut';
import type { DocumentKind, Fix, Reference, SpecDocument, SpecDocuments } from '../../../spec/model';
import { type EntityKind, kindOfId } from '../../../spec/references/mentions';
import { flattenTasks } from '../../../spec/tasks/taskTree';
import type { Found, SpecRule } from '../../rule';
import { rewrite } from '../rewrite';

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
    const look = (
      document: SpecDocument | undefined,
      references: readonly Reference[],
      kind?: 'property' | 'task',
    ) => {
      for (const reference of references)
        for (const token of reference.tokens) {
          const { id, range } = token;
          const what = kind ?? kindOfId(id);
          const ids = known(what);
          if (document === undefined || ids?.has(id) !== false) continue;
          const named = new Set(references.flatMap((each) => each.ids));
          const near = nearIds(id, ids, named);
          const fixes = mends(document, reference, token, near, kind !== 'property');
          found.push({ document: document.kind, range, message: messageOf(what, id), fixes });
        }
    };
    for (const { references } of design?.properties ?? []) look(design, references);
    for (const { references, properties, depends } of flattenTasks(tasks?.tasks ?? [])) {
      look(tasks, references);
      look(tasks, properties, 'property');
      look(tasks, depends, 'task');
    }
    for (const { tasks: named } of tasks?.waves ?? []) look(tasks, named, 'task');
    return found;
  },
};

/** So many numbers are offered. */
const MOST = 2;

/** The nearest numbers that exist beside it: 1.3 for 1.7. What its list names already helps nobody. */
function nearIds(id: string, known: ReadonlySet<string>, named: ReadonlySet<string>): readonly string[] {
  const family = id.replace(/\d+$/, '');
  const number = Number(id.slice(family.length));
  const distance = (other: string) => Math.abs(Number(other.slice(family.length)) - number);
  return [...known]
    .filter((other) => other.startsWith(family) && /^\d+$/.test(other.slice(family.length)))
    .filter((other) => !named.has(other))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MOST);
}

/** @param inList It is one of a list, and not the beginning of a title: `**Property 3: …**`. */
function mends(
  { text }: SpecDocument,
  { range, tokens }: Reference,
  token: Reference['tokens'][number],
  near: readonly string[],
  inList: boolean,
): readonly Fix[] {
  const written = text.slice(token.range.start, token.range.end);
  // `1.2-4` ends with a bare number.
  const isWhole = written.toUpperCase() === token.id;
  const others = isWhole
    ? near.map((id) => rewrite(`Write ${id}`, false, [{ range: token.range, newText: id }]))
    : [];
  const title = `Take ${text.slice(range.start, range.end)} out`;
  const isLast = tokens.at(-1) === token;
  return [...others, ...(inList && isLast ? [rewrite(title, false, [takeOutReference(text, range)])] : [])];
}

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
