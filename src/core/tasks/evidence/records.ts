/**
 * Evidence beside a spec: `.earshot/evidence.jsonl`, one record a line for the try that settled a task, sorted, so that
 * branches merge. It is shared with a team: no secrets, no paths of this machine.
 */
import type { FileSystem, Hasher } from '../../ports';
import type { Task } from '../../spec/model';
import { parseJsonLines } from '../../util/jsonLines';
import { joinPath } from '../../util/path';
import { addRecords } from '../../util/recordFile';
import type { Evidence } from './model';
import { shareable } from './shareable';

export function evidencePath(spec: string): string {
  return joinPath(spec, '.earshot/evidence.jsonl');
}

/** Of what a task says: its state, its number and its sub-tasks change nothing. */
export function taskHash(
  hasher: Hasher,
  { title, details, requirements, coversAll, boundary, verify }: Task,
): string {
  const text = JSON.stringify([title, details, requirements, coversAll, boundary, verify ?? '']);
  return `sha256:${hasher.sha256(text).slice(0, 16)}`;
}

/** Records that can be read; others (damaged, of a newer version) count for nothing. */
export function parseEvidence(text: string): readonly Evidence[] {
  return parseJsonLines(text).values.filter(isEvidence);
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const every = (value: unknown, is: (item: unknown) => boolean) => Array.isArray(value) && value.every(is);
const has = (value: unknown, is: (field: unknown) => boolean, ...fields: readonly string[]) =>
  isObject(value) && fields.every((field) => is(value[field]));

/** Whoever shows it need not fear what somebody wrote there. */
function isEvidence(value: unknown): value is Evidence {
  return (
    isObject(value) &&
    value.v === 1 &&
    has(value, isText, 'task', 'title', 'hash', 'run', 'session', 'at') &&
    has(value, isNumber, 'tries', 'durationMs') &&
    ['proved', 'refuted', 'unproven'].includes(String(value.verdict)) &&
    every(value.reasons, isText) &&
    every(value.checks, isCompared) &&
    every(
      value.files,
      (file) => has(file, isText, 'path', 'change') && has(file, isNumber, 'added', 'removed'),
    ) &&
    every(
      value.criteria,
      (each) => has(each, isText, 'id', 'status') && isObject(each) && every(each.tests, isText),
    ) &&
    every(value.suspicions, (each) => has(each, isText, 'kind', 'detail')) &&
    (value.despite === undefined || isText(value.despite)) &&
    (value.review === undefined || every(value.review, isReviewed))
  );
}

function isCompared(value: unknown): boolean {
  return (
    has(value, isText, 'kind', 'command', 'source', 'verdict') &&
    isObject(value) &&
    [value.after, ...(value.before === undefined ? [] : [value.before])].every(isResult)
  );
}

function isResult(value: unknown): boolean {
  if (!has(value, isText, 'outcome', 'tail') || !isObject(value)) return false;
  const { tests, failing } = value;
  return (
    (tests === undefined || has(tests, isNumber, 'passed', 'failed', 'skipped')) &&
    (failing === undefined || every(failing, isText))
  );
}

function isReviewed(value: unknown): boolean {
  return has(value, isText, 'id', 'why') && isObject(value) && every(value.places, isText);
}

export async function readEvidence(
  files: Pick<FileSystem, 'readText'>,
  spec: string,
): Promise<readonly Evidence[]> {
  return parseEvidence((await files.readText(evidencePath(spec)).catch(() => undefined)) ?? '');
}

/** What is known of a task as it stands. */
export interface TaskEvidence {
  readonly evidence: Evidence;
  /** The task said something else when this was found. */
  readonly stale: boolean;
}

/** The newest of these words; where there is none, the newest of its number, which is stale then. */
export function evidenceOf(
  records: readonly Evidence[],
  task: Pick<Task, 'id' | 'key'>,
  hash: string,
): TaskEvidence | undefined {
  const name = task.id ?? task.key;
  const newest = (all: readonly Evidence[]) =>
    all.reduce<Evidence | undefined>(
      (best, each) => (best === undefined || each.at > best.at ? each : best),
      undefined,
    );
  const same = records.filter((record) => record.hash === hash);
  const own = newest(same.filter((record) => record.task === name)) ?? newest(same);
  if (own) return { evidence: own, stale: false };
  const old = newest(records.filter((record) => record.task === name));
  return old && { evidence: old, stale: true };
}

/** Takes the place of what was known of the task; lines that cannot be read stay. */
export async function recordEvidence(
  files: Pick<FileSystem, 'alone' | 'readText' | 'stat' | 'writeText'>,
  spec: string,
  root: string,
  evidence: Evidence,
): Promise<void> {
  const record = JSON.stringify(shareable(evidence, root));
  await addRecords(
    files,
    evidencePath(spec),
    [record],
    (line) => parseEvidence(line)[0]?.task !== evidence.task,
  );
}
