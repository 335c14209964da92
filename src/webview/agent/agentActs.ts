/** What can be asked of the host from the agent view. One object for the life of the view. */
import type { ReviewAct } from '../../core/agent/changes/supervision';
import type { PermissionAnswer } from '../../core/agent/session/events';
import type { Picture } from '../../core/agent/turn/images';
import type { FromAgent } from '../../protocol/agent';

export interface AgentActs {
  answer(call: string, answer: PermissionAnswer): void;
  choose(call: string, answer: string): void;
  stop(): void;
  retry(): void;
  resume(): void;
  /** Words for the session that is shown; without one they begin a session. */
  say(text: string, pictures: readonly Picture[]): void;
  /** What waits to be said, to change it. */
  takeBack(message: string): void;
  select(session: string): void;
  newSession(): void;
  rename(session: string, title: string): void;
  fork(session: string, before?: number): void;
  showCheckpoints(session: string): void;
  export(session: string): void;
  delete(session: string): void;
  /** About the session that is shown. */
  forkShown(before?: number): void;
  /** As it was before a message. */
  restoreBefore(turn: number): void;
  showShownCheckpoints(): void;
  renameShown(title: string): void;
  exportShown(): void;
  deleteShown(): void;
  compact(): void;
  openFile(path: string): void;
  openDiff(call: string): void;
  review(act: ReviewAct): void;
  /** All changed files of the turn, or one. */
  openChanges(path?: string): void;
  post(message: FromAgent): void;
}

/** @param session the session that is shown when an act is done */
export function createAgentActs(
  post: (message: FromAgent) => void,
  session: () => string | undefined,
): AgentActs {
  const about = (make: (session: string) => FromAgent): void => {
    const id = session();
    if (id !== undefined) post(make(id));
  };
  return {
    answer: (call, answer) => about((id) => ({ type: 'answer', session: id, call, answer })),
    choose: (call, answer) => about((id) => ({ type: 'choose', session: id, call, answer })),
    stop: () => about((id) => ({ type: 'stop', session: id })),
    retry: () => about((id) => ({ type: 'retry', session: id })),
    resume: () => about((id) => ({ type: 'resume', session: id })),
    say: (text, pictures) => post({ type: 'say', session: session(), text, pictures }),
    takeBack: (message) => about((id) => ({ type: 'takeBack', session: id, message })),
    newSession: () => post({ type: 'newSession' }),
    rename: (id, title) => post({ type: 'rename', session: id, title }),
    fork: (id, before) => post(forkOf(id, before)),
    showCheckpoints: (id) => post({ type: 'showCheckpoints', session: id }),
    export: (id) => post({ type: 'export', session: id }),
    delete: (id) => post({ type: 'delete', session: id }),
    forkShown: (before) => about((id) => forkOf(id, before)),
    restoreBefore: (turn) => about((id) => ({ type: 'restoreBefore', session: id, turn })),
    showShownCheckpoints: () => about((id) => ({ type: 'showCheckpoints', session: id })),
    renameShown: (title) => about((id) => ({ type: 'rename', session: id, title })),
    exportShown: () => about((id) => ({ type: 'export', session: id })),
    deleteShown: () => about((id) => ({ type: 'delete', session: id })),
    compact: () => about((id) => ({ type: 'compact', session: id })),
    select: (id) => post({ type: 'select', session: id }),
    openFile: (path) => post({ type: 'openFile', path }),
    openDiff: (call) => about((id) => ({ type: 'openDiff', session: id, call })),
    review: (act) => about((id) => ({ type: 'review', session: id, act })),
    openChanges: (path) =>
      about((id) => ({ type: 'openChanges', session: id, ...(path === undefined ? {} : { path }) })),
    post,
  };
}

function forkOf(session: string, before: number | undefined): FromAgent {
  return { type: 'fork', session, ...(before === undefined ? {} : { before }) };
}
