/** What goes with a session that is deleted. Pure. */
import type { SessionState } from '../../../core/agent/session/sessionState';

export function deletionDetail({ revision, started }: Pick<SessionState, 'revision' | 'started'>): string {
  const document = started.document ?? 'its document';
  const round =
    revision === undefined
      ? ''
      : revision.accepted === undefined
        ? ` So is its revision of ${document}, which waits for your decision.`
        : ` So is its round in the review of ${document}: it can no longer be compared with others.`;
  return `Its log and pictures are removed for good.${round} Files that it changed stay as they are, and so does what it cost.`;
}
