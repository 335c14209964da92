/** Of the messages of a session, those before which a checkpoint was taken that is still kept. */
import type { Core } from '../../../core';
import type { Disposable } from '../../../core/util/disposable';

export interface RestorableTurns extends Disposable {
  /**
   * Numbers of their events, as far as they are known: a view is not kept waiting for the store, and `changed` tells when
   * there is more to say. None where the store cannot be read, which the Checkpoints view says.
   */
  of(session: string): readonly number[];
}

const NONE: readonly number[] = [];

export function createRestorableTurns({ checkpoints, sessions }: Core, changed: () => void): RestorableTurns {
  const known = new Map<string, readonly number[]>();
  /** Sessions that were asked about since one was last taken. */
  const asked = new Set<string>();
  const listener = checkpoints.onDidChange(() => {
    asked.clear();
    changed();
  });

  async function look(session: string): Promise<void> {
    const all = await checkpoints.list({ session }).catch(() => []);
    const turns = [...new Set(all.flatMap(({ cause }) => (cause.kind === 'turn' ? [cause.turn] : [])))];
    if (turns.join() === (known.get(session) ?? NONE).join()) return;
    known.set(session, turns);
    changed();
  }

  return {
    of(session) {
      // Only a conversation has messages of the person’s to go back to.
      if (sessions.get(session)?.started.kind !== 'chat') return NONE;
      if (!asked.has(session)) {
        asked.add(session);
        void look(session);
      }
      return known.get(session) ?? NONE;
    },
    dispose: () => listener.dispose(),
  };
}
