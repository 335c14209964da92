/** What the person said while the agent works: waits here, and is told with its next request. */
import type { JSX } from 'preact';
import type { SessionState } from '../../../core/agent/session/sessionState';
import { Icon } from '../../shared/icon';

export interface QueuedProps {
  readonly session: Pick<SessionState, 'queued' | 'status'>;
}

export function Queued({ session: { queued, status } }: QueuedProps): JSX.Element | null {
  if (queued.length === 0) return null;
  const state = status === 'running' ? 'Waits for the next request' : 'Not sent';
  return (
    <ul class="queued small" aria-label={state}>
      {queued.map(({ message, text }) => (
        <li key={message} title={state}>
          <Icon name={status === 'running' ? 'comment' : 'circle-slash'} tone="dim" small />
          <span>{text}</span>
          <span class="dim">{state}</span>
        </li>
      ))}
    </ul>
  );
}
