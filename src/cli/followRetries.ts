import type { Sessions } from '../core/agent/session/sessions';

/** Says why a request waits, when it begins to wait. */
export function followRetries(sessions: Sessions, say: (message: string) => void): void {
  let last: string | undefined;
  sessions.onDidChange((id) => {
    const message = sessions.get(id)?.retrying;
    if (message !== undefined && message !== last) say(`${message} Trying again…`);
    last = message;
  });
}
