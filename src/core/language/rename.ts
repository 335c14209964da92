/** Renames what has a name, or a number that is written down, in all documents of a spec. */
import { rewriteReferences } from '../spec/edits/rewriteReferences';
import { type Mention, mentionsOf } from '../spec/mentions';
import type { DocumentEdit, SpecDocuments } from '../spec/model';

/** Why something cannot be renamed, in words for a person. */
export interface Refusal {
  readonly refused: string;
}

/** The text that is changed when somebody renames here, or why nobody can. */
export function renamable(
  documents: SpecDocuments,
  mention: Mention,
): { readonly placeholder: string } | Refusal {
  const definition = mentionsOf(documents).find(
    ({ role, kind, id }) => role === 'definition' && kind === mention.kind && id === mention.id,
  );
  if (definition === undefined) return { refused: `There is no ${mention.kind} ${mention.id} to rename.` };
  if (mention.kind === 'criterion' && !isLabelled(documents, definition))
    return {
      refused: `${mention.id} is the position of a criterion in its list. Move the criterion to give it another number.`,
    };
  return { placeholder: mention.id };
}

/** The edits that rename, everywhere. */
export function renameEdits(
  documents: SpecDocuments,
  mention: Mention,
  name: string,
): readonly DocumentEdit[] | Refusal {
  const allowed = renamable(documents, mention);
  if ('refused' in allowed) return allowed;
  const wrong = problemWith(documents, mention, name);
  if (wrong !== undefined) return { refused: wrong };
  const definitions = mentionsOf(documents)
    .filter(({ role, kind, id }) => role === 'definition' && kind === mention.kind && id === mention.id)
    .map(({ document, range }): DocumentEdit => ({ document, range, newText: name }));
  if (mention.kind === 'term') {
    const uses = mentionsOf(documents).filter(
      ({ role, kind, id }) => role === 'reference' && kind === 'term' && id === mention.id,
    );
    return [...definitions, ...uses.map(({ document, range }) => ({ document, range, newText: name }))];
  }
  return [...definitions, ...movedReferences(documents, mention, name)];
}

function movedReferences(
  documents: SpecDocuments,
  { kind, id }: Mention,
  name: string,
): readonly DocumentEdit[] {
  const one = new Map([[id, [name]]]);
  if (kind === 'property') return rewriteReferences(documents, { properties: one });
  if (kind === 'task') return rewriteReferences(documents, { tasks: one });
  if (kind === 'criterion') return rewriteReferences(documents, { criteria: one });
  const criteria =
    documents.requirements?.requirements.find((requirement) => requirement.id === id)?.criteria ?? [];
  const moved = new Map(one);
  for (const criterion of criteria)
    if (criterion.id.startsWith(`${id}.`)) moved.set(criterion.id, [name + criterion.id.slice(id.length)]);
  const labels = criteria.flatMap(({ id: old, idRange }): readonly DocumentEdit[] => {
    const written = documents.requirements?.text.slice(idRange.start, idRange.end);
    const now = moved.get(old)?.[0];
    return written === old && now !== undefined && documents.requirements !== undefined
      ? [{ document: documents.requirements.kind, range: idRange, newText: now }]
      : [];
  });
  return [...labels, ...rewriteReferences(documents, { criteria: moved })];
}

function problemWith(documents: SpecDocuments, { kind, id }: Mention, name: string): string | undefined {
  if (kind === 'term') {
    if (!/^[^\s*`|:<>][^*`|:<>\r\n]{0,79}$/.test(name))
      return 'A term is a name of at most 80 characters, on one line.';
  } else if (!/^(?:[A-Z]{1,5}-)?\d{1,6}(?:\.\d{1,6}){0,4}$/i.test(name))
    return `A ${kind} is named by a number such as ${id}.`;
  const taken = mentionsOf(documents).some(
    (other) => other.role === 'definition' && other.kind === kind && other.id === name,
  );
  return taken && name !== id ? `There is a ${kind} ${name} already.` : undefined;
}

function isLabelled({ requirements }: SpecDocuments, { range, id }: Mention): boolean {
  return requirements?.text.slice(range.start, range.end) === id;
}
