import type { SessionEntry } from '../core/agent/session/sessions';
import { UsageError } from './command';

/** By its id, or the beginning of it where that is the only one. Throws `UsageError`. */
export function findSession(sessions: readonly SessionEntry[], wanted: string): SessionEntry {
  const found = sessions.filter(({ id }) => id.startsWith(wanted));
  const entry = sessions.find(({ id }) => id === wanted) ?? (found.length === 1 ? found[0] : undefined);
  if (entry) return entry;
  throw new UsageError(
    found.length > 1
      ? `${found.length} sessions begin with ${wanted}. Write more of the id.`
      : `There is no session ${wanted}. “earshot session list” shows them.`,
  );
}
