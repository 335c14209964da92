/** The stops of J and K: criteria, and the heads of folded requirements. Pure. */
import type { ReviewCriterion, ReviewRequirement } from '../../protocol/review';
import type { ShownRequirement } from './filters';

export interface Stop {
  readonly nav: string;
  readonly requirement: ReviewRequirement;
  /** Undefined: the folded head. */
  readonly criterion: ReviewCriterion | undefined;
}

export interface Card extends ShownRequirement {
  readonly key: string;
  readonly folded: boolean;
  /** Ids for the rows, in the order of `criteria`. */
  readonly navs: readonly string[];
}

/** Ids may repeat in a document that is being written; the stops must not. */
function unique(id: string, seen: Map<string, number>): string {
  const count = (seen.get(id) ?? 0) + 1;
  seen.set(id, count);
  return count === 1 ? id : `${id}#${count}`;
}

/** @param unfold while something is filtered nothing is folded away */
export function cardsOf(
  shown: readonly ShownRequirement[],
  folded: readonly string[],
  unfold: boolean,
): readonly Card[] {
  const seen = new Map<string, number>();
  return shown.map((each) => {
    const key = unique(`r${each.requirement.id}`, seen);
    const navs = each.criteria.map((criterion) => unique(criterion.id, seen));
    return { ...each, key, navs, folded: !unfold && folded.includes(each.requirement.id) };
  });
}

export function stopsOf(cards: readonly Card[]): readonly Stop[] {
  return cards.flatMap((card): readonly Stop[] => {
    const { requirement } = card;
    if (card.folded) return [{ nav: card.key, requirement, criterion: undefined }];
    return card.criteria.map((criterion, index) => ({
      nav: card.navs[index] ?? criterion.id,
      requirement,
      criterion,
    }));
  });
}
