/** A document's state: how it is derived, what it is called everywhere, and what it asks of people. */
import type { Claim, DocumentSnapshot, PartChanges, PhaseState, Spec, Votes } from './model';

/** What a state is derived from. */
export interface StateFacts {
  readonly written: boolean;
  /** What a model is doing, or left unfinished, with this text. */
  readonly draft: 'drafting' | 'incomplete' | undefined;
  /** Was this very text approved, or another before it? */
  readonly approved: 'this' | 'another' | undefined;
  /** There is an approval of this very text that proves nothing. */
  readonly claimed: boolean;
  readonly requested: boolean;
}

export function stateFrom({ written, draft, approved, claimed, requested }: StateFacts): PhaseState {
  if (draft === 'drafting') return 'drafting';
  if (!written) return 'missing';
  // A person's yes to this very text outweighs how it came to be.
  if (approved === 'this') return 'approved';
  if (draft === 'incomplete') return 'incomplete';
  if (approved === 'another') return 'changed';
  if (claimed) return 'claimed';
  return requested ? 'requested' : 'draft';
}

const STATE_WORDS: Readonly<Record<PhaseState, string>> = {
  missing: 'not written',
  drafting: 'drafting',
  incomplete: 'cut off',
  draft: 'in review',
  requested: 'changes requested',
  claimed: 'approval not verified',
  approved: 'approved',
  changed: 'changed since approval',
};

/** What is told of a document in tree, panel, lenses and terminal alike: `approved, changes requested, 2 suspect`. */
export function stateWords({
  state,
  requested,
  suspects,
}: Pick<DocumentSnapshot, 'state' | 'requested' | 'suspects'>): string {
  const asked = requested && (state === 'approved' || state === 'changed' || state === 'claimed');
  const whole = state !== 'missing' && state !== 'drafting' && state !== 'incomplete';
  return [
    STATE_WORDS[state],
    ...(asked ? [STATE_WORDS.requested] : []),
    ...(whole && suspects > 0 ? [`${suspects} suspect`] : []),
  ].join(', ');
}

/** May the next document be drafted from it? Of a quick spec nothing has to be approved before. */
export function isReady({ state }: Pick<DocumentSnapshot, 'state'>, { quick }: Pick<Spec, 'quick'>): boolean {
  return (
    state === 'approved' || (quick && state !== 'missing' && state !== 'incomplete' && state !== 'drafting')
  );
}

export function awaitsApproval(state: PhaseState): boolean {
  return state === 'draft' || state === 'requested' || state === 'claimed' || state === 'changed';
}

/** More ids than this are counted. */
const NAMED = 5;

/** `Glossary and 1.2 changed, 2.1 and 2.2 new`; undefined where no part of its own was touched. */
export function changesWords({ changed, added, removed }: PartChanges): string | undefined {
  const parts = [
    [changed, 'changed'],
    [added, 'new'],
    [removed, 'gone'],
  ] as const;
  const words = parts.flatMap(([ids, word]) => (ids.length === 0 ? [] : [`${listed(ids)} ${word}`]));
  return words.length === 0 ? undefined : words.join(', ');
}

function listed(parts: readonly string[]): string {
  if (parts.length > NAMED) return String(parts.length);
  // A heading without its marks.
  const ids = parts.map((id) => id.replace(/^#+ /, ''));
  const last = ids.at(-1) ?? '';
  return ids.length < 2 ? last : `${ids.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 of 2 approvals (Ada), none of security`; undefined where enough have approved, or one is enough. */
export function votesWords(votes: Votes | undefined, state: PhaseState): string | undefined {
  if (votes === undefined || state === 'approved' || !awaitsApproval(state)) return undefined;
  const { needed, given, missing } = votes;
  const names = given.length > 0 ? ` (${given.join(', ')})` : '';
  const roles = missing.length > 0 ? `, none of ${missing.join(', ')}` : '';
  return `${given.length} of ${needed} ${needed === 1 ? 'approval' : 'approvals'}${names}${roles}`;
}

/** Can this person say that it counts? */
export function isAcceptable(claim: Claim | undefined): claim is Claim & { readonly key: string } {
  return claim?.key !== undefined && (claim.standing === 'unknown' || claim.standing === 'role');
}

/** Why a record that says “approved” does not count. */
export function claimWords({ by, standing, roles }: Claim): string {
  if (standing === 'role') return `Approved by ${by}, whom you have not accepted as ${roles.join(', ')}`;
  if (standing === 'unknown') return `Approved by ${by}, with a key that you have not accepted`;
  if (standing === 'copied') return `The approval by ${by} was given to another spec`;
  if (standing === 'forged') return `The approval in the name of ${by} does not fit its signature`;
  return `Approved by ${by}, without a signature`;
}
