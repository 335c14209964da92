/**
 * A checkpoint before the first call of a turn that may change something, and what the turn left when it is over. A turn
 * that only looks costs nothing.
 */
import type { Session } from '../agent/session/liveSession';
import type { TouchedFile } from '../agent/tool';
import type { Checkpoints } from './checkpoints';
import type { Cause } from './model';

export interface TurnCheckpoints {
  /** Rejects never. @param touch What the call is about to change, as far as is known */
  before(session: Session, touch?: TouchedFile): Promise<void>;
  /** After the last call of the turn. Rejects never. */
  ended(session: Session): Promise<void>;
}

/** What the timeline knows beside what it shows. */
export interface Timeline extends Pick<Checkpoints, 'take'> {
  /** What became of the workspace since a checkpoint: its `after`. */
  left(root: string, id: string, touched: readonly string[]): Promise<void>;
  /** Which of these are ignored, so that no checkpoint holds them yet. Rejects never. */
  ignored(root: string, paths: readonly string[]): Promise<ReadonlySet<string>>;
}

interface Turn {
  /** Number of the event that holds the person's words. */
  readonly seq: number;
  readonly checkpoint: string | undefined;
  readonly touched: Set<string>;
}

export function createTurnCheckpoints(timeline: Timeline): TurnCheckpoints {
  const turns = new Map<string, Turn>();
  return {
    async before(session, touch) {
      const { root } = session.state.started;
      const { seq, isFirst } = lastWords(session);
      const paths = touch ? pathsOf(touch) : [];
      const turn = turns.get(session.id);
      if (turn?.seq === seq) {
        const more = paths.filter((path) => !turn.touched.has(path));
        for (const path of more) turn.touched.add(path);
        // The others are in the checkpoint.
        if (more.length === 0 || (await timeline.ignored(root, more)).size === 0) return;
      }
      const touched = new Set([...(turn?.seq === seq ? turn.touched : []), ...paths]);
      const cause = causeOf(session, seq, isFirst);
      const taken = await timeline.take(root, cause, [...touched], session.abort.signal);
      turns.set(session.id, { seq, checkpoint: taken?.id, touched });
    },
    async ended(session) {
      const turn = turns.get(session.id);
      if (!turn) return;
      turns.delete(session.id);
      if (turn.checkpoint === undefined) return;
      await timeline.left(session.state.started.root, turn.checkpoint, [...turn.touched]);
    },
  };
}

function pathsOf({ path, from, also = [] }: TouchedFile): readonly string[] {
  return [path, ...(from === undefined ? [] : [from]), ...also.map((each) => each.path)];
}

function lastWords({ state }: Session): { readonly seq: number; readonly isFirst: boolean } {
  const words = state.items.filter((item) => item.type === 'user');
  return { seq: words.at(-1)?.seq ?? 0, isFirst: words.length < 2 };
}

function causeOf({ id, state: { started } }: Session, seq: number, isFirst: boolean): Cause {
  if (started.kind === 'task' && isFirst && started.spec !== undefined && started.task !== undefined)
    return { kind: 'task', session: id, spec: started.spec, task: started.task, when: 'before' };
  if (started.kind === 'hook' && isFirst && started.hook !== undefined)
    return { kind: 'hook', session: id, hook: started.hook, when: 'before' };
  return { kind: 'turn', session: id, turn: seq };
}
