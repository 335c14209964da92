/** What is shown while there is no session, or no model to have one with. */
import type { JSX } from 'preact';
import type { AgentModel } from '../../protocol/agent';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';
import type { AgentActs } from './agentActs';
import { HeadActs } from './sessions/sessionHead';

export interface EmptyAgentProps {
  readonly model: AgentModel;
  readonly acts: AgentActs;
  readonly onList: () => void;
}

export function EmptyAgent({ model, acts, onList }: EmptyAgentProps): JSX.Element {
  if (model.off !== undefined)
    return model.restricted ? (
      <Restricted reason={model.off} acts={acts} />
    ) : (
      <NoModel reason={model.off} acts={acts} />
    );
  return (
    <div class="empty">
      <div class="head-line">
        <h1 class="empty-title">New session</h1>
        <span class="spacer" />
        <HeadActs acts={acts} onList={onList} />
      </div>
      <p>Ask about this workspace, or say what should change. Every step is shown here, and kept.</p>
      <p class="led-by">
        <Icon name="hubot" tone="dim" />
        <span>
          {model.nextAgent === undefined ? 'No custom agent leads it.' : `Led by ${model.nextAgent}.`}
        </span>
        <Button
          act="chooseAgent"
          look="inline"
          label="Choose an agent…"
          onPress={() => acts.post({ type: 'chooseAgent' })}
        />
      </p>
      {model.nextWelcome !== undefined && <blockquote class="welcome">{model.nextWelcome}</blockquote>}
      <ul class="ways">
        <li>
          <Icon name="sparkle" />
          <span>
            <strong>Draft a document</strong> from the Specs view or a review.
          </span>
        </li>
        <li>
          <Icon name="tasklist" />
          <span>
            <strong>Run a task</strong> above its line in tasks.md.
          </span>
        </li>
        <li>
          <Icon name="plug" />
          <span>
            <strong>Let a hook fire</strong> when a file is saved.
          </span>
        </li>
      </ul>
    </div>
  );
}

interface OffProps {
  readonly reason: string;
  readonly acts: AgentActs;
}

function Restricted({ reason, acts }: OffProps): JSX.Element {
  return (
    <div class="empty">
      <h1 class="empty-title">
        <Icon name="workspace-untrusted" tone="warn" /> This folder is not trusted
      </h1>
      <p>{reason}</p>
      <div>
        <Button
          act="trust"
          label="Manage trust"
          look="filled"
          onPress={() => acts.post({ type: 'manageTrust' })}
        />
      </div>
    </div>
  );
}

/** Four ways to a model: a key, an AWS account, a server on this machine, or the demo that needs none. */
function NoModel({ reason, acts }: OffProps): JSX.Element {
  return (
    <div class="empty">
      <h1 class="empty-title">No model is set up</h1>
      <p>{reason}</p>
      <ul class="ways">
        <li>
          <Icon name="key" />
          <span>
            <strong>With a key.</strong> It is kept in your system's key store and sent to its own server
            only.
            <Button
              act="setKey"
              look="filled"
              label="Set a key…"
              onPress={() => acts.post({ type: 'setKey' })}
            />
          </span>
        </li>
        <li>
          <Icon name="cloud" />
          <span>
            <strong>With your AWS account.</strong> Claude on Amazon Bedrock, signed in with IAM Identity
            Center.
            <Button act="useBedrock" label="Use Bedrock…" onPress={() => acts.post({ type: 'useBedrock' })} />
          </span>
        </li>
        <li>
          <Icon name="server" />
          <span>
            <strong>On this machine.</strong> Any server that speaks the Messages API, no key needed.
            <Button
              act="useServer"
              label="Use a local server…"
              onPress={() => acts.post({ type: 'useLocalServer' })}
            />
          </span>
        </li>
        <li>
          <Icon name="mortar-board" />
          <span>
            <strong>Just look.</strong> A rehearsed tour: nothing is sent, nothing is paid.
            <Button act="demo" label="Start the demo" onPress={() => acts.post({ type: 'startDemo' })} />
          </span>
        </li>
      </ul>
    </div>
  );
}

/** The same reason beside a session that can still be read. */
export function OffLine({ model, acts }: Omit<EmptyAgentProps, 'onList'>): JSX.Element | null {
  if (model.off === undefined) return null;
  return (
    <p class="off-line small">
      <Icon name={model.restricted ? 'workspace-untrusted' : 'plug'} tone="warn" small />
      <span class="off-words">{model.off}</span>
      {model.restricted ? (
        <Button
          act="trust"
          look="inline"
          label="Manage trust"
          onPress={() => acts.post({ type: 'manageTrust' })}
        />
      ) : (
        <Button act="setKey" look="inline" label="Set a key…" onPress={() => acts.post({ type: 'setKey' })} />
      )}
    </p>
  );
}
