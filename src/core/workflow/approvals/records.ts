/**
 * Approvals lie beside the spec, in `.earshot/approvals.jsonl`: one record a line, sorted, so that branches
 * merge. A record binds a person's yes to the content; what the state is now is derived from it. Anybody who can
 * write the file can write a record, so only a signature makes one count: see `standing.ts`.
 */
import type { FileSystem } from '../../ports';
import type { Approval } from '../../spec/model';
import { parseJsonLines } from '../../util/jsonLines';
import { joinPath } from '../../util/path';
import { addRecords } from '../../util/recordFile';

/** What is signed. */
export interface ApprovalFacts extends Approval {
  /** The spec's id in `.config.kiro`, else its name: a record does not count for another spec. */
  readonly spec: string;
  /** File name of the document. */
  readonly document: string;
  /** Hash of each part, by its name. */
  readonly parts: Readonly<Record<string, string>>;
  /** Public key of who approved, and below the signature: see `Signatures`. */
  readonly key: string;
}

export interface SignedRecord extends ApprovalFacts {
  readonly v: 2;
  /** Over `signedText`. */
  readonly sig: string;
}

/** As records were before they were signed; such a one says that somebody approved, and proves nothing. */
export interface UnsignedRecord extends Approval {
  readonly v: 1;
  readonly document: string;
}

export type ApprovalRecord = SignedRecord | UnsignedRecord;

export function approvalsPath(spec: string): string {
  return joinPath(spec, '.earshot/approvals.jsonl');
}

/** One form for the same facts, whatever the order of keys in the file. */
export function signedText({ spec, document, at, by, hash, parts, key }: ApprovalFacts): string {
  const sorted = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(['earshot-approval', 2, spec, document, at, by, hash, sorted, key]);
}

/** Records that can be read; others (damaged, of a newer version) are left alone and count for nothing. */
export function parseApprovals(text: string): readonly ApprovalRecord[] {
  return parseJsonLines(text).values.filter(isRecord);
}

function isRecord(value: unknown): value is ApprovalRecord {
  const record = value as Partial<Record<keyof SignedRecord, unknown>> | null;
  const isText = (key: keyof SignedRecord) => typeof record?.[key] === 'string';
  if (!(['document', 'hash', 'by', 'at'] as const).every(isText)) return false;
  if (record?.v === 1) return true;
  const { parts } = record ?? {};
  return (
    record?.v === 2 &&
    (['spec', 'key', 'sig'] as const).every(isText) &&
    typeof parts === 'object' &&
    parts !== null &&
    Object.values(parts).every((hash) => typeof hash === 'string')
  );
}

/** Adds records, keeping every line that was there, sorted. */
export async function addApprovals(
  files: FileSystem,
  spec: string,
  records: readonly SignedRecord[],
): Promise<void> {
  const path = approvalsPath(spec);
  const added = records.map(({ v, document, at, by, spec: id, hash, parts, key, sig }) =>
    JSON.stringify({ v, document, at, by, spec: id, hash, parts, key, sig }),
  );
  await addRecords(files, path, added);
}
