/** Who names what in a spec: the one index behind definitions, references, renaming and renumbering. */
import type { TextRange } from '../util/textRange';
import type {
  DesignDocument,
  DocumentKind,
  GlossaryTerm,
  Reference,
  RequirementsDocument,
  SpecDocument,
  SpecDocuments,
  TasksDocument,
} from './model';
import { proseMentions } from './proseMentions';
import { flattenTasks } from './taskTree';
import { termPattern } from './termPattern';

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

const known = new WeakMap<SpecDocuments, readonly Mention[]>();

/** All mentions of a spec, by document, in the order of the text. */
export function mentionsOf(documents: SpecDocuments): readonly Mention[] {
  let mentions = known.get(documents);
  if (mentions === undefined) {
    const { requirements, design, tasks } = documents;
    const terms = termPattern(requirements?.glossary ?? []);
    mentions = [
      ...(requirements === undefined ? [] : inOrder(requirements, ofRequirements(requirements), terms)),
      ...(design === undefined ? [] : inOrder(design, ofDesign(design), terms)),
      ...(tasks === undefined ? [] : inOrder(tasks, ofTasks(tasks), terms)),
    ];
    known.set(documents, mentions);
  }
  return mentions;
}

/** What a token of a reference names: a whole requirement, or one of its criteria. */
export function kindOfId(id: string): 'requirement' | 'criterion' {
  return id.includes('.') ? 'criterion' : 'requirement';
}

function inOrder(
  document: SpecDocument,
  structured: readonly Mention[],
  terms: RegExp | undefined,
): readonly Mention[] {
  const taken = new Set(structured.map(({ range }) => range.start));
  const prose = proseMentions(document).filter(({ range }) => !taken.has(range.start));
  const names = terms === undefined ? [] : termMentions(document, terms, taken);
  return [...structured, ...prose, ...names].sort((a, b) => a.range.start - b.range.start);
}

function ofRequirements({ kind, requirements, glossary }: RequirementsDocument): readonly Mention[] {
  const define = definer(kind);
  return [
    ...glossary.map(({ name, range }: GlossaryTerm) => define('term', name, range)),
    ...requirements.flatMap(({ id, idRange, criteria }) => [
      define('requirement', id, idRange),
      ...criteria.map((criterion) => define('criterion', criterion.id, criterion.idRange)),
    ]),
  ];
}

function ofDesign({ kind, properties }: DesignDocument): readonly Mention[] {
  const define = definer(kind);
  return properties.flatMap(({ id, idRange, references }) => [
    define('property', id, idRange),
    ...references.flatMap((reference) => tokensOf(kind, reference, kindOfId)),
  ]);
}

function ofTasks({ kind, tasks, waves }: TasksDocument): readonly Mention[] {
  const define = definer(kind);
  const mentions = flattenTasks(tasks).flatMap(({ id, idRange, references, properties, depends }) => [
    ...(id === undefined || idRange === undefined ? [] : [define('task', id, idRange)]),
    ...references.flatMap((reference) => tokensOf(kind, reference, kindOfId)),
    ...properties.flatMap((reference) => tokensOf(kind, reference, () => 'property')),
    ...depends.flatMap((reference) => tokensOf(kind, reference, () => 'task')),
  ]);
  const inWaves = waves.flatMap((wave) => wave.tasks.flatMap((task) => tokensOf(kind, task, () => 'task')));
  return [...mentions, ...inWaves];
}

function definer(document: DocumentKind) {
  return (kind: EntityKind, id: string, range: TextRange): Mention => ({
    kind,
    id,
    role: 'definition',
    document,
    range,
  });
}

function tokensOf(
  document: DocumentKind,
  { tokens }: Reference,
  kindOf: (id: string) => EntityKind,
): readonly Mention[] {
  return tokens.map(({ id, range }) => ({ kind: kindOf(id), id, role: 'reference', document, range }));
}

/** Uses of glossary terms, a plural's ending left out of the range. */
function termMentions(document: SpecDocument, terms: RegExp, taken: ReadonlySet<number>): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const block of document.blocks) {
    if (block.kind === 'fence' || block.kind === 'comment' || block.kind === 'break') continue;
    const { start, end } = block.range;
    for (const match of document.text.slice(start, end).matchAll(terms)) {
      const at = start + match.index;
      const id = match[1] ?? '';
      if (taken.has(at)) continue;
      const range = { start: at, end: at + id.length };
      mentions.push({ kind: 'term', id, role: 'reference', document: document.kind, range });
    }
  }
  return mentions;
}
