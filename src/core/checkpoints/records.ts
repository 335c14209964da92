/** Which checkpoints there are: a line each, in a file a month, so that old ones go without a file being written anew. */
import type { FileSystem } from '../ports';
import { parseJsonLines } from '../util/jsonLines';
import { joinPath } from '../util/path';
import type { Checkpoint } from './model';

export interface CheckpointRecord {
  readonly type: 'checkpoint';
  readonly id: string;
  readonly at: number;
  readonly cause: Checkpoint['cause'];
  readonly head?: string;
  readonly changed: number;
  readonly left: readonly { readonly path: string; readonly why: string }[];
  /** From here on it is known of these whether they were there, though they may be ignored. */
  readonly touched: readonly string[];
}

/** What Earshot itself made of the workspace: no entry of the timeline, but no person's edit either. */
export interface StateRecord {
  readonly type: 'state';
  readonly id: string;
  readonly at: number;
  /** What was done since this checkpoint left it. */
  readonly since?: string;
}

export type TimelineRecord = CheckpointRecord | StateRecord;

export interface Records {
  add(record: TimelineRecord): Promise<void>;
  /** Oldest first. */
  all(): Promise<readonly TimelineRecord[]>;
  /** Months that ended before this day, `2026-11-27`. */
  removeBefore(day: string): Promise<void>;
}

const MONTH = /^(?<month>\d{4}-\d{2})\.jsonl$/;

/** @param dayOf The calendar day of a time */
export function createRecords(files: FileSystem, folder: string, dayOf: (at: number) => string): Records {
  async function months(): Promise<readonly string[]> {
    const entries = await files.list(folder);
    return entries.map(({ name }) => name).filter((name) => MONTH.test(name));
  }
  return {
    add: (record) =>
      files.appendLines(
        joinPath(folder, `${dayOf(record.at).slice(0, 7)}.jsonl`),
        `${JSON.stringify(record)}\n`,
      ),
    async all() {
      const found: TimelineRecord[] = [];
      for (const name of await months()) {
        const text = (await files.readText(joinPath(folder, name))) ?? '';
        found.push(...parseJsonLines(text).values.filter(isRecord));
      }
      return found.sort((a, b) => a.at - b.at);
    },
    async removeBefore(day) {
      for (const name of await months())
        if (name.slice(0, 7) < day.slice(0, 7)) await files.remove(joinPath(folder, name));
    },
  };
}

function isRecord(value: unknown): value is TimelineRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { type, id, at } = value as Partial<TimelineRecord>;
  if (typeof id !== 'string' || typeof at !== 'number') return false;
  if (type === 'state') return true;
  const { cause, left, touched } = value as Partial<CheckpointRecord>;
  return type === 'checkpoint' && typeof cause === 'object' && Array.isArray(left) && Array.isArray(touched);
}

/** Lines are in the order in which they were written. */
export function checkpointsIn(records: readonly TimelineRecord[]): readonly CheckpointRecord[] {
  return records.filter((record) => record.type === 'checkpoint');
}
