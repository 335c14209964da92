/** What the person says to the agent while it works: waits here, and is told with its next request. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionState } from '../../core/agent/sessionState';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';
import type { AgentActs } from './agentActs';

export interface SteerProps {
  readonly session: SessionState;
  readonly acts: AgentActs;
}

export function Steer({ session, acts }: SteerProps): JSX.Element {
  const [words, setWords] = useState('');
  const empty = words.trim() === '';
  const send = (): void => {
    if (empty) return;
    acts.send(words.trim());
    setWords('');
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <>
      <Queued session={session} />
      {canSteer(session) && (
        <div class="steer">
          <input
            aria-label="Tell the agent"
            placeholder="Tell the agent, while it works"
            title="Told with its next request, after what runs now"
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <Button
            act="send"
            label="Send"
            shortcut="Enter"
            blocked={empty ? 'Write something first' : undefined}
            onPress={send}
          />
        </div>
      )}
    </>
  );
}

/** A draft or a revision is one answer: there is nothing to steer. */
function canSteer({ status, started: { kind } }: SessionState): boolean {
  return status === 'running' && (kind === 'task' || kind === 'hook');
}

function Queued({ session: { queued, status } }: Pick<SteerProps, 'session'>): JSX.Element | null {
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
