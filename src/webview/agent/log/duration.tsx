/** How long something took, or has been going on. */
import type { JSX } from 'preact';
import { useNow } from '../../shared/clock';
import { formatDuration, formatElapsed } from '../../shared/format';

export interface DurationProps {
  readonly startedAt: number;
  /** Undefined: unknown, unless it goes on. */
  readonly durationMs: number | undefined;
  readonly running: boolean;
}

export function Duration({ startedAt, durationMs, running }: DurationProps): JSX.Element | null {
  const now = useNow(running);
  const text = running
    ? formatElapsed(now - startedAt)
    : durationMs === undefined
      ? undefined
      : formatDuration(durationMs);
  if (text === undefined) return null;
  return <span class="duration meta dim tabular">{text}</span>;
}
