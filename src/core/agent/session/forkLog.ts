/** A copy of a session's beginning, as a conversation of its own. Pure. */

import type { Usage } from '../turn/model';
import { callsIn } from './dialogue';
import type { SessionEvent, SessionStarted } from './events';
import { foldSession } from './sessionState';

const FREE: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** What became of the session itself is not part of the conversation. */
const ITS_OWN: ReadonlySet<SessionEvent['type']> = new Set([
  'session.started',
  'session.resumed',
  'session.renamed',
  'session.ended',
  'turn.cut',
  'context.bounded',
  'draft.closed',
  'revision.proposed',
  'revision.decided',
  'user.queued',
  'user.refused',
  'user.takenBack',
  // The files are changed once: what becomes of that is decided in the session that did it.
  'change.began',
  'review.opened',
  'review.chosen',
  'review.decided',
]);

/**
 * Events of the new log. It ends with a step that is complete: calls without a result are left out with the answer
 * that made them, so that nothing in it waits to be run.
 * @param before Number of the first event that is left out; undefined for all.
 */
export function forkLog(
  events: readonly SessionEvent[],
  started: SessionStarted,
  at: number,
  before?: number,
): readonly SessionEvent[] {
  const kept = completeSteps(events.filter(({ seq }) => before === undefined || seq < before));
  const bodies = kept.filter(({ type }) => !ITS_OWN.has(type)).map(withoutCost);
  const context = foldSession(kept)?.context;
  const first = context === undefined ? started : { ...started, context };
  const last: SessionEvent = { type: 'session.ended', status: 'done', seq: 0, at };
  return [{ ...first, seq: 0, at }, ...bodies, last].map((event, seq) => ({ ...event, seq }));
}

function completeSteps(events: readonly SessionEvent[]): readonly SessionEvent[] {
  let open = new Set<string>();
  let end = 0;
  events.forEach((event, index) => {
    if (event.type === 'turn.ended')
      open = new Set(event.stop === 'tool_use' ? callsIn(event).map(({ id }) => id) : []);
    if (event.type === 'tool.ended') open.delete(event.call);
    if (open.size === 0) end = index + 1;
  });
  return events.slice(0, end);
}

/** It was paid for by the session that it is copied from. */
function withoutCost(event: SessionEvent): SessionEvent {
  return event.type === 'turn.ended' ? { ...event, usage: FREE, cost: 0 } : event;
}
