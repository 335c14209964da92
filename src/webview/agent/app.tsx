/** The agent view: one session as it happens, or as it was. */

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { AgentModel, HelperSummary } from '../../protocol/agent';
import { takeFocus } from '../shared/focus';
import type { AgentActs } from './agentActs';
import { Announcer } from './announcer';
import { Changes } from './changes/changes';
import type { Unsent } from './composer/unsent';
import { EmptyAgent, OffLine } from './emptyAgent';
import { Foot } from './foot';
import type { Inbox } from './inbox';
import type { Live } from './log/live';
import { Log } from './log/log';
import { SessionHead } from './sessions/sessionHead';
import { SessionList } from './sessions/sessionList';
import { useViewKeys } from './useViewKeys';

export interface AgentAppProps {
  readonly model: AgentModel;
  readonly live: Live;
  readonly acts: AgentActs;
  readonly inbox: Inbox;
  readonly kept: Unsent;
  readonly onKeep: (unsent: Unsent) => void;
}

const NO_HELPERS: readonly HelperSummary[] = [];
const NONE: readonly number[] = [];

export function AgentApp({ model, live, acts, inbox, kept, onKeep }: AgentAppProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const [listed, setListed] = useState(false);
  const { session } = model;
  useViewKeys(root, acts, session?.status === 'running' && !model.elsewhere);
  const closeList = (): void => {
    setListed(false);
    requestAnimationFrame(() => takeFocus(root.current?.querySelector<HTMLElement>('[data-act="sessions"]')));
  };
  if (listed)
    return (
      <div class="agent" ref={root}>
        <Announcer session={session} />
        <SessionList current={session?.id} sessions={model.sessions} acts={acts} onClose={closeList} />
      </div>
    );
  const openList = (): void => setListed(true);
  return (
    <div class="agent" ref={root}>
      <Announcer session={session} />
      {session ? (
        <>
          <SessionHead session={session} acts={acts} onList={openList} />
          <Log
            key={session.id}
            session={session}
            live={live}
            blocked={model.off}
            restorable={model.restorable ?? NONE}
            helpers={model.helpers ?? NO_HELPERS}
            acts={acts}
          />
          <Changes
            key={`changes-${session.id}`}
            changes={model.elsewhere ? undefined : model.changes}
            running={session.status === 'running'}
            acts={acts}
          />
          <OffLine model={model} acts={acts} />
        </>
      ) : (
        <EmptyAgent model={model} acts={acts} onList={openList} />
      )}
      {(session !== undefined || model.off === undefined) && (
        <Foot model={model} acts={acts} inbox={inbox} kept={kept} onKeep={onKeep} />
      )}
    </div>
  );
}
