/** What an approval record is worth: one that nobody accepted signed, or that was altered, is a claim. */
import type { Signatures } from '../../ports';
import type { ApprovalStanding, Votes } from '../../spec/model';
import type { AcceptedKey } from './keyRing';
import { isEnough, type Needs, ONE_PERSON, votesOf } from './needs';
import { type ApprovalRecord, type SignedRecord, signedText } from './records';

export interface Judge {
  readonly signatures: Signatures;
  /** As in `KeyRing.accepted`. */
  readonly accepted: ReadonlyMap<string, AcceptedKey>;
}

/** @param spec The spec that the record lies beside: its id, else its name. */
export function standingOf(
  record: ApprovalRecord,
  spec: string,
  { signatures, accepted }: Judge,
): ApprovalStanding {
  if (record.v === 1) return 'unsigned';
  if (record.spec !== spec) return 'copied';
  if (!signatures.verify(record.key, signedText(record), record.sig)) return 'forged';
  return accepted.has(record.key) ? 'verified' : 'unknown';
}

/** Of one document: the latest that counts, and the latest that only claims to. */
export interface Judged {
  readonly approval: SignedRecord | undefined;
  readonly claim: { readonly record: ApprovalRecord; readonly standing: ApprovalStanding } | undefined;
  /** Undefined where one person's yes is enough. */
  readonly votes: Votes | undefined;
}

/** What is asked of approvals of one document. */
export interface Asked {
  readonly needs: Needs;
  /** Roles that the workspace proposes, by public key. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

const NOTHING_MORE: Asked = { needs: ONE_PERSON, roles: new Map() };

/**
 * @param records Of one document.
 * @param hash Of the content as it is now: an approval of it comes before a later one of another text.
 */
export function judge(
  records: readonly ApprovalRecord[],
  spec: string,
  hash: string | undefined,
  by: Judge,
  { needs, roles }: Asked = NOTHING_MORE,
): Judged {
  const judged = records.map((record) => ({ record, standing: standingOf(record, spec, by) }));
  const verified = judged.flatMap(({ record, standing }) =>
    record.v === 2 && standing === 'verified' ? [record] : [],
  );
  const votes = (of: string | undefined) =>
    votesOf(
      verified.filter((record) => record.hash === of),
      needs,
      by.accepted,
    );
  const now = votes(hash);
  const held = (key: string) => by.accepted.get(key)?.roles ?? [];
  const wouldFill = ({ key }: SignedRecord) =>
    roles.get(key)?.some((role) => now.missing.includes(role) && !held(key).includes(role)) ?? false;
  const oneIsEnough = needs.approvers <= 1 && needs.roles.length === 0;
  const counts = ({ hash: of }: SignedRecord) => oneIsEnough || isEnough(votes(of));
  let approval: SignedRecord | undefined;
  let claim: Judged['claim'];
  for (const record of verified) if (isBetter(record, approval, hash) && counts(record)) approval = record;
  for (const { record, standing } of judged) {
    const unproved = record.v === 2 && standing === 'verified' ? wouldFill(record) && 'role' : standing;
    if (unproved && isBetter(record, claim?.record, hash)) claim = { record, standing: unproved };
  }
  return { approval, claim, votes: oneIsEnough ? undefined : now };
}

function isBetter(
  record: ApprovalRecord,
  than: ApprovalRecord | undefined,
  hash: string | undefined,
): boolean {
  if (than === undefined) return true;
  const [own, other] = [record.hash === hash, than.hash === hash];
  return own === other ? record.at >= than.at : own;
}
