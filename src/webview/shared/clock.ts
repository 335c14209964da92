/** Time as the host has it, once a second, for those who show what is still running. */
import { useEffect, useState } from 'preact/hooks';

let offset = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Tells the clock what time the host has: its clock and this one may differ. */
export function setHostTime(now: number): void {
  offset = now - Date.now();
}

/** Milliseconds since the epoch on the host. */
export function hostNow(): number {
  return Date.now() + offset;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of [...listeners]) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The host's time; while `running`, the caller is drawn again every second. */
export function useNow(running: boolean): number {
  const [, tick] = useState(0);
  useEffect(() => (running ? listen(() => tick((n) => n + 1)) : undefined), [running]);
  return hostNow();
}
