/**
 * Fires hooks of `OnSchedule`. A time that passes while nothing may fire is let go; one that passes while the machine
 * sleeps comes when it wakes, once.
 */
import type { Clock } from '../ports';
import type { Disposable } from '../util/disposable';
import type { Hook } from './model';
import { longestWait, untilNext } from './schedule';

/** Milliseconds until it looks at the clock again: a timer stands still while the machine sleeps, and clocks are set. */
const LOOK = 60_000;

export interface Scheduler extends Disposable {
  /** Hooks were read anew: those that stayed as they were go on waiting. */
  arrange(hooks: readonly Hook[]): void;
}

export function createScheduler(clock: Clock, fire: (hook: Hook) => void): Scheduler {
  const waiting = new Map<string, Disposable>();
  const keyOf = ({ id, content }: Hook) => `${id} ${content}`;

  function wait(hook: Hook, due?: number): void {
    const { schedule } = hook;
    if (!schedule) return;
    const isAhead = due !== undefined && due - clock.now() <= longestWait(schedule);
    const at = isAhead ? due : clock.now() + untilNext(schedule, clock);
    const timer = clock.after(Math.min(Math.max(0, at - clock.now()), LOOK), () => {
      if (clock.now() < at) return wait(hook, at);
      wait(hook);
      fire(hook);
    });
    waiting.set(keyOf(hook), timer);
  }

  return {
    arrange(hooks) {
      const wanted = new Map(
        hooks.filter(({ schedule, enabled }) => schedule && enabled).map((hook) => [keyOf(hook), hook]),
      );
      for (const [key, timer] of waiting) {
        if (wanted.has(key)) continue;
        timer.dispose();
        waiting.delete(key);
      }
      for (const [key, hook] of wanted) if (!waiting.has(key)) wait(hook);
    },
    dispose() {
      for (const timer of waiting.values()) timer.dispose();
      waiting.clear();
    },
  };
}
