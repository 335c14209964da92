import type { Clock } from '../../src/core/ports';
import { toDisposable } from '../../src/core/util/disposable';

export interface FakeClock extends Clock {
  /** Moves the time and fires, in order, what falls due; promises settle after each. */
  advance(ms: number): Promise<void>;
  /** The machine sleeps: the time moves on, and timers do not, so that all of them come late. */
  sleep(ms: number): void;
  /** The clock is set, forward or back: timers have as long to go as before. */
  jump(ms: number): void;
  /** Timers that wait. */
  readonly waiting: number;
}

/** A clock that stands still until it is told. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  const timers = new Set<{ at: number; readonly run: () => void }>();

  function nextDue(until: number) {
    return [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  }

  function jump(ms: number): void {
    now += ms;
    for (const timer of timers) timer.at += ms;
  }

  return {
    now: () => now,
    localDay: (at) => new Date(at).toISOString().slice(0, 10),
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return toDisposable(() => timers.delete(timer));
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        timers.delete(timer);
        now = timer.at;
        timer.run();
        await settle();
      }
      now = until;
      await settle();
    },
    sleep: jump,
    jump,
    get waiting() {
      return timers.size;
    },
  };
}

/** Lets every promise that can settle do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
