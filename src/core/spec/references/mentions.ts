/** Who names what in a spec: the one index behind definitions, references, renaming and renumbering. */
import type { TextRange } from '../../util/textRange';
import type {
  DesignDocument,
  DocumentKind,
  RequirementsDocument,
  SpecDocument,
  SpecDocuments,
  TasksDocument,
} from '../model';
import { flattenTasks } from '../tasks/taskTree';
import { plainName, termPattern } from '../termPattern';
import { labelsOf, type PlacedReference, placedReferences } from './placedReferences';

export type EntityKind = 'requirement' | 'criterion' | 'property' | 'task' | 'term';

/** A place that names something by its id, or a glossary term by its name. */
export interface Mention {
  readonly kind: EntityKind;
  readonly id: string;
  readonly role: 'definition' | 'reference';
  readonly document: DocumentKind;
  /** The id or name alone. Empty where a criterion is named by nothing but its position. */
  readonly range: TextRange;
}

/** Who is named where, token by token, and in which lists and ranges. */
interface Index {
  readonly mentions: readonly Mention[];
  readonly references: readonly PlacedReference[];
}

const known = new WeakMap<SpecDocuments, Index>();

/** All mentions of a spec, by document, in the order of the text. */
export function mentionsOf(documents: SpecDocuments): readonly Mention[] {
  return indexOf(documents).mentions;
}

/** All that names requirements, criteria, properties and tasks, by document, in the order of the text. */
export function referencesOf(documents: SpecDocuments): readonly PlacedReference[] {
  return indexOf(documents).references;
}

/** What a token of a reference names: a whole requirement, or one of its criteria. */
export function kindOfId(id: string): 'requirement' | 'criterion' {
  return id.includes('.') ? 'criterion' : 'requirement';
}

function indexOf(documents: SpecDocuments): Index {
  let index = known.get(documents);
  if (index === undefined) {
    index = createIndex(documents);
    known.set(documents, index);
  }
  return index;
}

function createIndex(documents: SpecDocuments): Index {
  const { requirements, design, tasks } = documents;
  const labels = labelsOf(documents);
  const glossary = requirements?.glossary ?? [];
  const terms = termPattern(glossary);
  const names = new Map(glossary.map(({ name }) => [plainName(name), name]));
  const dotted = new Set(requirements?.requirements.map(({ id }) => id).filter((id) => id.includes('.')));
  const mentions: Mention[] = [];
  const references: PlacedReference[] = [];
  for (const document of [requirements, design, tasks]) {
    if (document === undefined) continue;
    const defined = definitionsOf(document);
    const placed = placedReferences(document, labels, startsOf(defined));
    const ids = [...defined, ...placed.flatMap((each) => tokensOf(each, dotted))];
    const uses = terms === undefined ? [] : termMentions(document, terms, names, ids);
    mentions.push(...[...ids, ...uses].sort((a, b) => a.range.start - b.range.start));
    references.push(...placed);
  }
  return { mentions, references };
}

function definitionsOf(document: SpecDocument): readonly Mention[] {
  const define = (kind: EntityKind, id: string, range: TextRange): Mention => ({
    kind,
    id,
    role: 'definition',
    document: document.kind,
    range,
  });
  if (document.kind === 'design') return definedProperties(document, define);
  return document.kind === 'tasks' ? definedTasks(document, define) : definedCriteria(document, define);
}

type Define = (kind: EntityKind, id: string, range: TextRange) => Mention;

function definedCriteria(
  { requirements, glossary }: RequirementsDocument,
  define: Define,
): readonly Mention[] {
  return [
    ...glossary.map(({ name, range }) => define('term', name, range)),
    ...requirements.flatMap(({ id, idRange, criteria }) => [
      define('requirement', id, idRange),
      ...criteria.map((criterion) => define('criterion', criterion.id, criterion.idRange)),
    ]),
  ];
}

function definedProperties({ properties }: DesignDocument, define: Define): readonly Mention[] {
  return properties.map(({ id, idRange }) => define('property', id, idRange));
}

function definedTasks({ tasks }: TasksDocument, define: Define): readonly Mention[] {
  return flattenTasks(tasks).flatMap(({ id, idRange }) =>
    id === undefined || idRange === undefined ? [] : [define('task', id, idRange)],
  );
}

/** @param dotted The requirements that are numbered `1.2` themselves. */
function tokensOf(
  { document, names, reference }: PlacedReference,
  dotted: ReadonlySet<string>,
): readonly Mention[] {
  const kindOf = (id: string) => {
    if (names !== 'criterion') return names;
    return dotted.has(id) ? 'requirement' : kindOfId(id);
  };
  return reference.tokens.map(({ id, range }) => ({
    kind: kindOf(id),
    id,
    role: 'reference',
    document,
    range,
  }));
}

/** Where ids that are written begin. */
function startsOf(mentions: readonly Mention[]): ReadonlySet<number> {
  return new Set(mentions.filter(({ range }) => range.start < range.end).map(({ range }) => range.start));
}

/** Uses of glossary terms, a plural's ending left out of the range. */
function termMentions(
  { kind: document, text, blocks }: SpecDocument,
  terms: RegExp,
  names: ReadonlyMap<string, string>,
  ids: readonly Mention[],
): readonly Mention[] {
  const taken = startsOf(ids);
  const mentions: Mention[] = [];
  for (const block of blocks) {
    if (block.kind === 'fence' || block.kind === 'comment' || block.kind === 'break') continue;
    const { start, end } = block.range;
    for (const match of text.slice(start, end).matchAll(terms)) {
      const at = start + match.index;
      const written = match[1] ?? '';
      if (taken.has(at)) continue;
      const id = names.get(plainName(written)) ?? written;
      const range = { start: at, end: at + written.length };
      mentions.push({ kind: 'term', id, role: 'reference', document, range });
    }
  }
  return mentions;
}
