/** Says to screen readers what is worth it: the end of a message, a question. Not every token. */
import type { JSX } from 'preact';
import type { AgentModel } from '../../protocol/agent';

export function Announcer({ session }: { readonly session: AgentModel['session'] }): JSX.Element {
  const asking = session?.items.find((item) => item.type === 'tool' && item.status === 'asking');
  const { question, choice } = asking?.type === 'tool' ? asking : {};
  const last = session?.items.findLast((item) => item.type === 'text');
  // A document is read in its editor, not from here.
  const speaks =
    session?.started.kind === 'task' || session?.started.kind === 'hook' || session?.started.kind === 'chat';
  return (
    <div class="visually-hidden">
      <div role="alert">{question ? `Permission needed: ${question.subject}` : (choice?.question ?? '')}</div>
      <div role="status">{speaks && last?.type === 'text' ? last.text : ''}</div>
    </div>
  );
}
