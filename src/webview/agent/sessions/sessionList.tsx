/** All sessions, latest first: to go on with, and to tidy up. Takes the place of the log. */

import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SessionSummary } from '../../../protocol/agent';
import { IconButton } from '../../shared/button';
import { takeFocus } from '../../shared/focus';
import { plural } from '../../shared/format';
import { useRoving } from '../../shared/roving';
import type { AgentActs } from '../agentActs';
import { filterSessions } from './sessionFilter';
import { SessionRow } from './sessionRow';

export interface SessionListProps {
  readonly current: string | undefined;
  readonly sessions: readonly SessionSummary[];
  readonly acts: AgentActs;
  readonly onClose: () => void;
}

/** With fewer, a filter would only be in the way. */
const FEW = 8;
/** Rows that are drawn at first, and with each “more”. */
const PAGE = 100;

export function SessionList({ current, sessions, acts, onClose }: SessionListProps): JSX.Element {
  const [words, setWords] = useState('');
  const [most, setMost] = useState(PAGE);
  const [renaming, setRenaming] = useState<string>();
  const filter = useRef<HTMLInputElement>(null);
  const found = filterSessions(sessions, words);
  const shown = found.slice(0, most);
  const roving = useRoving(
    shown.map(({ id }) => id),
    current,
  );
  useLayoutEffect(() => {
    if (filter.current) takeFocus(filter.current);
    else if (roving.active !== undefined) roving.focus(roving.active);
  }, []);

  const open = (id: string): void => {
    onClose();
    if (id !== current) acts.select(id);
  };
  const begin = (): void => {
    onClose();
    acts.newSession();
  };
  const up = (): void => {
    if (filter.current && roving.active === shown[0]?.id) takeFocus(filter.current);
    else roving.move(-1);
  };
  const keys: Readonly<Record<string, () => void>> = {
    Escape: onClose,
    ArrowDown: () => roving.move(1),
    ArrowUp: up,
  };
  /** Those that the filter has a use of its own for. */
  const rowKeys: Readonly<Record<string, (id: string) => void>> = {
    Home: () => roving.toEnd('first'),
    End: () => roving.toEnd('last'),
    F2: setRenaming,
    Delete: acts.delete,
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const { active } = roving;
    const inRow = event.target !== filter.current && active !== undefined;
    const act = keys[event.key] ?? (inRow ? () => rowKeys[event.key]?.(active) : undefined);
    if (renaming !== undefined || !act || !(event.key in keys || event.key in rowKeys)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <section class="session-list" aria-label="Sessions" onKeyDown={onKeyDown}>
      <div class="session-list-head">
        <h1 class="session-title">Sessions</h1>
        <span class="dim small tabular">{sessions.length}</span>
        <IconButton icon="add" label="New session" act="new" onPress={begin} />
        <IconButton icon="close" label="Close (Escape)" act="closeSessions" onPress={onClose} />
      </div>
      {sessions.length > FEW && (
        <div class="session-filter">
          <input
            ref={filter}
            class="text-input"
            type="search"
            aria-label="Filter sessions"
            placeholder="Filter by title, spec, kind or state"
            value={words}
            onInput={(event) => {
              setWords(event.currentTarget.value);
              setMost(PAGE);
            }}
          />
        </div>
      )}
      <div class="session-rows scroller" ref={roving.container}>
        {shown.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isCurrent={session.id === current}
            isActive={session.id === roving.active}
            isRenaming={session.id === renaming}
            acts={acts}
            onOpen={() => open(session.id)}
            onActivate={() => roving.activate(session.id)}
            onRename={(on) => {
              setRenaming(on ? session.id : undefined);
              if (!on) requestAnimationFrame(() => roving.focus(session.id));
            }}
            onForked={onClose}
          />
        ))}
        {shown.length === 0 && (
          <p class="session-none small dim" role="status">
            {sessions.length === 0 ? 'There is no session yet.' : `No session fits “${words.trim()}”.`}
          </p>
        )}
        {found.length > most && (
          <button type="button" class="earlier small" onClick={() => setMost(most + PAGE)}>
            Show {plural(Math.min(PAGE, found.length - most), 'more session')}
          </button>
        )}
      </div>
      <p class="session-keys meta dim">Enter opens, F2 renames, Delete deletes</p>
    </section>
  );
}
