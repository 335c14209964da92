/** The changes of the revision that waits, each with what it answers and what follows from it. */
import type { JSX } from 'preact';
import type { ReviewModel } from '../../protocol/review';
import { ChangeList } from './changeList';
import { answersOf, consequenceOf, isRefused } from './refusals';
import type { ReviewActs } from './reviewActs';

export interface WaitingChangesProps {
  readonly model: ReviewModel;
  /** As in `refusalOf`. */
  readonly refused: readonly string[];
  readonly active: string | undefined;
  readonly acts: ReviewActs;
}

export function WaitingChanges({ model, refused, active, acts }: WaitingChangesProps): JSX.Element | null {
  const { revision } = model;
  if (!revision) return null;
  return (
    <ChangeList
      label="Changes of the revision"
      changes={revision.changes}
      active={active}
      decisionOf={(change) => ({
        taken: !isRefused(revision, change, refused),
        answers: answersOf(model, change),
        consequence: consequenceOf(model, change),
      })}
      onDecide={acts.decideChange}
      onFocus={acts.list.activate}
    />
  );
}
