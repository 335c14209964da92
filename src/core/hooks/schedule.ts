/** When a hook of `OnSchedule` fires: every so many minutes, or at a time of the day. */
import type { Clock } from '../ports';

export type Schedule = { readonly everyMinutes: number } | { readonly atMinute: number };

/** `30`, `30m`, `every 2 hours`, `09:00`, `daily at 9:30`. Undefined for anything else. */
export function parseSchedule(text: string): Schedule | undefined {
  const [, hour, minute] = /^(?:daily\s+)?(?:at\s+)?(\d{1,2}):(\d{2})$/i.exec(text.trim()) ?? [];
  if (hour !== undefined)
    return Number(hour) < 24 && Number(minute) < 60
      ? { atMinute: Number(hour) * 60 + Number(minute) }
      : undefined;
  const [, count, unit = 'm'] =
    /^(?:every\s+)?(\d{1,4})\s*(m|min|minutes?|h|hours?)?$/i.exec(text.trim()) ?? [];
  const minutes = Number(count) * (unit.toLowerCase().startsWith('h') ? 60 : 1);
  return minutes >= 1 ? { everyMinutes: minutes } : undefined;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Milliseconds from now until it fires next. */
export function untilNext(schedule: Schedule, clock: Pick<Clock, 'now' | 'localDay'>): number {
  if ('everyMinutes' in schedule) return schedule.everyMinutes * MINUTE;
  const now = clock.now();
  const today = midnightBefore(now, clock) + schedule.atMinute * MINUTE;
  return today > now ? today - now : today + DAY - now;
}

/** Milliseconds, at the most, that it is ever away; a day that ends summer time is an hour longer. */
export function longestWait(schedule: Schedule): number {
  return 'everyMinutes' in schedule ? schedule.everyMinutes * MINUTE : DAY + 60 * MINUTE;
}

/** The first moment of the day that a moment lies in, where the person is. */
function midnightBefore(now: number, clock: Pick<Clock, 'localDay'>): number {
  const day = clock.localDay(now);
  let [outside, inside] = [now - DAY - 60 * MINUTE, now];
  while (inside - outside > 1) {
    const middle = Math.floor((outside + inside) / 2);
    if (clock.localDay(middle) === day) inside = middle;
    else outside = middle;
  }
  return inside;
}
