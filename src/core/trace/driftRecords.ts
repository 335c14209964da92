/**
 * Changes of code that a person looked at and found in keeping with the criterion: `.earshot/drift.jsonl` beside the
 * spec, one record a line, sorted, so that branches merge. A record counts for this code and this criterion alone.
 */
import type { FileSystem } from '../ports';
import { parseJsonLines } from '../util/jsonLines';
import { joinPath } from '../util/path';
import { addRecords } from '../util/recordFile';

export interface DriftRecord {
  readonly v: 1;
  /** Hash of the criterion's text. */
  readonly criterion: string;
  /** Below the workspace folder. */
  readonly path: string;
  /** Hash of the code. */
  readonly code: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly because: string;
}

export function driftPath(spec: string): string {
  return joinPath(spec, '.earshot/drift.jsonl');
}

/** Records that can be read; others (damaged, of a newer version) count for nothing. */
export function parseDriftRecords(text: string): readonly DriftRecord[] {
  return parseJsonLines(text).values.filter(isRecord);
}

function isRecord(value: unknown): value is DriftRecord {
  const record = value as Partial<Record<keyof DriftRecord, unknown>> | null;
  return (
    record?.v === 1 &&
    [record.criterion, record.path, record.code].every((field) => typeof field === 'string')
  );
}

export async function acceptDrift(
  files: FileSystem,
  spec: string,
  records: readonly DriftRecord[],
): Promise<void> {
  const path = driftPath(spec);
  const added = records.map(({ v, criterion, path: file, code, by, at, because }) =>
    JSON.stringify({ v, criterion, path: file, code, by, at, because }),
  );
  await addRecords(files, path, added);
}
