/** A change to a file, drawn as a diff that is open from the start. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FileEdit } from '../../../core/agent/session/events';
import type { ToolItem } from '../../../core/agent/session/sessionState';
import { IconButton } from '../../shared/button';
import { DiffCounts, DiffLines } from '../../shared/diff';
import { baseName } from '../../shared/format';
import { memo } from '../../shared/memo';
import type { AgentActs } from '../agentActs';
import { statusSign } from './calls';
import { Duration } from './duration';
import { diffOf, verbOf } from './edits';
import { Fold } from './fold';

/** Rows of a diff before the rest must be asked for. */
const ROWS = 14;

export interface EditCardProps {
  readonly call: ToolItem;
  readonly edit: FileEdit;
  readonly acts: AgentActs;
}

export const EditCard = memo(({ call, edit, acts }: EditCardProps): JSX.Element => {
  const diff = useMemo(() => diffOf(edit), [edit]);
  const sign = statusSign(call.status);
  const verb = verbOf(edit);
  return (
    <Fold
      open={sign === undefined && edit.from === undefined}
      boxed
      icon={call.status === 'running' ? undefined : (sign?.icon ?? 'edit')}
      tone={sign?.tone}
      label={
        <>
          <span class="edit-path" title={edit.path}>
            <span class="edit-folder">{folderOf(edit.path)}</span>
            {baseName(edit.path)}
          </span>
          {verb && <span class="dim small"> {verb}</span>}
          {sign && <span class="dim small"> {sign.word}</span>} <DiffCounts diff={diff} />
        </>
      }
      aside={
        <>
          <Duration startedAt={call.startedAt} durationMs={call.durationMs} running={false} />
          <IconButton
            icon="diff-multiple"
            label="Open the diff in an editor"
            act="openDiff"
            onPress={() => acts.openDiff(call.call)}
          />
          <IconButton
            icon="go-to-file"
            label="Open the file"
            act="openFile"
            onPress={() => acts.openFile(edit.path)}
          />
        </>
      }
      below={<Answered call={call} />}
    >
      {() =>
        edit.from === undefined ? (
          <DiffLines diff={diff} limit={ROWS} />
        ) : (
          <p class="small dim">Its text stayed as it was.</p>
        )
      }
    </Fold>
  );
});

function folderOf(path: string): string {
  return path.slice(0, path.length - baseName(path).length);
}

/** A question that was answered, as one line. */
export function Answered({ call }: { readonly call: ToolItem }): JSX.Element | null {
  if (!call.question || call.status === 'asking') return null;
  const rule = call.unasked ? (call.question.onceOnly ?? 'Nobody was there to allow it.') : undefined;
  const word = rule ?? (call.status === 'denied' ? 'You denied it' : 'You allowed it');
  return (
    <p class="answered meta dim">
      <span class="icon small-icon codicon codicon-shield" aria-hidden="true" />
      {word}
    </p>
  );
}
