/** Renames what has a name, or a number that is written down, in all documents of a spec. */
import { type Refusal, refusalOf, renameId } from '../spec/edits/renameId';
import { renameTerm } from '../spec/edits/renameTerm';
import type { DocumentEdit, SpecDocuments } from '../spec/model';
import type { Mention } from '../spec/references/mentions';

/** The text that is changed when somebody renames here, or why nobody can. */
export function renamable(
  documents: SpecDocuments,
  mention: Mention,
): { readonly placeholder: string } | Refusal {
  return refusalOf(documents, mention) ?? { placeholder: mention.id };
}

/** The edits that rename, everywhere. */
export function renameEdits(
  documents: SpecDocuments,
  mention: Mention,
  name: string,
): readonly DocumentEdit[] | Refusal {
  const { kind, id } = mention;
  if (kind === 'term') {
    const refused = refusalOf(documents, mention) ?? problemWithTerm(documents, id, name);
    return refused ?? renameTerm(documents, id, name);
  }
  if (!/^(?:[A-Z]{1,5}-)?\d{1,6}(?:\.\d{1,6}){0,4}$/i.test(name))
    return { refused: `A ${kind} is named by a number such as ${id}.` };
  return renameId(documents, mention, name);
}

function problemWithTerm({ requirements }: SpecDocuments, id: string, name: string): Refusal | undefined {
  if (!/^[^\s*`|:<>][^*`|:<>\r\n]{0,79}$/.test(name))
    return { refused: 'A term is a name of at most 80 characters, on one line.' };
  const taken = name !== id && requirements?.glossary.some((term) => term.name === name) === true;
  return taken ? { refused: `There is a term ${name} already.` } : undefined;
}
