/** What a person says about the changes of a session: while it waits for that, and also when it is over. */
import { ActError } from '../../actError';
import type { Ports } from '../../ports';
import { joinPath } from '../../util/path';
import type { SessionState } from '../session/sessionState';
import type { Sessions } from '../session/sessions';
import { decisionOf, type ReviewAct, settle } from './supervision';

export interface Reviews {
  /** Rejects with an `ActError` where nothing waits for a review. */
  act(session: string, act: ReviewAct): Promise<void>;
}

export function createReviews(
  ports: Pick<Ports, 'files' | 'copies' | 'hasher'>,
  sessions: Sessions,
  /** Hears what becomes of the files of a set that is settled after the end. */
  onWrite: (path: string, text: string | undefined, hook: string | undefined) => void,
): Reviews {
  const busy = new Set<string>();

  async function tell({ changes: { set }, started: { root, hook } }: SessionState): Promise<void> {
    const names = set?.files.flatMap(({ path, from = path }) => [path, from]) ?? [];
    for (const name of new Set(names)) {
      const place = joinPath(root, name);
      onWrite(place, await ports.files.readText(place).catch(() => undefined), hook);
    }
  }

  async function afterTheEnd(id: string, act: ReviewAct): Promise<void> {
    const state = sessions.get(id);
    if (state?.changes.set?.state !== 'open' && state?.changes.set?.state !== 'decided') throw nothing();
    if (state.status === 'running')
      throw new ActError('busy', 'It runs in another window or terminal. Review its changes there.');
    if (act.type === 'choose')
      return sessions.append(id, {
        type: 'review.chosen',
        path: act.path,
        ...(act.refused === undefined ? {} : { refused: act.refused }),
      });
    await sessions.append(id, { type: 'review.decided', refused: decisionOf(state, act.how) });
    const decided = sessions.get(id);
    if (!decided) return;
    const settled = await settle(ports, decided, async () => {});
    await tell(decided);
    await sessions.append(id, { type: 'review.settled', ...settled });
  }

  return {
    async act(id, act) {
      if (sessions.isLive(id)) {
        if (!sessions.review(id, act)) throw nothing();
        return;
      }
      // A second press while the first is carried out.
      if (busy.has(id)) return;
      busy.add(id);
      try {
        await afterTheEnd(id, act);
      } finally {
        busy.delete(id);
      }
    },
  };
}

function nothing(): ActError {
  return new ActError('notFound', 'Nothing of this session waits for a review any more.');
}
