/** The stops of J and K: the heads of requirements, what stands in them, and all other parts of a document. Pure. */
import type {
  ReviewChange,
  ReviewCriterion,
  ReviewItem,
  ReviewPart,
  ReviewRequirement,
} from '../../protocol/review';
import { isPart, type ShownRequirement } from './filters';

export interface Stop {
  readonly nav: string;
  /** That it is the head of, or stands in. */
  readonly requirement: ReviewRequirement | undefined;
  /** Undefined: a change. */
  readonly item: ReviewItem | undefined;
  /** A change of the revision that waits, or of the comparison. */
  readonly change?: ReviewChange;
}

export interface Card {
  readonly requirement: ReviewRequirement;
  readonly key: string;
  readonly folded: boolean;
  readonly rows: readonly {
    readonly nav: string;
    readonly item: ReviewCriterion | ReviewPart;
  }[];
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
  return shown.map(({ requirement, items }) => ({
    requirement,
    key: unique(`r${requirement.id}`, seen),
    rows: items.map((item) => ({ nav: isPart(item) ? item.key : unique(item.id, seen), item })),
    folded: !unfold && folded.includes(requirement.id),
  }));
}

/** A card, or parts that follow one another outside of any. */
export type Block = Card | readonly ReviewPart[];

/** Both in the order of the document. */
export function blocksOf(cards: readonly Card[], parts: readonly ReviewPart[]): readonly Block[] {
  const starts = cards.map(({ requirement }) => requirement.offset);
  const between = (from: number, to: number): readonly ReviewPart[] =>
    parts.filter(({ offset }) => offset >= from && offset < to);
  const [first = Infinity] = starts;
  const blocks: readonly Block[] = [
    between(-Infinity, first),
    ...cards.flatMap((card, index) => [card, between(starts[index] ?? 0, starts[index + 1] ?? Infinity)]),
  ];
  return blocks.filter((block) => isCard(block) || block.length > 0);
}

export function isCard(block: Block): block is Card {
  return 'requirement' in block;
}

export function stopsOf(blocks: readonly Block[]): readonly Stop[] {
  return blocks.flatMap((block): readonly Stop[] => {
    if (!isCard(block)) return block.map((item) => ({ nav: item.key, requirement: undefined, item }));
    const { requirement, key, rows, folded } = block;
    const head = { nav: key, requirement, item: requirement };
    return folded ? [head] : [head, ...rows.map(({ nav, item }) => ({ nav, requirement, item }))];
  });
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
