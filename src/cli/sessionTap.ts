/** The events of this process's sessions and runs, once they are on the disk. */
import type { SessionEvent } from '../core/agent/session/events';
import { readLog } from '../core/agent/session/sessionLog';
import type { FileSystem } from '../core/ports';
import type { RunEvent } from '../core/tasks/run/model';
import { readRunLog } from '../core/tasks/run/runLog';
import { Emitter, type Event } from '../core/util/event';

export interface LoggedEvent {
  readonly session: string;
  readonly event: SessionEvent;
}

export interface SessionTap {
  /** To be used in place of the given one. */
  readonly files: FileSystem;
  readonly onEvent: Event<LoggedEvent>;
  readonly onRunEvent: Event<{ readonly run: string; readonly event: RunEvent }>;
}

/** Listens where the core writes its logs: what is told is what was kept. */
export function tapSessions(files: FileSystem): SessionTap {
  const events = new Emitter<LoggedEvent>();
  const runEvents = new Emitter<{ readonly run: string; readonly event: RunEvent }>();
  return {
    onEvent: events.event,
    onRunEvent: runEvents.event,
    files: {
      ...files,
      async appendLines(path, text) {
        await files.appendLines(path, text);
        const session = /\/sessions\/([^/]+)\.jsonl$/.exec(path)?.[1];
        if (session !== undefined) for (const event of readLog(text)) events.fire({ session, event });
        const run = /\/runs\/([^/]+)\.jsonl$/.exec(path)?.[1];
        if (run !== undefined) for (const event of readRunLog(text)) runEvents.fire({ run, event });
      },
    },
  };
}
