/** What the person said while the agent works: waits here, and is told with its next request. */
import type { JSX } from 'preact';
import type { SessionState } from '../../../core/agent/session/sessionState';
import { IconButton } from '../../shared/button';
import { Icon } from '../../shared/icon';
import type { AgentActs } from '../agentActs';

export interface QueuedProps {
  readonly session: Pick<SessionState, 'queued' | 'status' | 'changes'>;
  readonly acts: AgentActs;
  readonly elsewhere: boolean;
}

export function Queued({ session, acts, elsewhere }: QueuedProps): JSX.Element | null {
  const { queued, status } = session;
  if (queued.length === 0) return null;
  const state = stateOf(session);
  return (
    <ul class="queued small" aria-label={state}>
      {queued.map(({ message, text, attachments }) => (
        <li key={message} title={state}>
          <Icon name={status === 'running' ? 'comment' : 'circle-slash'} tone="dim" small />
          <span>{text}</span>
          <span class="dim">{state}</span>
          {!elsewhere && (
            <IconButton
              icon="edit"
              act="takeBack"
              label={
                attachments?.some(({ type }) => type === 'image')
                  ? 'Take back to change it (without its pictures)'
                  : 'Take back to change it'
              }
              onPress={() => acts.takeBack(message)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function stateOf({ status, changes }: QueuedProps['session']): string {
  if (status !== 'running') return 'Not sent';
  return changes.set?.state === 'open' ? 'Waits for your review' : 'Waits for the next request';
}
