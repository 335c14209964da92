/** The sessions, latest first. */
import type { JSX, TargetedFocusEvent, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SessionSummary } from '../../protocol/agent';
import { IconButton } from '../shared/button';
import { hostNow } from '../shared/clock';
import { formatTime } from '../shared/format';
import { Icon, Spinner } from '../shared/icon';
import { useRoving } from '../shared/roving';
import type { AgentActs } from './agentActs';
import { statusTag } from './sessionWords';

export interface SessionPickerProps {
  readonly current: string | undefined;
  readonly sessions: readonly SessionSummary[];
  readonly acts: AgentActs;
}

export function SessionPicker({ current, sessions, acts }: SessionPickerProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setOpen(false);
    box.current?.querySelector<HTMLElement>('[data-act="sessions"]')?.focus();
  };
  const onFocusOut = (event: TargetedFocusEvent<HTMLDivElement>): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOpen(false);
  };
  useLayoutEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open]);
  return (
    <div class="picker" ref={box} onFocusOut={onFocusOut}>
      <IconButton
        icon="history"
        label="Sessions"
        act="sessions"
        expanded={open}
        onPress={() => setOpen(!open)}
      />
      {open && (
        <Menu
          current={current}
          sessions={sessions}
          onPick={(id) => {
            close();
            if (id !== current) acts.select(id);
          }}
        />
      )}
    </div>
  );
}

interface MenuProps {
  readonly current: string | undefined;
  readonly sessions: readonly SessionSummary[];
  readonly onPick: (id: string) => void;
}

function Menu({ current, sessions, onPick }: MenuProps): JSX.Element {
  const roving = useRoving(
    sessions.map((session) => session.id),
    current,
  );
  useLayoutEffect(() => {
    if (roving.active !== undefined) roving.focus(roving.active);
  }, []);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'ArrowDown') roving.move(1);
    else if (event.key === 'ArrowUp') roving.move(-1);
    else if (event.key === 'Home') roving.toEnd('first');
    else if (event.key === 'End') roving.toEnd('last');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu scroller" role="menu" aria-label="Sessions" ref={roving.container} onKeyDown={onKeyDown}>
      {sessions.map((session) => {
        const tag = statusTag(session.status);
        return (
          <button
            key={session.id}
            type="button"
            class="menu-item"
            role="menuitemradio"
            aria-checked={session.id === current}
            data-nav={session.id}
            tabIndex={session.id === roving.active ? 0 : -1}
            onClick={() => onPick(session.id)}
          >
            {tag.icon ? <Icon name={tag.icon} tone={tag.tone} small /> : <Spinner />}
            <span class="menu-title">{session.title}</span>
            <span class="visually-hidden">{tag.word}, </span>
            <span class="meta dim tabular">{formatTime(session.startedAt, hostNow())}</span>
          </button>
        );
      })}
    </div>
  );
}
