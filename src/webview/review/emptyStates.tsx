/** What is shown where no document is. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';
import type { Act } from './acts';

/** Three still bars, and only when the wait is one. */
export function Loading(): JSX.Element {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div class="loading" />;
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">Reading the spec</span>
      <div class="card loading-card" aria-hidden="true">
        <span class="bar" />
        <span class="bar" />
        <span class="bar short" />
      </div>
    </div>
  );
}

export function NoMatch({
  words,
  onClear,
}: {
  readonly words: string;
  readonly onClear: () => void;
}): JSX.Element {
  return (
    <div class="empty-state">
      <p class="dim">{words}</p>
      <Button act="clearFilter" look="inline" label="Clear filter" shortcut="Esc" onPress={onClear} />
    </div>
  );
}

export interface MissingProps {
  readonly words: string;
  readonly act: Act | undefined;
  readonly onAct: () => void;
}

export function Missing({ words, act, onAct }: MissingProps): JSX.Element {
  return (
    <div class="empty-state">
      <p class="dim">{words}</p>
      {act && (
        <Button
          act={act.id}
          look={act.filled ? 'filled' : undefined}
          icon={act.icon}
          label={act.label}
          shortcut={act.shortcut}
          blocked={act.blocked}
          onPress={onAct}
        />
      )}
    </div>
  );
}

export function Unreadable({ message }: { readonly message: string }): JSX.Element {
  return (
    <main class="empty-state">
      <Icon name="error" tone="err" />
      <h1 class="empty-title">The spec cannot be shown.</h1>
      <p class="dim" role="alert">
        {message}
      </p>
    </main>
  );
}
