import { splitCriterion } from '../../spec/edits/splitCriterion';
import type { Fix } from '../../spec/model';
import type { CriterionContext } from '../rule';

/** Writes one criterion as several; ids and references follow in all documents. */
export function splitFix(
  { criterion, documents }: Pick<CriterionContext, 'criterion' | 'documents'>,
  texts: readonly string[],
): readonly Fix[] {
  // Where an id is used twice, it is not known which of the two is meant.
  const unique = documents.requirements?.requirements
    .flatMap(({ criteria }) => criteria)
    .filter(({ id }) => id === criterion.id);
  if (unique?.length !== 1 || /[\r\n]/.test(criterion.text)) return [];
  return [
    {
      title: `Split into ${texts.length} criteria`,
      safe: false,
      edits: () => splitCriterion(documents, criterion.id, texts),
    },
  ];
}
