/** Gives a requirement, a criterion, a property or a task another id, wherever it is written. */

import type { DocumentEdit, SpecDocuments } from '../model';
import { type Mention, mentionsOf } from '../references/mentions';
import { flattenTasks } from '../tasks/taskTree';
import type { Moved, MovedIds } from './moved';
import { renumberRequirements } from './requirementIds';
import { rewriteReferences } from './rewriteReferences';
import { renumberTasks } from './taskIds';

/** Why something cannot be done, in words for a person. */
export interface Refusal {
  readonly refused: string;
}

/**
 * The edits that rename, everywhere; what lies in it takes the beginning of its id along. Of two things with one id
 * only the one that the mention defines is renamed, since what names them may mean the other.
 */
export function renameId(
  documents: SpecDocuments,
  mention: Mention,
  newId: string,
): readonly DocumentEdit[] | Refusal {
  const { kind, id, document, range } = mention;
  const refusal = refusalOf(documents, mention) ?? problemWith(documents, mention, newId);
  if (refusal !== undefined || id === newId) return refusal ?? [];
  if (definitionsOf(documents, kind, id).length > 1) return [{ document, range, newText: newId }];
  const { moved, edits } = renamed(documents, mention, newId);
  return [...edits, ...rewriteReferences(documents, moved)];
}

/** Why nobody can rename what is mentioned; undefined where they can. */
export function refusalOf(documents: SpecDocuments, mention: Mention): Refusal | undefined {
  const { kind, id, role } = mention;
  const definitions = definitionsOf(documents, kind, id);
  const [definition] = definitions;
  if (definition === undefined) return { refused: `There is no ${kind} ${id} to rename.` };
  if (definitions.length > 1 && role === 'reference')
    return { refused: `There are ${definitions.length} with the number ${id}. Rename one where it stands.` };
  const { requirements } = documents;
  const written = requirements?.text.slice(definition.range.start, definition.range.end);
  if (kind === 'criterion' && written !== id)
    return {
      refused: `${id} is the position of a criterion in its list. Move the criterion to give it another number.`,
    };
  if (kind === 'requirement' && written !== id)
    return {
      refused:
        requirements?.kind === 'bugfix'
          ? `${id} is a section of the bug fix and keeps its number.`
          : `Requirement ${id} is counted by its position. Write “Requirement ${id}: …” and so on into the headings first.`,
    };
  return undefined;
}

function problemWith(documents: SpecDocuments, { kind, id }: Mention, newId: string): Refusal | undefined {
  if (newId !== id && definitionsOf(documents, kind, newId).length > 0)
    return { refused: `There is a ${kind} ${newId} already.` };
  const beginning = id.slice(0, id.lastIndexOf('.') + 1);
  if ((kind === 'criterion' || kind === 'task') && newId.slice(0, newId.lastIndexOf('.') + 1) !== beginning)
    return {
      refused: `The number of a ${kind} tells where it lies. Move it to give it another than ${beginning}…`,
    };
  return undefined;
}

function definitionsOf(documents: SpecDocuments, kind: Mention['kind'], id: string): readonly Mention[] {
  return mentionsOf(documents).filter(
    (mention) => mention.role === 'definition' && mention.kind === kind && mention.id === id,
  );
}

/** What is called otherwise then, and the edits where it is defined. */
function renamed(
  documents: SpecDocuments,
  { kind, id }: Mention,
  newId: string,
): { readonly moved: MovedIds; readonly edits: readonly DocumentEdit[] } {
  const { requirements, tasks } = documents;
  const requirement = requirements?.requirements.find((each) => each.id === id);
  if (kind === 'requirement' && requirements !== undefined && requirement !== undefined) {
    const { moved, edits } = renumberRequirements(requirements, new Map([[requirement, newId]]));
    return { moved: { criterion: moved }, edits };
  }
  const task = flattenTasks(tasks?.tasks ?? []).find((each) => each.id === id);
  if (kind === 'task' && tasks !== undefined && task !== undefined) {
    const { moved, edits } = renumberTasks(tasks, new Map([[task, newId]]));
    return { moved: { task: moved }, edits };
  }
  const one: Moved = new Map([[id, [newId]]]);
  const edits = definitionsOf(documents, kind, id).map(({ document, range }) => ({
    document,
    range,
    newText: newId,
  }));
  return { moved: kind === 'property' ? { property: one } : { criterion: one }, edits };
}
