/** The foot of the log: what the session waits for, or how it ended. */
import type { JSX } from 'preact';
import type { SessionState } from '../../../core/agent/session/sessionState';
import { Button } from '../../shared/button';
import { Icon, Spinner } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import { isWaiting, statusTag } from '../sessions/sessionWords';

export interface EndStateProps {
  readonly session: SessionState;
  /** Text or a call comes in right now. */
  readonly streams: boolean;
  /** Why a retry is not possible now. */
  readonly blocked: string | undefined;
  readonly acts: AgentActs;
}

export function EndState({ session, streams, blocked, acts }: EndStateProps): JSX.Element | null {
  if (session.status === 'running') return <Waits session={session} streams={streams} />;
  const isChat = session.started.kind === 'chat';
  if (session.status === 'done') return isChat ? null : <Done session={session} />;
  const tag = statusTag(session.status);
  const failed = session.status === 'failed';
  return (
    <section class={failed ? 'end failed' : 'end'} role={failed ? 'alert' : 'status'}>
      {tag.icon && <Icon name={tag.icon} tone={tag.tone} />}
      <p class="end-words">
        <strong>{tag.word}.</strong> {session.reason ?? reasonOf(session.status)}
      </p>
      <div class="end-acts">
        {canResume(session) && (
          <Button
            act="resume"
            look={blocked ? undefined : 'filled'}
            icon="play"
            label={isChat ? 'Try again' : 'Resume'}
            blocked={blocked}
            onPress={acts.resume}
          />
        )}
        {canRetry(session) && (
          <Button
            act="retry"
            look={session.status === 'cancelled' || canResume(session) || blocked ? undefined : 'filled'}
            icon="debug-restart"
            label="Retry"
            blocked={blocked}
            onPress={acts.retry}
          />
        )}
      </div>
    </section>
  );
}

/** A failed check would only fail again: that is for another try of the agent. */
function canResume({ status, started, items }: SessionState): boolean {
  if (started.kind === 'chat') return status !== 'cancelled';
  if (started.kind !== 'task' || items.some((item) => item.type === 'check' && item.status === 'failed'))
    return false;
  return status === 'interrupted' || status === 'failed';
}

/** What a sub-agent was to do is for the session that it worked for; a message or questions are asked for where they are wanted. */
function canRetry({ started: { kind, spec, hook } }: SessionState): boolean {
  if (kind === 'chat' || kind === 'subagent') return false;
  return spec !== undefined || hook !== undefined;
}

function reasonOf(status: SessionState['status']): string {
  if (status === 'interrupted') return 'The window closed while it ran. What was done is kept.';
  return status === 'cancelled' ? 'What was done is kept.' : 'No reason was given.';
}

function Waits({ session, streams }: Pick<EndStateProps, 'session' | 'streams'>): JSX.Element | null {
  if (session.retrying !== undefined) {
    return (
      <p class="waits small" role="status">
        <Icon name="sync" tone="warn" small />
        {session.retrying}
      </p>
    );
  }
  if (!isWaiting(session, streams)) return null;
  return (
    <p class="waits small dim">
      <Spinner />
      Waiting for the model
    </p>
  );
}

function Done({ session }: { readonly session: SessionState }): JSX.Element {
  const { revision } = session;
  const words =
    revision && revision.accepted === undefined
      ? 'The revision waits for your decision in the review.'
      : revision
        ? `The revision was ${revision.accepted ? 'accepted' : 'refused'}.`
        : session.reason;
  return (
    <p class="waits small" role="status">
      <Icon name="pass-filled" tone="ok" small />
      <span>
        <strong>Done.</strong> {words}
      </span>
    </p>
  );
}
