/** What a document's state asks of people, and how its edits since the approval are told. */
import type { Claim, PartChanges, PhaseState } from './model';

export function awaitsApproval(state: PhaseState): boolean {
  return state === 'draft' || state === 'claimed' || state === 'changed';
}

/** More ids than this are counted. */
const NAMED = 5;

/** `1.2 changed, 2.1 and 2.2 new`; undefined where no part of its own was touched. */
export function changesWords({ changed, added, removed }: PartChanges): string | undefined {
  const parts = [
    [changed, 'changed'],
    [added, 'new'],
    [removed, 'gone'],
  ] as const;
  const words = parts.flatMap(([ids, word]) => (ids.length === 0 ? [] : [`${listed(ids)} ${word}`]));
  return words.length === 0 ? undefined : words.join(', ');
}

function listed(ids: readonly string[]): string {
  if (ids.length > NAMED) return String(ids.length);
  const last = ids.at(-1) ?? '';
  return ids.length < 2 ? last : `${ids.slice(0, -1).join(', ')} and ${last}`;
}

/** Why a record that says “approved” does not count. */
export function claimWords({ by, standing }: Claim): string {
  if (standing === 'unknown') return `Approved by ${by}, with a key that you have not accepted`;
  if (standing === 'copied') return `The approval by ${by} was given to another spec`;
  if (standing === 'forged') return `The approval in the name of ${by} does not fit its signature`;
  return `Approved by ${by}, without a signature`;
}
