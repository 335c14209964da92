/** Which session this is, and how it stands. */
import type { JSX } from 'preact';
import type { AgentModel } from '../../../protocol/agent';
import { Button, IconButton } from '../../shared/button';
import { Icon, Spinner } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import { planOf } from '../log/plan';
import { PlanLine } from '../log/planLine';
import { placeLine, stateTag, titleOf } from './sessionWords';

export interface SessionHeadProps {
  readonly session: NonNullable<AgentModel['session']>;
  readonly acts: AgentActs;
  readonly onList: () => void;
}

export function SessionHead({ session, acts, onList }: SessionHeadProps): JSX.Element {
  const tag = stateTag(session);
  const { model, rehearsed, agent, parent } = session.started;
  const title = titleOf(session);
  const plan = planOf(session.items);
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
        <HeadActs acts={acts} onList={onList} />
      </div>
      <div class="head-line small dim">
        <span class="place">{placeLine(session)}</span>
        {agent && (
          <span
            class="tag"
            title={parent ? 'The agent that does this task' : 'The agent that leads this session'}
          >
            <Icon name="hubot" small />
            {agent.name}
          </span>
        )}
        {parent && (
          <Button
            act="openParent"
            look="inline bare"
            label="Back"
            title="Back to the session that it works for"
            onPress={() => acts.select(parent.session)}
          />
        )}
        {rehearsed ? (
          <span
            class="tag"
            title="The demo's words were written beforehand. No model is asked, nothing is sent."
          >
            <Icon name="mortar-board" small />
            Rehearsed
          </span>
        ) : (
          <span class="model-name" title="Model of this session">
            {model}
          </span>
        )}
      </div>
      {plan && <PlanLine plan={plan} running={session.status === 'running'} />}
    </header>
  );
}

/** The ways to other sessions. */
export function HeadActs({ acts, onList }: Pick<SessionHeadProps, 'acts' | 'onList'>): JSX.Element {
  return (
    <span class="head-acts">
      <IconButton icon="add" label="New session (Ctrl+L)" act="new" onPress={acts.newSession} />
      <IconButton icon="history" label="Sessions" act="sessions" onPress={onList} />
    </span>
  );
}
