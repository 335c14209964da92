/** A command: its output while it runs, a line when it has ended. */
import type { JSX } from 'preact';
import type { CheckItem, ToolItem } from '../../../core/agent/session/sessionState';
import { Button } from '../../shared/button';
import { memo } from '../../shared/memo';
import type { AgentActs } from '../agentActs';
import { commandOf, statusSign } from './calls';
import { Duration } from './duration';
import { Answered } from './editCard';
import { Fold } from './fold';
import { OutputBox } from './outputBox';

export interface RunCardProps {
  readonly call: ToolItem;
  /** What it printed so far, while it runs. */
  readonly live: string | undefined;
  readonly acts: AgentActs;
}

export const RunCard = memo(({ call, live, acts }: RunCardProps): JSX.Element => {
  const running = call.status === 'running';
  const sign = statusSign(call.status);
  return (
    <Fold
      open={running || call.status === 'failed'}
      boxed
      icon={running ? undefined : (sign?.icon ?? 'terminal')}
      tone={sign?.tone}
      label={
        <>
          {sign && <span class={sign.tone === 'err' ? 'tone-err' : 'dim'}>{sign.word} </span>}
          <code class="mono command">{commandOf(call)}</code>
        </>
      }
      aside={
        <>
          <Duration startedAt={call.startedAt} durationMs={call.durationMs} running={running} />
          {running && (
            <Button
              act="stop"
              look="inline bare"
              icon="debug-stop"
              label="Stop"
              title="Stop the session"
              onPress={acts.stop}
            />
          )}
        </>
      }
      below={<Answered call={call} />}
    >
      {() => (
        <OutputBox
          output={running ? (live ?? '') : call.output}
          empty={running ? 'No output yet.' : 'It printed nothing.'}
        />
      )}
    </Fold>
  );
});

export interface CheckCardProps {
  readonly check: CheckItem;
  /** What it has printed so far. */
  readonly live: string | undefined;
}

export const CheckCard = memo(({ check, live }: CheckCardProps): JSX.Element => {
  const { status, exitCode } = check;
  const running = status === 'running';
  const failed = status === 'failed';
  const word = failed
    ? exitCode === undefined
      ? 'failed, did not end by itself'
      : `failed, exit code ${exitCode}`
    : status;
  const icon = failed ? 'error' : status === 'passed' ? 'pass-filled' : 'debug-disconnect';
  const tone = failed ? 'err' : status === 'passed' ? 'ok' : 'warn';
  return (
    <Fold
      open={running || failed}
      boxed
      icon={running ? undefined : icon}
      tone={tone}
      label={
        <>
          <span class={failed ? 'tone-err' : 'dim'}>Check {word}</span>{' '}
          <code class="mono command">{check.command}</code>
        </>
      }
      aside={<Duration startedAt={check.startedAt} durationMs={check.durationMs} running={running} />}
    >
      {() => (
        <OutputBox
          output={running ? (live ?? '') : check.output}
          empty={running ? 'No output yet.' : 'It printed nothing.'}
        />
      )}
    </Fold>
  );
});
