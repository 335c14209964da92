/** The parts of a document that links lead to from some criteria: nothing else is shown to a model, or changed. */

import { splitParts } from '../../spec/merge/parts';
import type { SpecDocuments } from '../../spec/model';
import { referencesOf } from '../../spec/references/mentions';

export interface Slice {
  /** Names it in a request and its answer: as people call the part, and counted where two are called so. */
  readonly key: string;
  /** Which of the document's parts it is. */
  readonly index: number;
  readonly text: string;
}

/** All parts of a document, each with a name of its own. */
export function slicesOf(document: SpecDocuments['design' | 'tasks']): readonly Slice[] {
  const seen = new Map<string, number>();
  return (document === undefined ? [] : splitParts(document)).map(({ id, number, words }, index) => {
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    return {
      key: nth === 1 ? id : `${id} (${nth})`,
      index,
      text: `${number}${words}`.replace(/\r\n?/g, '\n'),
    };
  });
}

/**
 * @param criteria Ids of criteria; a part that names the whole requirement is reached, too.
 * @param properties Ids of properties that are reached: tasks that are about them are.
 */
export function reachedSlices(
  documents: SpecDocuments,
  kind: 'design' | 'tasks',
  criteria: readonly string[],
  properties: readonly string[] = [],
): readonly Slice[] {
  const document = documents[kind];
  if (document === undefined) return [];
  const wanted = new Set([...criteria, ...criteria.map(requirementOf)].map((id) => id.toUpperCase()));
  const ends: number[] = [];
  for (const { number, words, gap } of splitParts(document))
    ends.push((ends.at(-1) ?? 0) + number.length + words.length + gap.length);
  const reached = new Set<number>();
  for (const { document: where, names, reference } of referencesOf(documents)) {
    if (where !== kind) continue;
    const leads =
      (names === 'criterion' && reference.ids.some((id) => wanted.has(id.toUpperCase()))) ||
      (names === 'property' && reference.ids.some((id) => properties.includes(id)));
    if (leads) reached.add(ends.findIndex((end) => reference.range.start < end));
  }
  return slicesOf(document).filter(({ index }) => reached.has(index));
}

/** The properties among some parts of a design. */
export function propertiesIn(slices: readonly Slice[]): readonly string[] {
  return slices.flatMap(({ key }) => /^Property (.+)$/.exec(key)?.[1] ?? []);
}

function requirementOf(criterion: string): string {
  return criterion.split('.').slice(0, -1).join('.') || criterion;
}
