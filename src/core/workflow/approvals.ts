/**
 * Approvals lie beside the spec, in `.earshot/approvals.jsonl`: one record a line, sorted, so that branches
 * merge. A record binds a person's yes to the content's hash; what the state is now is derived from it.
 */
import type { FileSystem } from '../ports';
import type { Approval } from '../spec/model';
import { parseJsonLines } from '../util/jsonLines';
import { joinPath } from '../util/path';

export interface ApprovalRecord extends Approval {
  readonly v: 1;
  /** File name of the document. */
  readonly document: string;
}

export function approvalsPath(spec: string): string {
  return joinPath(spec, '.earshot/approvals.jsonl');
}

/** Records that can be read; others (damaged, of a newer version) are left alone and count for nothing. */
export function parseApprovals(text: string): readonly ApprovalRecord[] {
  return parseJsonLines(text).values.filter(isRecord);
}

function isRecord(value: unknown): value is ApprovalRecord {
  const record = value as Partial<Record<keyof ApprovalRecord, unknown>> | null;
  return (
    record?.v === 1 &&
    ['document', 'hash', 'by', 'at'].every((key) => typeof record[key as keyof ApprovalRecord] === 'string')
  );
}

/** The latest one of a document, whether its content still stands or not. */
export function latestApproval(records: readonly ApprovalRecord[], document: string): Approval | undefined {
  const own = records.filter((record) => record.document === document);
  return own.reduce<Approval | undefined>(
    (latest, record) => (latest && latest.at > record.at ? latest : record),
    undefined,
  );
}

/** Adds records, keeping every line that was there, sorted. */
export async function addApprovals(
  files: FileSystem,
  spec: string,
  records: readonly ApprovalRecord[],
): Promise<void> {
  const path = approvalsPath(spec);
  const lines = ((await files.readText(path)) ?? '').split('\n').filter((line) => line.trim() !== '');
  const added = records.map(({ v, document, hash, by, at }) => JSON.stringify({ v, document, at, by, hash }));
  await files.writeText(path, `${[...lines, ...added].sort().join('\n')}\n`);
}
