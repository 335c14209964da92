/** The foot of the view: words for the agent, what its context holds, and what it cost so far. */
import type { JSX } from 'preact';
import type { AgentModel } from '../../protocol/agent';
import { Button } from '../shared/button';
import { useNow } from '../shared/clock';
import { formatCost, formatElapsed } from '../shared/format';
import { Icon } from '../shared/icon';
import type { AgentActs } from './agentActs';
import { Composer } from './composer/composer';
import { ContextMeter } from './composer/contextMeter';
import { Queued } from './composer/queued';
import type { Unsent } from './composer/unsent';
import type { Inbox } from './inbox';
import { canTalk, limitWords, tokenLine } from './sessions/sessionWords';

export interface FootProps {
  readonly model: AgentModel;
  readonly acts: AgentActs;
  readonly inbox: Inbox;
  readonly kept: Unsent;
  readonly onKeep: (unsent: Unsent) => void;
}

export function Foot({ model, acts, inbox, kept, onKeep }: FootProps): JSX.Element {
  const { session } = model;
  return (
    <footer class="foot">
      {session && <Queued session={session} acts={acts} elsewhere={model.elsewhere === true} />}
      {canTalk(model) ? (
        <Composer model={model} acts={acts} inbox={inbox} kept={kept} onKeep={onKeep} />
      ) : (
        <Watched model={model} acts={acts} />
      )}
      {session && <Meter session={session} budget={model.budget} limit={model.limit} />}
    </footer>
  );
}

/** A draft or a revision is one answer, and what runs in another window is steered there. */
function Watched({ model, acts }: Pick<FootProps, 'model' | 'acts'>): JSX.Element {
  return (
    <div class="foot-acts">
      <span class="small dim autonomy">
        {model.elsewhere && (
          <>
            <Icon name="info" small />
            Runs in another window or terminal. Answer and stop it there.
          </>
        )}
      </span>
      <span class="spacer" />
      {!model.elsewhere && <Button act="stopSession" icon="debug-stop" label="Stop" onPress={acts.stop} />}
    </div>
  );
}

interface MeterProps {
  readonly session: NonNullable<AgentModel['session']>;
  readonly budget: number | undefined;
  readonly limit: AgentModel['limit'];
}

function Meter({ session, budget, limit }: MeterProps): JSX.Element {
  const running = session.status === 'running';
  const now = useNow(running);
  const cost = formatCost(session.cost);
  const end = running ? now : session.endedAt;
  const { usage, started, context } = session;
  const cached = usage.cacheReadTokens > 0 ? ` ${usage.cacheReadTokens} of them read from the cache.` : '';
  // The time between two messages of a conversation is the person's.
  const timed = started.kind !== 'chat' && end !== undefined;
  return (
    <p class="meter meta dim tabular">
      {context !== undefined && budget !== undefined && <ContextMeter used={context} budget={budget} />}
      <span class="tokens" title={`Tokens sent and received by all requests.${cached}`}>
        {tokenLine(session)}
      </span>
      <span class="spacer" />
      {!started.rehearsed && <span title="Cost of this session">{cost ?? 'price not known'}</span>}
      {limit && (
        <span class={limit.spent >= limit.limit * 0.8 ? 'limit near' : 'limit'} title={limitWords(limit)}>
          {Math.round((limit.spent / limit.limit) * 100)}% of limit
        </span>
      )}
      {timed && <span title="Time since it started">{formatElapsed(end - session.startedAt)}</span>}
    </p>
  );
}
