/** How many people, and which roles, have to approve a document; and how far that is. */
import type { Votes } from '../../spec/model';
import type { AcceptedKey } from './keyRing';
import type { SignedRecord } from './records';

export interface Needs {
  readonly approvers: number;
  readonly roles: readonly string[];
}

export interface ApproverRules {
  /** @param document Its path below the workspace folder. */
  needs(document: string): Needs;
  /** Which roles the workspace proposes for whom, by public key. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

export const ONE_PERSON: Needs = { approvers: 1, roles: [] };

export const NO_RULES: ApproverRules = { needs: () => ONE_PERSON, roles: new Map() };

/**
 * Who said yes to one text, of those that count. A person with two keys is one person, by the name under which they were
 * accepted; a role counts where this user accepted it with the key.
 * @param records Verified, all of the same text.
 */
export function votesOf(
  records: readonly SignedRecord[],
  { approvers, roles }: Needs,
  accepted: ReadonlyMap<string, AcceptedKey>,
): Votes {
  const people = records.flatMap(({ key }) => accepted.get(key) ?? []);
  const given = [...new Set(people.map(({ name }) => name))];
  const held = new Set(people.flatMap((person) => person.roles));
  return { needed: approvers, given, missing: roles.filter((role) => !held.has(role)) };
}

export function isEnough({ needed, given, missing }: Votes): boolean {
  return given.length >= needed && missing.length === 0;
}
