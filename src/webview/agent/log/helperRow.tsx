/** A task that was handed to a sub-agent, under the session that handed it out: its state, its answer, and the way to it. */
import type { JSX } from 'preact';
import type { ToolItem } from '../../../core/agent/session/sessionState';
import type { HelperSummary } from '../../../protocol/agent';
import { Button } from '../../shared/button';
import { memo } from '../../shared/memo';
import type { AgentActs } from '../agentActs';
import { taskOf } from './calls';
import { Duration } from './duration';
import { Fold } from './fold';
import { signOf } from './helperWords';
import { OutputBox } from './outputBox';

export interface HelperRowProps {
  readonly call: ToolItem;
  /** Undefined: it did not begin. */
  readonly helper: HelperSummary | undefined;
  readonly acts: AgentActs;
}

export const HelperRow = memo(({ call, helper, acts }: HelperRowProps): JSX.Element => {
  const running = call.status === 'running';
  const sign = signOf(call, helper);
  const { agent, task } = taskOf(call);
  return (
    <Fold
      open={false}
      boxed
      icon={sign?.icon ?? (running ? undefined : 'hubot')}
      tone={sign?.tone}
      label={
        <>
          {sign && <span class={sign.tone === 'err' ? 'tone-err' : 'dim'}>{sign.word} </span>}
          <span class="helper-agent">{helper?.agent ?? agent}</span> <span class="dim">{task}</span>
        </>
      }
      aside={
        <>
          <Duration startedAt={call.startedAt} durationMs={call.durationMs} running={running} />
          {helper && (
            <Button
              act="openHelper"
              look="inline bare"
              label="Open"
              title={`Open the session of ${helper.agent}`}
              onPress={() => acts.select(helper.session)}
            />
          )}
        </>
      }
    >
      {() => (
        <OutputBox output={call.output} empty={running ? 'It has not answered yet.' : 'Nothing came back.'} />
      )}
    </Fold>
  );
});
