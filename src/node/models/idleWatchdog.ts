import type { Clock } from '../../core/ports';
import type { Disposable } from '../../core/util/disposable';

/** Calls back when nothing happened for too long. */
export interface IdleWatchdog extends Disposable {
  /** Something came: the time begins anew. */
  touch(): void;
  /** We are the ones who are busy: the time does not run. */
  pause(): void;
  resume(): void;
}

export function createIdleWatchdog(clock: Clock, ms: number, onIdle: () => void): IdleWatchdog {
  let timer: Disposable | undefined;
  let paused = false;
  let ended = false;

  function restart(): void {
    timer?.dispose();
    timer = undefined;
    if (!paused && !ended) timer = clock.after(ms, onIdle);
  }

  restart();
  return {
    touch: restart,
    pause() {
      paused = true;
      restart();
    },
    resume() {
      paused = false;
      restart();
    },
    dispose() {
      ended = true;
      restart();
    },
  };
}
