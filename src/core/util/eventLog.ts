/** An append-only log of events, a line each. What it has written survives a crash; a torn last line is left out. */
import type { FileSystem } from '../ports';
import { parseJsonLines } from './jsonLines';

/** `seq` from 0 without gaps; `at` in milliseconds since the epoch. */
export type Logged<Body> = Body & { readonly seq: number; readonly at: number };

/** Events of a log's text. Foreign lines are left out, and what was written twice; the order is that of the file. */
export function readEvents<Body extends { readonly type: string }>(text: string): readonly Logged<Body>[] {
  const known = new Map<number, Logged<Body>>();
  return parseJsonLines(text).values.filter((value): value is Logged<Body> => {
    if (!isEvent<Body>(value)) return false;
    const first = known.get(value.seq);
    if (first === undefined) known.set(value.seq, value);
    return first === undefined || JSON.stringify(first) !== JSON.stringify(value);
  });
}

function isEvent<Body>(value: unknown): value is Logged<Body> {
  const event = value as { readonly type?: unknown; readonly seq?: unknown; readonly at?: unknown } | null;
  return typeof event?.type === 'string' && typeof event.seq === 'number' && typeof event.at === 'number';
}

/**
 * Writes events in order. Appending never waits for the disk; `flush` does, and everything that must not be
 * lost is flushed before what follows it.
 */
export class EventLog<Body extends { readonly type: string }> {
  readonly #files: FileSystem;
  readonly #path: string;
  readonly #now: () => number;
  #next: number;
  /** Of the latest event: a clock that is put back must not turn their order around, nor what lasted between them. */
  #at: number;
  #pending = '';
  #writing: Promise<void> | undefined;

  /** `existing`: the text that is already there, when a log is gone on with. */
  constructor(files: FileSystem, path: string, now: () => number, existing = '') {
    this.#files = files;
    this.#path = path;
    this.#now = now;
    const last = readEvents(existing).at(-1);
    this.#next = (last?.seq ?? -1) + 1;
    this.#at = last?.at ?? Number.NEGATIVE_INFINITY;
  }

  append(body: Body): Logged<Body> {
    this.#at = Math.max(this.#at, this.#now());
    const event = { seq: this.#next++, at: this.#at, ...body };
    this.#pending += `${JSON.stringify(event)}\n`;
    return event;
  }

  /** Resolves when all that was appended so far is on the disk. */
  async flush(): Promise<void> {
    while (this.#writing || this.#pending !== '') {
      this.#writing ??= this.#write();
      await this.#writing;
    }
  }

  async #write(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    try {
      await this.#files.appendLines(this.#path, text);
    } catch (error) {
      // Some of it may be there: what is there twice is read once.
      this.#pending = text + this.#pending;
      throw error;
    } finally {
      this.#writing = undefined;
    }
  }
}
