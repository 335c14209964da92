/** Knows by its own beats when the machine slept: a beat that comes minutes late was slept through. */
import type { Clock } from '../../ports';
import type { Disposable } from '../../util/disposable';

const BEAT = 30_000;
/** A machine that is merely busy is late, too, and works. */
const LATE = 60_000;

export interface Awake extends Disposable {
  /** What time it is, in milliseconds since the epoch; a sleep until then was told. */
  now(): number;
}

/** @param onSlept Hears when it was awake last */
export function watchSleep(clock: Pick<Clock, 'now' | 'after'>, onSlept: (from: number) => void): Awake {
  let seen = clock.now();
  let timer: Disposable | undefined;

  function now(): number {
    const from = seen;
    seen = clock.now();
    if (seen - from > BEAT + LATE) onSlept(from);
    return seen;
  }
  function beat(): void {
    now();
    timer = clock.after(BEAT, beat);
  }

  beat();
  return { now, dispose: () => timer?.dispose() };
}
