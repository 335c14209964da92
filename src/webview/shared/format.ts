/** Numbers, durations and money as people read them. */

/** `1 finding`, `3 findings`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `6 ms`, `0.3 s`, `12 s`, `6 m 12 s`, `1 h 4 m`. */
export function formatDuration(ms: number): string {
  if (ms < 100) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} m ${seconds % 60} s` : `${minutes} m`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} m` : `${minutes / 60} h`;
}

/** Whole seconds, for what is still running: a tenth that stands still would be a lie. */
export function formatElapsed(ms: number): string {
  return formatDuration(Math.max(1000, Math.floor(ms / 1000) * 1000)).replace(/\.0 s$/, ' s');
}

/** `$0.31`, `< $0.01`, `$12.40`; undefined when the price is not known. */
export function formatCost(dollars: number | undefined): string | undefined {
  if (dollars === undefined) return undefined;
  if (dollars === 0) return '$0';
  return dollars < 0.01 ? '< $0.01' : `$${dollars.toFixed(2)}`;
}

/** `940`, `12.4k`, `1.2M`. */
export function formatTokens(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return `${(count / 1000).toFixed(count < 99_950 ? 1 : 0)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** `14:41` today, `12 Mar, 14:41` else. */
export function formatTime(at: number, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const today = new Date(now).toDateString() === date.toDateString();
  return today ? time : `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.split('/').filter(Boolean).at(-1) ?? path;
}
