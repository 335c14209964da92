/** The append-only log of one run of tasks. What a step did is on the disk before the next begins. */
import { EventLog, readEvents } from '../../util/eventLog';
import type { RunEvent, RunEventBody } from './model';

export function readRunLog(text: string): readonly RunEvent[] {
  return readEvents<RunEventBody>(text);
}

export class RunLog extends EventLog<RunEventBody> {}
