/** Edits the texts of a spec, and tells what everything in them names: that is what no edit may change. */
import { strict as assert } from 'node:assert';
import type { DocumentEdit, SpecDocuments } from '../../src/core/spec/model';
import { readTexts, type SpecTexts } from '../../src/core/spec/readTexts';
import { referencesOf } from '../../src/core/spec/references/mentions';
import { flattenTasks } from '../../src/core/spec/tasks/taskTree';
import { applyEdits } from '../../src/core/util/textRange';

/** The texts after an edit; no two pieces of it may touch the same characters. */
export function edited(
  texts: SpecTexts,
  edit: (documents: SpecDocuments) => readonly DocumentEdit[],
): SpecTexts {
  const edits = edit(readTexts(texts));
  return Object.fromEntries(
    Object.entries(texts).map(([kind, text]) => {
      const own = edits.filter(({ document }) => document === kind);
      const sorted = [...own].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
      sorted.forEach(({ range }, index) => {
        assert.ok(range.start >= 0 && range.end <= text.length, JSON.stringify(range));
        assert.ok((sorted[index - 1]?.range.end ?? 0) <= range.start, JSON.stringify(sorted));
      });
      return [kind, applyEdits(text, own)];
    }),
  );
}

/**
 * What each task, property and wave names, and what running text names, by the words of what is named; what is not
 * there is a question mark. Numbers in those words are left out, since they may move.
 */
export function meaning(texts: SpecTexts): readonly string[] {
  const documents = readTexts(texts);
  const words = wordsOf(documents);
  const named = (namespace: string, ids: readonly string[]) =>
    [...new Set(ids.map((id) => words.get(`${namespace} ${id}`) ?? '?'))].sort().join(' | ');
  const { design, tasks } = documents;
  return [
    ...flattenTasks(tasks?.tasks ?? []).flatMap(({ title, requirements, properties, depends }) => [
      `${plain(title)}: ${named('criterion', requirements)}`,
      `${plain(title)} is about ${named('property', idsOf(properties))}`,
      `${plain(title)} comes after ${named('task', idsOf(depends))}`,
    ]),
    ...(design?.properties ?? []).map(
      ({ title, validates }) => `${plain(title)}: ${named('criterion', validates)}`,
    ),
    ...(tasks?.waves ?? []).map((wave) => `wave ${wave.index}: ${named('task', idsOf(wave.tasks))}`),
    ...referencesOf(documents).flatMap(({ document, names, reference, prose }) =>
      prose ? reference.ids.map((id) => `in ${document}: ${named(names, [id])}`) : [],
    ),
  ].sort();
}

function wordsOf({ requirements, design, tasks }: SpecDocuments): ReadonlyMap<string, string> {
  return new Map([
    ...(requirements?.requirements ?? []).flatMap(({ id, title, userStory, criteria }) => [
      [`criterion ${id}`, plain(`${title} ${userStory?.text ?? ''}`)] as const,
      ...criteria.map((criterion) => [`criterion ${criterion.id}`, plain(criterion.text)] as const),
    ]),
    ...(design?.properties ?? []).map(({ id, title }) => [`property ${id}`, plain(title)] as const),
    ...flattenTasks(tasks?.tasks ?? []).map(({ id, title }) => [`task ${id}`, plain(title)] as const),
  ]);
}

function idsOf(references: readonly { readonly ids: readonly string[] }[]): readonly string[] {
  return references.flatMap(({ ids }) => ids);
}

/** References may be listed, or be a range. */
function plain(text: string): string {
  return text.replace(/\d+(?:\.\d+)*(?:[\s,–-]+(?:and\s+)?\d+(?:\.\d+)*)*/g, '#');
}
