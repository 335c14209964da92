/** Of the messages of a session, those before which a checkpoint was taken that is still kept. */
import type { Core } from '../../../core';
import type { Disposable } from '../../../core/util/disposable';

export interface RestorableTurns extends Disposable {
  /** Numbers of their events; none where the store cannot be read, which the Checkpoints view says. */
  of(session: string): Promise<readonly number[]>;
}

export function createRestorableTurns({ checkpoints }: Core): RestorableTurns {
  /** Read again when one is taken: a view is drawn with each event of a session. */
  const read = new Map<string, Promise<readonly number[]>>();
  const forget = checkpoints.onDidChange(() => read.clear());

  async function look(session: string): Promise<readonly number[]> {
    try {
      const all = await checkpoints.list({ session });
      return all.flatMap(({ cause }) =>
        cause.kind === 'turn' && cause.session === session ? [cause.turn] : [],
      );
    } catch {
      return [];
    }
  }

  return {
    of(session) {
      const known = read.get(session) ?? look(session);
      read.set(session, known);
      return known;
    },
    dispose: () => forget.dispose(),
  };
}
