const FIRST_MS = 500;
const LONGEST_BACKOFF_MS = 8000;
const SPREAD = 0.25;

export interface RetryDelayOptions {
  /** From 1. */
  readonly attempt: number;
  /** What the server asked for. */
  readonly retryAfterMs: number | undefined;
  readonly maxMs: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

/**
 * Milliseconds before the next try: what the server asks for, else twice as long each time; up to a quarter
 * more, so that clients do not come back all at once; never longer than `maxMs`, whatever the server asks. Where that
 * cuts, the wait is spread over the quarter below it instead.
 */
export function retryDelay({ attempt, retryAfterMs, maxMs, random }: RetryDelayOptions): number {
  const base = retryAfterMs ?? Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS);
  const shortest = base < maxMs ? base : maxMs * (1 - SPREAD);
  const longest = Math.min(base * (1 + SPREAD), maxMs);
  return Math.round(shortest + random() * (longest - shortest));
}
