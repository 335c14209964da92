/** The rounds of a review: what each revision proposed, kept in the sessions' logs, and any two of them compared. */
import type { SessionEntry } from '../../../core/agent/session/sessions';
import type { Revised } from '../../../core/spec/merge/partChanges';
import type { DocumentSnapshot } from '../../../core/spec/model';
import type { ReviewModel, ReviewRound } from '../../../protocol/review';
import { reviewChanges } from './reviewChanges';

interface Version extends ReviewRound {
  readonly text: string;
}

type Compared = { readonly from: string; readonly to: string } | undefined;

const NOTHING = { rounds: [], comparison: undefined };

/** @param entries all sessions of the document */
export function roundsOf(
  entries: readonly SessionEntry[],
  snapshot: DocumentSnapshot | undefined,
  compared: Compared,
): Pick<ReviewModel, 'rounds' | 'comparison'> {
  if (snapshot === undefined) return NOTHING;
  const versions = versionsOf(entries, snapshot.text ?? '');
  if (versions.length === 0) return NOTHING;
  const [from, to] = [compared?.from, compared?.to].map((key) => versions.find((each) => each.key === key));
  return {
    rounds: versions.map(({ key, label, note }) => ({ key, label, note })),
    comparison:
      from && to
        ? { from: from.key, to: to.key, ...reviewChanges(snapshot.kind, revised(from.text, to.text)) }
        : undefined,
  };
}

function versionsOf(entries: readonly SessionEntry[], now: string): readonly Version[] {
  const rounds = entries
    .flatMap(({ id, state: { revision, startedAt } }) => (revision ? [{ id, startedAt, revision }] : []))
    .sort((a, b) => a.startedAt - b.startedAt);
  const [first] = rounds;
  if (first === undefined) return [];
  return [
    { key: 'start', label: 'Before round 1', note: '', text: first.revision.before },
    ...rounds.map(({ id, revision }, index) => ({
      key: id,
      label: `Round ${index + 1}`,
      note: revision.accepted === undefined ? 'waits' : revision.accepted ? 'accepted' : 'refused',
      text: revision.after,
    })),
    { key: 'now', label: 'Now', note: '', text: now },
  ];
}

let last: Revised | undefined;

/** The same object for the same texts, so that they are compared once however often the panel is drawn. */
function revised(before: string, after: string): Revised {
  if (last?.before !== before || last.after !== after) last = { before, after };
  return last;
}
