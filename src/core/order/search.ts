/** Looking through all specs: their names, requirements, criteria, properties, tasks. Pure. */
import type { DocumentKind, Spec, SpecDocument } from '../spec/model';
import { flattenTasks } from '../spec/tasks/taskTree';

export interface SearchEntry {
  readonly kind: 'spec' | 'requirement' | 'criterion' | 'property' | 'task';
  readonly spec: Spec;
  /** `1.2`; empty of a spec. */
  readonly id: string;
  readonly text: string;
  readonly document: DocumentKind;
  readonly offset: number;
  /** What is looked through, in lower case. */
  readonly words: string;
}

type Place = Pick<SearchEntry, 'kind' | 'id' | 'text' | 'document' | 'offset'>;

/** @param label What the spec is called. */
export function searchEntriesOf(spec: Spec, label: string): readonly SearchEntry[] {
  const first = spec.documents.find(({ text }) => text !== undefined) ?? spec.documents[0];
  const itself: Place = {
    kind: 'spec',
    id: '',
    text: label,
    document: first?.kind ?? 'requirements',
    offset: 0,
  };
  const places = spec.documents.flatMap(({ document }) => (document === undefined ? [] : placesIn(document)));
  return [itself, ...places].map((place) => ({
    ...place,
    spec,
    text: place.text.replace(/\s+/g, ' ').trim(),
    words: `${label} ${place.id} ${place.text}`.toLowerCase(),
  }));
}

function placesIn(document: SpecDocument): readonly Place[] {
  if (document.kind === 'tasks')
    return flattenTasks(document.tasks).map(({ id = '', title: text, headRange }) => ({
      ...{ kind: 'task', id, text, document: 'tasks', offset: headRange.start },
    }));
  if (document.kind === 'design')
    return document.properties.map(({ id, title: text, headingRange }) => ({
      ...{ kind: 'property', id, text, document: 'design', offset: headingRange.start },
    }));
  const { kind } = document;
  return document.requirements.flatMap(({ id, title: text, headingRange, criteria }): readonly Place[] => [
    { kind: 'requirement', id, text, document: kind, offset: headingRange.start },
    ...criteria.map(
      (each): Place => ({
        ...{ kind: 'criterion', id: each.id, text: each.text, document: kind, offset: each.range.start },
      }),
    ),
  ]);
}

const ORDER: Readonly<Record<SearchEntry['kind'], number>> = {
  spec: 0,
  requirement: 1,
  criterion: 2,
  property: 3,
  task: 4,
};

/** Entries that hold every word: an id that was typed whole first, then what begins with it. */
export function searchSpecs(
  entries: readonly SearchEntry[],
  query: string,
  most: number,
): readonly SearchEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.filter(({ kind }) => kind === 'spec').slice(0, most);
  const rank = ({ id, text, kind }: SearchEntry) =>
    (words.includes(id.toLowerCase()) && id !== '' ? 0 : 10) +
    (text.toLowerCase().startsWith(words[0] ?? '') ? 0 : 5) +
    ORDER[kind];
  return entries
    .filter((entry) => words.every((word) => entry.words.includes(word)))
    .map((entry) => [rank(entry), entry] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, most)
    .map(([, entry]) => entry);
}
