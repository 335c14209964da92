/** What can be done with a row, shown while the pointer or the focus is on it. */
import type { JSX } from 'preact';
import type { ReviewItem } from '../../protocol/review';
import { IconButton } from '../shared/button';
import { isCriterion, nameOf } from './filters';
import type { ListActs } from './listActs';

export interface RowActsProps {
  readonly item: ReviewItem;
  readonly nav: string;
  readonly tabIndex: number;
  readonly acts: ListActs;
}

export function RowActs({ item, nav, tabIndex, acts }: RowActsProps): JSX.Element {
  const name = nameOf(item);
  return (
    <span class="row-acts">
      <IconButton
        act="comment"
        icon="comment"
        label={`Comment on ${name} (C)`}
        tabIndex={tabIndex}
        onPress={() => acts.comment(nav, item)}
      />
      <IconButton
        act="ask"
        icon="comment-discussion"
        label={`Ask about ${name} (A)`}
        tabIndex={tabIndex}
        onPress={() => acts.ask(item)}
      />
      {isCriterion(item) && (
        <IconButton
          act="trace"
          icon="type-hierarchy-sub"
          label={`Show ${name} in the trace (T)`}
          tabIndex={tabIndex}
          onPress={() => acts.trace(item)}
        />
      )}
    </span>
  );
}
