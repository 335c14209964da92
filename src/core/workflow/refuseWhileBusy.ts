import { ActError } from '../actError';
import type { SessionKind } from '../agent/session/events';
import type { Sessions } from '../agent/session/sessions';

/** Throws when something (of a kind) runs for this spec, in this process or another. */
export async function refuseWhileBusy(sessions: Sessions, spec: string, kind?: SessionKind): Promise<void> {
  const busy = (await sessions.list()).find(
    ({ state: { status, started } }) =>
      status === 'running' && started.spec === spec && (kind === undefined || started.kind === kind),
  );
  if (busy)
    throw new ActError('busy', `“${busy.state.started.title}” is still running. Stop it first, or wait.`);
}
