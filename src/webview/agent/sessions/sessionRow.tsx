/** A session in the list: what it is, how it stands, and what can be done with it. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SessionSummary } from '../../../protocol/agent';
import { IconButton } from '../../shared/button';
import { hostNow } from '../../shared/clock';
import { formatTime } from '../../shared/format';
import { Icon, Spinner } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import { KIND_ICONS, kindLine } from './sessionFilter';
import { statusTag } from './sessionWords';

export interface SessionRowProps {
  readonly session: SessionSummary;
  readonly isCurrent: boolean;
  /** It has the list's tab stop. */
  readonly isActive: boolean;
  readonly isRenaming: boolean;
  readonly acts: AgentActs;
  readonly onOpen: () => void;
  readonly onActivate: () => void;
  readonly onRename: (on: boolean) => void;
  readonly onForked: () => void;
}

export function SessionRow(props: SessionRowProps): JSX.Element {
  const { session, isCurrent, isActive, isRenaming, acts, onOpen, onActivate, onRename, onForked } = props;
  const tag = statusTag(session.status, session.kind);
  const { id, title } = session;
  if (isRenaming)
    return (
      <TitleInput
        title={title}
        onDone={(next) => {
          if (next !== undefined && next !== title) acts.rename(id, next);
          onRename(false);
        }}
      />
    );
  const tabIndex = isActive ? 0 : -1;
  return (
    <div class={isActive ? 'session-row active' : 'session-row'}>
      <button
        type="button"
        class="session-open"
        data-nav={id}
        aria-current={isCurrent}
        tabIndex={tabIndex}
        title={title}
        onFocus={onActivate}
        onClick={onOpen}
      >
        {session.kind && <Icon name={KIND_ICONS[session.kind]} tone="dim" small />}
        <span class="session-name">{title}</span>
        <span class="session-facts small dim">
          <span class="session-state">
            {tag.icon ? <Icon name={tag.icon} tone={tag.tone} small /> : <Spinner />}
            {tag.word}
          </span>
          <span class="session-kind">{kindLine(session)}</span>
          <span class="tabular">{formatTime(session.startedAt, hostNow())}</span>
        </span>
      </button>
      <div class="session-acts">
        <IconButton
          icon="edit"
          label="Rename (F2)"
          act="rename"
          tabIndex={tabIndex}
          onPress={() => onRename(true)}
        />
        <IconButton
          icon="repo-forked"
          label="Fork: go on in a copy"
          act="fork"
          tabIndex={tabIndex}
          onPress={() => {
            acts.fork(id);
            onForked();
          }}
        />
        <IconButton
          icon="history"
          label="Show its checkpoints"
          act="checkpoints"
          tabIndex={tabIndex}
          onPress={() => acts.showCheckpoints(id)}
        />
        <IconButton
          icon="export"
          label="Export as Markdown"
          act="export"
          tabIndex={tabIndex}
          onPress={() => acts.export(id)}
        />
        <IconButton
          icon="trash"
          label="Delete… (Delete)"
          act="delete"
          tabIndex={tabIndex}
          onPress={() => acts.delete(id)}
        />
      </div>
    </div>
  );
}

interface TitleInputProps {
  readonly title: string;
  /** Undefined: as it was. */
  readonly onDone: (title: string | undefined) => void;
}

function TitleInput({ title, onDone }: TitleInputProps): JSX.Element {
  const [words, setWords] = useState(title);
  const input = useRef<HTMLInputElement>(null);
  // Escape takes the input away, and what goes away loses the focus.
  const isDone = useRef(false);
  useLayoutEffect(() => input.current?.select(), []);
  const finish = (next: string | undefined): void => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(next);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') finish(words.trim());
    else if (event.key === 'Escape') finish(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="session-row renaming">
      <input
        ref={input}
        class="text-input"
        aria-label={`New title of “${title}”; empty for the first one`}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => finish(words.trim())}
      />
    </div>
  );
}
