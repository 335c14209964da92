/** What an approval record is worth: one that nobody accepted signed, or that was altered, is a claim. */
import type { Signatures } from '../../ports';
import type { ApprovalStanding } from '../../spec/model';
import { type ApprovalRecord, type SignedRecord, signedText } from './records';

export interface Judge {
  readonly signatures: Signatures;
  /** As in `KeyRing.accepted`. */
  readonly accepted: ReadonlyMap<string, string>;
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
}

/**
 * @param records Of one document.
 * @param hash Of the content as it is now: an approval of it comes before a later one of another text.
 */
export function judge(
  records: readonly ApprovalRecord[],
  spec: string,
  hash: string | undefined,
  by: Judge,
): Judged {
  let approval: SignedRecord | undefined;
  let claim: Judged['claim'];
  for (const record of records) {
    const standing = standingOf(record, spec, by);
    if (record.v === 2 && standing === 'verified') {
      if (isBetter(record, approval, hash)) approval = record;
    } else if (isBetter(record, claim?.record, hash)) claim = { record, standing };
  }
  return { approval, claim };
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
