/** The last lines that a server said, and what happened to it. A server that floods costs no more than one that does not. */
import type { Clock } from '../ports';
import type { LogLine } from './model';

const MOST_LINES = 500;
const LONGEST_LINE = 2_000;
/** Milliseconds: nobody reads faster. */
const PAUSE = 200;

export interface ServerLog {
  readonly lines: readonly LogLine[];
  add(level: LogLine['level'], text: string): void;
}

export function createServerLog(clock: Pick<Clock, 'now' | 'after'>, onChange: () => void): ServerLog {
  let lines: LogLine[] = [];
  let telling = false;
  return {
    get lines() {
      return lines.slice(-MOST_LINES);
    },
    add(level, text) {
      const cut = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)} …` : text;
      lines.push({ at: clock.now(), level, text: cut });
      if (lines.length > 2 * MOST_LINES) lines = lines.slice(-MOST_LINES);
      if (telling) return;
      telling = true;
      clock.after(PAUSE, () => {
        telling = false;
        onChange();
      });
    },
  };
}
