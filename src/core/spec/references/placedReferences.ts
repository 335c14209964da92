/** Every place of a spec that names something by its id: the facts of properties, tasks and waves, and running text. */
import type { DocumentKind, Reference, SpecDocument, SpecDocuments } from '../model';
import { evidenceLines } from '../requirements/evidence';
import { flattenTasks } from '../tasks/taskTree';
import { type Namespace, proseReferences } from './proseReferences';

export interface PlacedReference {
  readonly document: DocumentKind;
  readonly names: Namespace;
  readonly reference: Reference;
  /** In running text, where it cannot be left out. */
  readonly prose: boolean;
}

/**
 * Of one document, in the order of its text.
 * @param defined Where its own ids are written: “Requirement 2” in a heading names nothing else.
 */
export function placedReferences(
  document: SpecDocument,
  labels: ReadonlySet<string>,
  defined: ReadonlySet<number>,
): readonly PlacedReference[] {
  const facts = factsOf(document);
  const taken = new Set(defined);
  for (const { reference } of facts) for (const { range } of reference.tokens) taken.add(range.start);
  const prose = proseReferences(document, labels)
    .filter(({ reference }) => !reference.tokens.some(({ range }) => taken.has(range.start)))
    .map((found) => ({ ...found, document: document.kind, prose: true }));
  return [...facts, ...prose].sort((a, b) => a.reference.range.start - b.reference.range.start);
}

/** The ids with letters in them that a spec's requirements and criteria have: `US-2`. */
export function labelsOf({ requirements }: SpecDocuments): ReadonlySet<string> {
  const ids = (requirements?.requirements ?? []).flatMap(({ id, criteria }) => [
    id,
    ...criteria.map((criterion) => criterion.id),
  ]);
  return new Set(ids.filter((id) => /^[A-Z]/.test(id)));
}

function factsOf(document: SpecDocument): readonly PlacedReference[] {
  const placed = (names: Namespace) => (reference: Reference) => ({
    document: document.kind,
    names,
    reference,
    prose: false,
  });
  if (document.kind === 'design')
    return document.properties.flatMap(({ references }) => references.map(placed('criterion')));
  if (document.kind === 'requirements' || document.kind === 'bugfix')
    // A line of evidence without its criterion would be no line of evidence.
    return (evidenceLines(document) ?? []).flatMap(({ references }) =>
      references.map((reference) => ({ ...placed('criterion')(reference), prose: true })),
    );
  if (document.kind !== 'tasks') return [];
  return [
    ...flattenTasks(document.tasks).flatMap(({ references, properties, depends }) => [
      ...references.map(placed('criterion')),
      ...properties.map(placed('property')),
      ...depends.map(placed('task')),
    ]),
    ...document.waves.flatMap(({ tasks }) => tasks.map(placed('task'))),
  ];
}
