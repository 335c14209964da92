/** What can be asked of the host from the agent view. One object for the life of the view. */
import type { PermissionAnswer } from '../../core/agent/events';
import type { FromAgent } from '../../protocol/agent';

export interface AgentActs {
  answer(call: string, answer: PermissionAnswer): void;
  choose(call: string, answer: string): void;
  stop(): void;
  retry(): void;
  resume(): void;
  send(text: string): void;
  select(session: string): void;
  openFile(path: string): void;
  openDiff(call: string): void;
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
    send: (text) => about((id) => ({ type: 'send', session: id, text })),
    select: (id) => post({ type: 'select', session: id }),
    openFile: (path) => post({ type: 'openFile', path }),
    openDiff: (call) => about((id) => ({ type: 'openDiff', session: id, call })),
    post,
  };
}
