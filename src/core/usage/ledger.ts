/**
 * Every request to a model, a line each, in `~/.earshot/usage/<month>.jsonl`: shared by all windows and the command
 * line, so that a limit is one limit wherever the money is spent.
 */
import type { SessionKind } from '../agent/session/events';
import type { Usage } from '../agent/turn/model';
import type { FileSystem } from '../ports';
import { Emitter, type Event } from '../util/event';
import { parseJsonLines } from '../util/jsonLines';
import { joinPath } from '../util/path';

export interface UsageRecord {
  readonly v: 1;
  /** Milliseconds since the epoch, and the same as the person's calendar day: `2026-11-27`. */
  readonly at: number;
  readonly day: string;
  readonly model: string;
  readonly session: string;
  /** `editor`: the editor's own chat, or another extension, by way of the models that we offer there. */
  readonly kind: SessionKind | 'editor';
  /** The workspace folder. */
  readonly root: string;
  /** The spec's folder. */
  readonly spec?: string;
  readonly task?: string;
  readonly hook?: string;
  readonly usage: Usage;
  /** Dollars; left out where nobody knows the model's price. */
  readonly cost?: number;
  readonly durationMs: number;
  /** The answer did not come to its end: what it used is estimated. */
  readonly incomplete?: true;
}

/** Who asks a model, and what for. */
export type Asker = Pick<UsageRecord, 'session' | 'kind' | 'root' | 'spec' | 'task' | 'hook'>;

export interface Ledger {
  add(record: UsageRecord): Promise<void>;
  /** The records of a month (`2026-11`), in the order in which they were written. */
  month(month: string): Promise<readonly UsageRecord[]>;
  /** The months of which there are records, latest first. */
  months(): Promise<readonly string[]>;
  readonly onDidAdd: Event<UsageRecord>;
}

export function createLedger(files: FileSystem, folder: string): Ledger {
  const added = new Emitter<UsageRecord>();
  const pathOf = (month: string) => joinPath(folder, `${month}.jsonl`);
  /** The month that was read last: of thousands of lines only those that came since are parsed. */
  let known = { path: '', text: '', records: [] as readonly UsageRecord[] };

  return {
    async add(record) {
      await files.appendLines(pathOf(monthOf(record.day)), `${JSON.stringify(record)}\n`);
      added.fire(record);
    },
    async month(month) {
      // Read afresh each time: other windows and the command line write the same file.
      const path = pathOf(month);
      const text = (await files.readText(path)) ?? '';
      const grown = path === known.path && known.text.endsWith('\n') && text.startsWith(known.text);
      const { text: old, records } = grown ? known : { text: '', records: [] };
      const fresh = parseJsonLines(text.slice(old.length)).values.filter(isRecord);
      known = { path, text, records: fresh.length === 0 ? records : [...records, ...fresh] };
      return known.records;
    },
    async months() {
      const names = (await files.list(folder)).map(({ name }) => /^(\d{4}-\d\d)\.jsonl$/.exec(name)?.[1]);
      return names.filter((name) => name !== undefined).sort((a, b) => (a < b ? 1 : -1));
    },
    onDidAdd: added.event,
  };
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

function isRecord(value: unknown): value is UsageRecord {
  const record = value as Partial<UsageRecord> | null;
  return (
    typeof record?.day === 'string' &&
    typeof record.session === 'string' &&
    typeof record.model === 'string' &&
    typeof record.usage?.inputTokens === 'number' &&
    typeof record.usage.outputTokens === 'number'
  );
}
