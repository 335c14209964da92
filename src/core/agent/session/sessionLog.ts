/** The append-only log of one session. What it has written survives a crash; a torn last line is left out. */
import type { FileSystem } from '../../ports';
import { parseJsonLines } from '../../util/jsonLines';
import type { SessionEvent, SessionEventBody } from './events';

/** Events of a log's text. Foreign lines are left out; the order is that of the file. */
export function readLog(text: string): readonly SessionEvent[] {
  return parseJsonLines(text).values.filter(isEvent);
}

function isEvent(value: unknown): value is SessionEvent {
  const event = value as Partial<SessionEvent> | null;
  return typeof event?.type === 'string' && typeof event.seq === 'number' && typeof event.at === 'number';
}

/**
 * Writes events in order. Appending never waits for the disk; `flush` does, and everything that must not be
 * lost (the start of a tool call, the end of a turn) is flushed before what follows it.
 */
export class SessionLog {
  readonly #files: FileSystem;
  readonly #path: string;
  readonly #now: () => number;
  #next: number;
  #pending: string;
  #writing: Promise<void> | undefined;

  /** `existing`: the text that is already there, when a log is gone on with. */
  constructor(files: FileSystem, path: string, now: () => number, existing = '') {
    this.#files = files;
    this.#path = path;
    this.#now = now;
    this.#next = (readLog(existing).at(-1)?.seq ?? -1) + 1;
    this.#pending = existing !== '' && !existing.endsWith('\n') ? '\n' : '';
  }

  append(body: SessionEventBody): SessionEvent {
    const event: SessionEvent = { seq: this.#next++, at: this.#now(), ...body };
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
      await this.#files.appendText(this.#path, text);
    } catch (error) {
      this.#pending = text + this.#pending;
      throw error;
    } finally {
      this.#writing = undefined;
    }
  }
}
