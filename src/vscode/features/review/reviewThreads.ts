/** The threads of a document, as the panel shows them: each at the place where it stands. */
import type { TextRange } from '../../../core/util/textRange';
import type { PlacedThread } from '../../../core/workflow/comments/comments';
import type { ReviewThread } from '../../../protocol/review';

export interface Threads {
  /** Those that stand in a range, and in none that was asked for before. */
  take(range: TextRange): readonly ReviewThread[];
  /** The others. */
  rest(): readonly ReviewThread[];
}

/** @param me who the person is: only their own comments may be edited */
export function threadsOf(placed: readonly PlacedThread[], me: string): Threads {
  const open = new Set(placed);
  const taken = (those: readonly PlacedThread[]) => {
    for (const each of those) open.delete(each);
    return those.map((each) => threadOf(each, me));
  };
  return {
    take: ({ start, end }) =>
      open.size === 0
        ? NONE
        : taken([...open].filter(({ range, gone }) => !gone && range.start >= start && range.start < end)),
    rest: () => taken([...open]),
  };
}

const NONE: readonly ReviewThread[] = [];

function threadOf(
  { id, comments, resolved, sent, part, quote, lost, gone }: PlacedThread,
  me: string,
): ReviewThread {
  return {
    id,
    comments: comments.map((each) => ({ ...each, own: each.by === me })),
    resolved,
    sent,
    part,
    quote,
    place: gone ? 'gone' : lost ? 'changed' : 'there',
  };
}
