/** Reads the tasks of many specs without keeping anybody waiting: a few at once, the others in slices. */
import type { Clock } from '../../ports';
import type { Disposable } from '../../util/disposable';
import type { Spec } from '../model';

/** As many are read before the first answer: most workspaces have no more. */
const AT_ONCE = 40;
/** Milliseconds that a slice may take, and that lie between two. */
const SLICE = 8;
const PAUSE = 4;

export interface ProgressReader extends Disposable {
  read(): void;
}

export function createProgressReader({
  clock,
  specs,
  changed,
}: {
  readonly clock: Clock;
  readonly specs: () => Iterable<Spec>;
  /** More is known than before. */
  readonly changed: () => void;
}): ProgressReader {
  let timer: Disposable | undefined;

  function slice(): void {
    timer = undefined;
    const end = clock.now() + SLICE;
    for (const spec of specs()) {
      if (spec.knownProgress !== undefined) continue;
      if (clock.now() >= end) {
        timer = clock.after(PAUSE, slice);
        return;
      }
      void spec.progress;
    }
    changed();
  }

  return {
    read() {
      const open = [...specs()].filter(({ knownProgress }) => knownProgress === undefined);
      for (const spec of open.slice(0, AT_ONCE)) void spec.progress;
      if (open.length > AT_ONCE) timer ??= clock.after(PAUSE, slice);
    },
    dispose: () => timer?.dispose(),
  };
}
