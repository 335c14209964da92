/** The append-only log of one session: the start of a tool call, the end of a turn are flushed before what follows. */
import { EventLog, readEvents } from '../../util/eventLog';
import type { SessionEvent, SessionEventBody } from './events';

export function readLog(text: string): readonly SessionEvent[] {
  return readEvents<SessionEventBody>(text);
}

export class SessionLog extends EventLog<SessionEventBody> {}
