/**
 * What links were confirmed against, in `.earshot/links.jsonl` beside the spec: one record a line, sorted, so that
 * branches merge. A record holds the hash of the criterion's text, and of the code that is its
 * evidence; who changes one of them makes the link suspect.
 */
import { hideComments } from '../markdown/comments';
import type { FileSystem, Hasher } from '../ports';
import { parseJsonLines } from '../util/jsonLines';
import { joinPath } from '../util/path';
import { addRecords } from '../util/recordFile';
import type { LinkRecord } from './model';

export function linksPath(spec: string): string {
  return joinPath(spec, '.earshot/links.jsonl');
}

/** Of what a criterion says: blanks and comments change nothing. */
export function criterionHash(hasher: Hasher, text: string): string {
  return `sha256:${hasher.sha256(hideComments(text, ' ').replace(/\s+/g, ' ').trim()).slice(0, 16)}`;
}

/** Records that can be read; others (damaged, of a newer version) count for nothing. */
export function parseLinks(text: string): readonly LinkRecord[] {
  return parseJsonLines(text).values.filter(isRecord);
}

function isRecord(value: unknown): value is LinkRecord {
  const record = value as Partial<Record<keyof LinkRecord, unknown>> | null;
  return record?.v === 1 && [record.from, record.to, record.hash].every((field) => typeof field === 'string');
}

/** Hashes of the code of evidence, by link. */
export function codeConfirmations(records: readonly LinkRecord[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const { from, to, code } of records)
    if (typeof code === 'string') all.set(`${from} ${to}`, [...(all.get(`${from} ${to}`) ?? []), code]);
  return all;
}

/** Hashes by link: two branches may each have confirmed one, and either may be of the text as it is now. */
export function confirmations(records: readonly LinkRecord[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const { from, to, hash } of records)
    all.set(`${from} ${to}`, [...(all.get(`${from} ${to}`) ?? []), hash]);
  return all;
}

/** Writes records in the place of those of the same links; lines that cannot be read stay. */
export async function confirmLinks(
  files: FileSystem,
  spec: string,
  records: readonly LinkRecord[],
): Promise<void> {
  const path = linksPath(spec);
  const replaced = new Set(records.map(({ from, to }) => `${from} ${to}`));
  const added = records.map(({ v, from, to, hash, code }) => JSON.stringify({ v, from, to, hash, code }));
  await addRecords(files, path, added, (line) => {
    const [record] = parseLinks(line);
    return record === undefined || !replaced.has(`${record.from} ${record.to}`);
  });
}
