/** A model speaks in small pieces, many in a moment: together they cost the window one message, not hundreds. */
import type { LiveUpdate } from '../../../core/agent/session/events';

/** Adds a piece to those before it, to the last one where it goes on with that. */
export function append(updates: LiveUpdate[], update: LiveUpdate): void {
  const last = updates.at(-1);
  const joined = last && join(last, update);
  if (joined) updates[updates.length - 1] = joined;
  else updates.push(update);
}

function join(last: LiveUpdate, update: LiveUpdate): LiveUpdate | undefined {
  if (last.session !== update.session) return undefined;
  if (last.type === 'text' && update.type === 'text') return { ...last, text: last.text + update.text };
  const goesOn = last.type === 'output' && update.type === 'output' && last.call === update.call;
  return goesOn ? { ...last, text: last.text + update.text } : undefined;
}

export interface Gathered {
  add(update: LiveUpdate): void;
  /** Tells at once what was gathered: before anything that it belongs before. */
  flush(): void;
  dispose(): void;
}

/** @param wait Milliseconds until what was gathered is told */
export function gather(wait: number, tell: (update: LiveUpdate) => void): Gathered {
  let updates: LiveUpdate[] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(waiting);
    waiting = undefined;
    const told = updates;
    updates = [];
    for (const update of told) tell(update);
  };
  return {
    add(update) {
      append(updates, update);
      waiting ??= setTimeout(flush, wait);
    },
    flush,
    dispose: () => clearTimeout(waiting),
  };
}
