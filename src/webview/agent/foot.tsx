/** The foot of the view: words for the agent and Stop while something runs, and what it cost so far. */
import type { JSX } from 'preact';
import type { AgentModel } from '../../protocol/agent';
import { Button } from '../shared/button';
import { useNow } from '../shared/clock';
import { formatCost, formatElapsed } from '../shared/format';
import { Icon } from '../shared/icon';
import type { AgentActs } from './agentActs';
import { tokenLine } from './sessionWords';
import { Steer } from './steer';

export interface FootProps {
  readonly session: NonNullable<AgentModel['session']>;
  readonly autonomy: AgentModel['autonomy'];
  readonly acts: AgentActs;
}

export function Foot({ session, autonomy, acts }: FootProps): JSX.Element {
  const running = session.status === 'running';
  const asks = autonomy === 'supervised';
  return (
    <footer class="foot">
      <Steer key={session.id} session={session} acts={acts} />
      {running && (
        <div class="foot-acts">
          <span
            class="small dim autonomy"
            title={asks ? 'Asks before it writes or runs anything' : 'Writes and runs without asking'}
          >
            <Icon name={asks ? 'shield' : 'play'} small />
            {asks ? 'Asks first' : 'Autopilot'}
          </span>
          <span class="spacer" />
          <Button act="stopSession" icon="debug-stop" label="Stop" onPress={acts.stop} />
        </div>
      )}
      <Meter session={session} running={running} />
    </footer>
  );
}

function Meter({
  session,
  running,
}: {
  readonly session: FootProps['session'];
  readonly running: boolean;
}): JSX.Element {
  const now = useNow(running);
  const cost = formatCost(session.cost);
  const end = running ? now : session.endedAt;
  const { usage, started } = session;
  const cached = usage.cacheReadTokens > 0 ? `${usage.cacheReadTokens} of them read from the cache. ` : '';
  return (
    <p class="meter meta dim tabular">
      <span title={`Tokens sent and received. ${cached}`}>{tokenLine(session)}</span>
      <span class="spacer" />
      {!started.rehearsed && <span title="Cost of this session">{cost ?? 'price not known'}</span>}
      {end !== undefined && (
        <span title="Time since it started">{formatElapsed(end - session.startedAt)}</span>
      )}
    </p>
  );
}
