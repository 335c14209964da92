import type { FileChange, FileWatcher } from '../../src/core/ports';
import { toDisposable } from '../../src/core/util/disposable';
import { isInside } from '../../src/core/util/path';

export interface FakeWatcher extends FileWatcher {
  fire(change: FileChange): void;
  /** Watches that are open. */
  readonly open: number;
}

/** A watcher that hears what it is told, with the real one's exceptions. `createMemoryFiles` fires it. */
export function createFakeWatcher(): FakeWatcher {
  const watches = new Set<{ readonly folder: string; readonly listener: (change: FileChange) => void }>();
  return {
    watch(folder, listener) {
      const watch = { folder, listener };
      watches.add(watch);
      return toDisposable(() => watches.delete(watch));
    },
    fire(change) {
      if (/\/(\.git|node_modules)(\/|$)/.test(change.path)) return;
      for (const { folder, listener } of [...watches]) {
        if (isInside(folder, change.path)) listener(change);
      }
    },
    get open() {
      return watches.size;
    },
  };
}
