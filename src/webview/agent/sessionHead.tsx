/** Which session this is, and how it stands. */
import type { JSX } from 'preact';
import type { AgentModel } from '../../protocol/agent';
import { Icon, Spinner } from '../shared/icon';
import type { AgentActs } from './agentActs';
import { SessionPicker } from './sessionPicker';
import { placeLine, stateTag } from './sessionWords';

export interface SessionHeadProps {
  readonly session: NonNullable<AgentModel['session']>;
  readonly sessions: AgentModel['sessions'];
  readonly acts: AgentActs;
}

export function SessionHead({ session, sessions, acts }: SessionHeadProps): JSX.Element {
  const tag = stateTag(session);
  const { title, model, rehearsed } = session.started;
  return (
    <header class="session-head">
      <div class="head-line">
        <h1 class="session-title" title={title}>
          {title}
        </h1>
        <span class="tag strong state-tag" role="status">
          {tag.icon ? <Icon name={tag.icon} tone={tag.tone} small /> : <Spinner />}
          {tag.word}
        </span>
        {sessions.length > 1 && <SessionPicker current={session.id} sessions={sessions} acts={acts} />}
      </div>
      <div class="head-line small dim">
        <span class="place">{placeLine(session)}</span>
        {rehearsed ? (
          <span
            class="tag"
            title="The demo's words were written beforehand. No model is asked, nothing is sent."
          >
            <Icon name="mortar-board" small />
            Rehearsed
          </span>
        ) : (
          <span class="model-name" title="Model">
            {model}
          </span>
        )}
      </div>
    </header>
  );
}
