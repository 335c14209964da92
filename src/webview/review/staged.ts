/** Which comments wait to be sent, and which wait to be resolved. Pure. */
import type { ReviewModel, ReviewThread } from '../../protocol/review';
import { openThreads } from './filters';

/** Why they cannot be sent now. */
export function sendBlock(model: ReviewModel): string | undefined {
  if (model.modelMissing !== undefined) return model.modelMissing;
  if (model.busy) return 'A model is writing this document';
  return model.revision ? 'Decide on the revision first' : undefined;
}

export function stagedThreads(model: ReviewModel): readonly ReviewThread[] {
  return openThreads(model).filter(({ sent }) => !sent);
}

/** Sent, and no answer is on its way: the person says whether they were met. */
export function answeredThreads(model: ReviewModel): readonly ReviewThread[] {
  return model.busy || model.revision ? [] : openThreads(model).filter(({ sent }) => sent);
}
