/** A revision as its session's log has it: proposed, and what a person decided. */
import type { Objection } from '../../workflow/objections';
import type { SessionEvent } from './events';

export interface RevisionState {
  readonly before: string;
  readonly after: string;
  readonly accepted: boolean | undefined;
  readonly notes?: readonly string[];
  /** The session of the revision that it was made for. */
  readonly follows?: string;
  /** Something was left out of what was accepted. */
  readonly partly?: true;
  readonly objections?: readonly Objection[];
}

type EventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { readonly type: T }>;

export function proposed({ before, after, notes, follows }: EventOf<'revision.proposed'>): RevisionState {
  return {
    before,
    after,
    accepted: undefined,
    ...(notes === undefined ? {} : { notes }),
    ...(follows === undefined ? {} : { follows }),
  };
}

export function decided(
  revision: RevisionState,
  { accepted, refused = [], objections }: EventOf<'revision.decided'>,
): RevisionState {
  return {
    ...revision,
    accepted,
    ...(refused.length > 0 ? { partly: true } : {}),
    ...(objections === undefined ? {} : { objections }),
  };
}
