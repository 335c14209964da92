/** The events of this process's sessions, once they are on the disk. */
import type { SessionEvent } from '../core/agent/session/events';
import { readLog } from '../core/agent/session/sessionLog';
import type { FileSystem } from '../core/ports';
import { Emitter, type Event } from '../core/util/event';

export interface LoggedEvent {
  readonly session: string;
  readonly event: SessionEvent;
}

export interface SessionTap {
  /** To be used in place of the given one. */
  readonly files: FileSystem;
  readonly onEvent: Event<LoggedEvent>;
}

/** Listens where the core writes its logs: what is told is what was kept. */
export function tapSessions(files: FileSystem): SessionTap {
  const events = new Emitter<LoggedEvent>();
  return {
    onEvent: events.event,
    files: {
      ...files,
      async appendText(path, text) {
        await files.appendText(path, text);
        const session = /\/sessions\/([^/]+)\.jsonl$/.exec(path)?.[1];
        if (session === undefined) return;
        for (const event of readLog(text)) events.fire({ session, event });
      },
    },
  };
}
