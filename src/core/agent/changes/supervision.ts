/** A person between two turns: copies before the agent changes a file, and a review when its turn is over. */
import type { Ports } from '../../ports';
import type { Dialogue } from '../session/dialogue';
import type { Session } from '../session/liveSession';
import type { PreparedCall } from '../tool';
import { ToolRefusal } from '../turn/toolRefusal';
import type { Choices, Refused, Touch } from './model';
import { takeBack } from './takeBack';
import { tellReview } from './tellReview';

/** Of one file; `undefined` keeps it. Or the last word about all. */
export type ReviewAct =
  | { readonly type: 'choose'; readonly path: string; readonly refused: Refused | undefined }
  | { readonly type: 'decide'; readonly how: 'chosen' | 'keepAll' | 'refuseAll' };

export interface Supervision {
  /** What is known about a file before a call changes it. Refuses the call when no copy can be made. */
  touch(touches: NonNullable<PreparedCall['touch']>): Promise<Touch>;
  /** Waits for the person where there is something to review. */
  review(session: Session, dialogue: Dialogue): Promise<void>;
}

/** Bytes; a larger file is not copied, and so not changed where each change can be refused. */
const MOST = 200_000_000;

export type SupervisionPorts = Pick<Ports, 'files' | 'copies' | 'hasher' | 'settings' | 'person'>;

/**
 * @param place The copy of the workspace folder that the session works in; undefined: the folder itself
 * @param isLater All is reviewed when the session is over: it waits for nobody
 */
export function createSupervision(ports: SupervisionPorts, place?: string, isLater = false): Supervision {
  const { settings, person, copies, files } = ports;

  async function copyOf(file: string, name: string): Promise<Pick<Touch, 'kept'>> {
    const size = (await files.stat(file))?.size ?? 0;
    if (size > MOST)
      throw new ToolRefusal(
        `${name} is too large (${size} bytes) to be copied before it is changed. Ask the person to do it.`,
      );
    const kept = await copies.keep(file);
    return kept ? { kept } : {};
  }

  return {
    async touch({ file, also, ...touch }) {
      const reviewed = isLater || (settings.get().autonomy === 'supervised' && person.present);
      const others: Pick<Touch, 'path' | 'kept'>[] = [];
      for (const other of also ?? [])
        others.push({ path: other.path, ...(reviewed ? await copyOf(other.file, other.path) : {}) });
      return {
        ...touch,
        reviewed,
        ...(also ? { also: others } : {}),
        ...(reviewed ? await copyOf(file, touch.from ?? touch.path) : {}),
      };
    },
    async review(session, dialogue) {
      const { set } = session.state.changes;
      if (isLater || !set?.reviewed || set.files.length === 0 || set.state === 'settled') return;
      if (set.state !== 'decided') {
        session.append({ type: 'review.opened' });
        const decided = session.review();
        await session.flush();
        session.append({ type: 'review.decided', refused: await decided });
      }
      const settled = await settle(ports, session.state, session.flush, place);
      session.append({ type: 'review.settled', ...settled });
      if (settled.told !== '') dialogue.say(settled.told);
      await session.flush();
    },
  };
}

/** Carries a decision out: it is in the log before anything is taken back. */
export async function settle(
  ports: Pick<Ports, 'files' | 'copies' | 'hasher'>,
  { started, changes: { set } }: Session['state'],
  flush: () => Promise<void>,
  place = started.root,
) {
  await flush();
  if (!set) return { left: [], told: '' };
  const left = await takeBack(ports, place, set.files, set.refused);
  return { left, told: tellReview({ files: set.files, left }, set.refused) };
}

export function decisionOf(state: Session['state'], how: 'chosen' | 'keepAll' | 'refuseAll'): Choices {
  const { set } = state.changes;
  if (!set || how === 'keepAll') return {};
  return how === 'chosen' ? set.refused : Object.fromEntries(set.files.map(({ path }) => [path, 'all']));
}
