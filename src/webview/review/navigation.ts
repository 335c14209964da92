/** The stops of J and K: criteria, the heads of folded requirements, and the parts of other documents. Pure. */
import type { ReviewChange, ReviewItem, ReviewPart, ReviewRequirement } from '../../protocol/review';
import type { ShownRequirement } from './filters';

export interface Stop {
  readonly nav: string;
  /** Undefined: a part of a document that has none. */
  readonly requirement: ReviewRequirement | undefined;
  /** Undefined: the folded head. */
  readonly item: ReviewItem | undefined;
  /** A change of the revision that waits, or of the comparison. */
  readonly change?: ReviewChange;
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

export function stopsOf(cards: readonly Card[], parts: readonly ReviewPart[] = []): readonly Stop[] {
  const inCards = cards.flatMap((card): readonly Stop[] => {
    const { requirement } = card;
    if (card.folded) return [{ nav: card.key, requirement, item: undefined }];
    return card.criteria.map((item, index) => ({ nav: card.navs[index] ?? item.id, requirement, item }));
  });
  return [...inCards, ...parts.map((item) => ({ nav: item.key, requirement: undefined, item }))];
}

/** The stop of a change. */
export function navOf({ key }: ReviewChange): string {
  return `change ${key}`;
}

export function stopsOfChanges(changes: readonly ReviewChange[]): readonly Stop[] {
  return changes.map((change) => ({ nav: navOf(change), requirement: undefined, item: undefined, change }));
}

/** Where in a document of parts an id of the trace stands: `P1` is a property, `2.1` a task. */
export function partOf(parts: readonly ReviewPart[], id: string): string | undefined {
  const number = id.replace(/^P/i, '');
  const named = [id, `Property ${number}`, number, `## ${id}`, `### ${id}`];
  return parts.find((part) => named.some((name) => name.toLowerCase() === part.id.toLowerCase()))?.key;
}
