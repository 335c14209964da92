/** The numbers of a requirement's criteria where its list begins anew in between, behind sub-headings. */
import type { Criterion } from '../../ears/model';
import type { Requirement, RequirementsDocument } from '../model';
import { countsItself, writtenId } from './criterionList';

/** Where lists begin: the places of their first criteria. One place where the whole is counted through. */
export function listStarts(document: RequirementsDocument, requirement: Requirement): readonly number[] {
  const starts = [0];
  if (countsItself(document, requirement)) return starts;
  let previous = 0;
  requirement.criteria.forEach((criterion, index) => {
    const written = writtenId(document, criterion);
    if (!/^\d+$/.test(written)) return;
    if (index > 0 && Number(written) <= previous) starts.push(index);
    previous = Number(written);
  });
  return starts;
}

/**
 * The numbers of an arrangement, each list counted by itself.
 * @param order What stands where; a criterion of another requirement is new here, too.
 * @param moved What joins another list. It stands with what is before it, or with what is after it.
 */
export function numbersOfLists(
  document: RequirementsDocument,
  requirement: Requirement,
  order: readonly (Criterion | 'new')[],
  moved?: { readonly criterion: Criterion; readonly joins: 'before' | 'after' },
): readonly string[] {
  const starts = listStarts(document, requirement);
  const listOf = new Map<Criterion | 'new', number>();
  requirement.criteria.forEach((criterion, index) => {
    if (criterion !== moved?.criterion)
      listOf.set(criterion, starts.filter((start) => start <= index).length);
  });
  const counts = new Map<number, number>();
  let list = order.map((each) => listOf.get(each)).find((each) => each !== undefined) ?? 1;
  return order.map((each, index) => {
    const after = order[index + 1];
    const joined = each === moved?.criterion && moved.joins === 'after' && after !== undefined ? after : each;
    list = listOf.get(joined) ?? list;
    const first = requirement.criteria[starts[list - 1] ?? 0];
    const number = (counts.get(list) ?? Number(first && writtenId(document, first))) || 1;
    counts.set(list, number + 1);
    return String(number);
  });
}
