/**
 * When what a server has is looked at again: at once when it says that it changed, then after a pause that grows while it
 * goes on saying so. One that says so with each list would be asked without end.
 */
import type { Clock } from '../ports';
import type { Disposable } from '../util/disposable';

export type Listed = 'tools' | 'prompts' | 'resources';

export interface Relist {
  tell(what: Listed): void;
  /** It can be asked now: what it told before is looked at. */
  go(): void;
  /** It is gone, and what it told with it. */
  rest(): void;
}

/** Milliseconds. */
const PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

export interface RelistOptions {
  readonly clock: Pick<Clock, 'after'>;
  readonly canLook: () => boolean;
  /** Rejects never. */
  readonly look: (what: readonly Listed[]) => Promise<void>;
}

export function createRelist({ clock, canLook, look }: RelistOptions): Relist {
  const told = new Set<Listed>();
  let life = 0;
  let isBusy = false;
  let pause = PAUSE;
  let timer: Disposable | undefined;

  function go(): void {
    if (isBusy || told.size === 0 || !canLook()) return;
    isBusy = true;
    const mine = life;
    const what = [...told];
    told.clear();
    void look(what).then(() => {
      if (mine !== life) return;
      timer = clock.after(pause, () => {
        timer = undefined;
        isBusy = false;
        pause = told.size === 0 ? PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
        go();
      });
    });
  }

  return {
    tell(what) {
      told.add(what);
      go();
    },
    go,
    rest() {
      life += 1;
      timer?.dispose();
      timer = undefined;
      told.clear();
      isBusy = false;
      pause = PAUSE;
    },
  };
}
