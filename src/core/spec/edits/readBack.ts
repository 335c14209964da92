/**
 * Not every form of criteria can take any change: a paragraph is a criterion by its words, a scenario has a title.
 * There an edit is read back before it is offered.
 */
import type { Criterion } from '../../ears/model';
import { applyEdits } from '../../util/textRange';
import type { DocumentEdit, Requirement, RequirementsDocument } from '../model';
import { parseRequirements } from '../requirements/parseRequirements';
import { markerOf, writtenId } from './criterionList';

/** What stands at each place of a requirement afterwards: a criterion, or the words of a new one. */
export interface Expected {
  readonly requirement: Requirement;
  readonly order: readonly (Criterion | string)[];
}

const ITEM = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]/;

/** Does the document say what is expected, once it is edited? */
export function readsBack(
  document: RequirementsDocument,
  edits: readonly DocumentEdit[],
  expected: readonly Expected[],
): boolean {
  if (expected.every(({ requirement }) => isList(document, requirement))) return true;
  const own = edits.filter((edit) => edit.document === document.kind);
  const after = parseRequirements(applyEdits(document.text, own), document.kind).requirements;
  return document.requirements.every((requirement, index) => {
    const order = expected.find((each) => each.requirement === requirement)?.order ?? requirement.criteria;
    const now = after[index]?.criteria ?? [];
    return now.length === order.length && now.every(({ text }, place) => isSame(text, order[place]));
  });
}

/** Are all its criteria items, or behind labels, on whose words nothing depends? */
function isList(document: RequirementsDocument, { criteria }: Requirement): boolean {
  return criteria.every((criterion) => {
    const marker = markerOf(document, criterion, '');
    if (/[\r\n]/.test(marker)) return false;
    return ITEM.test(`${marker} `) || writtenId(document, criterion).includes('.');
  });
}

/** References in it may have other numbers now. */
function isSame(text: string, other: Criterion | string | undefined): boolean {
  const words = typeof other === 'string' ? other : (other?.text ?? '');
  const plain = (said: string) => said.replace(/\d[\d.,\s–-]*(?:and\s)?/g, '#').trim();
  return plain(text) === plain(words);
}
