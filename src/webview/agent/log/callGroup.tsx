/** Calls of one kind, folded into a line: `Read 4 files`. */
import type { JSX } from 'preact';
import type { ToolItem } from '../../../core/agent/session/sessionState';
import { formatDuration } from '../../shared/format';
import { Icon } from '../../shared/icon';
import { memo } from '../../shared/memo';
import type { AgentActs } from '../agentActs';
import { type CallKind, groupLabel, KIND_ICONS, pathOf, queryOf, statusSign } from './calls';
import { Fold } from './fold';
import { OutputBox } from './outputBox';

export interface CallGroupProps {
  readonly kind: CallKind;
  readonly calls: readonly ToolItem[];
  readonly acts: AgentActs;
}

export const CallGroup = memo(({ kind, calls, acts }: CallGroupProps): JSX.Element => {
  const running = calls.some((call) => call.status === 'running');
  const sign = calls.map((call) => statusSign(call.status)).find((each) => each !== undefined);
  const known = calls.filter((call) => call.durationMs !== undefined);
  const total = known.reduce((sum, call) => sum + (call.durationMs ?? 0), 0);
  const only = calls.length === 1 ? calls[0] : undefined;
  const word = sign && sign.word !== 'failed' ? `, ${sign.word}` : '';
  return (
    <Fold
      open={false}
      icon={running ? undefined : (sign?.icon ?? KIND_ICONS[kind])}
      tone={sign?.tone}
      label={`${groupLabel(kind, calls)}${word}`}
      aside={known.length > 0 && <span class="duration meta dim tabular">{formatDuration(total)}</span>}
    >
      {() =>
        only ? (
          <OneCall call={only} acts={acts} />
        ) : (
          <ul class="call-list small">
            {calls.map((call) => (
              <CallItem key={call.call} call={call} acts={acts} />
            ))}
          </ul>
        )
      }
    </Fold>
  );
});

function OneCall({ call, acts }: { readonly call: ToolItem; readonly acts: AgentActs }): JSX.Element {
  const path = pathOf(call);
  return (
    <>
      {path !== undefined && <FileLink path={path} acts={acts} />}
      <OutputBox output={call.output} empty={call.status === 'running' ? 'Running' : 'Nothing came back.'} />
    </>
  );
}

function CallItem({ call, acts }: { readonly call: ToolItem; readonly acts: AgentActs }): JSX.Element {
  const path = pathOf(call);
  const query = queryOf(call);
  const sign = statusSign(call.status);
  return (
    <li class="call-item">
      {sign && <Icon name={sign.icon} tone={sign.tone} small />}
      {query !== undefined && <span class="mono">{query}</span>}
      {path !== undefined && <FileLink path={path} acts={acts} />}
      {query === undefined && path === undefined && <span>{call.name}</span>}
      {sign && (
        <span class="dim">
          {sign.word}
          {call.output ? `: ${firstLine(call.output)}` : ''}
        </span>
      )}
    </li>
  );
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

export function FileLink({ path, acts }: { readonly path: string; readonly acts: AgentActs }): JSX.Element {
  return (
    <button type="button" class="link file-link" title={path} onClick={() => acts.openFile(path)}>
      {path}
    </button>
  );
}
