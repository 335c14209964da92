/** The changes of the revision that waits, each with what it answers and what follows from it. */
import type { JSX } from 'preact';
import type { ReviewModel } from '../../protocol/review';
import { ChangeList } from './changeList';
import { answersOf, consequenceOf, isRefused, refusalOf } from './refusals';
import type { ReviewActs } from './reviewActs';
import type { UiState } from './uiState';

export interface WaitingChangesProps {
  readonly model: ReviewModel;
  readonly ui: UiState;
  readonly active: string | undefined;
  readonly acts: ReviewActs;
}

export function WaitingChanges({ model, ui, active, acts }: WaitingChangesProps): JSX.Element | null {
  const { revision } = model;
  if (!revision) return null;
  return (
    <ChangeList
      label="Changes of the revision"
      changes={revision.changes}
      active={active}
      decisionOf={(change) => ({
        taken: !isRefused(revision, change, ui.refused),
        reason: ui.reasons[refusalOf(revision, change)] ?? '',
        asking: ui.asking === refusalOf(revision, change),
        answers: answersOf(model, change),
        consequence: consequenceOf(model, change),
      })}
      onDecide={acts.decideChange}
      onReason={acts.writeReason}
      onReasonDone={() => acts.closeReason(true)}
      onFocus={acts.list.activate}
    />
  );
}
