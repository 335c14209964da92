import type { SnapshotStore } from '../../core/ports';

/** Loaded with the first checkpoint: a window that only shows specs takes none. */
export function laterSnapshots(folder: string): SnapshotStore {
  let loading: Promise<SnapshotStore> | undefined;
  const store = () => {
    loading ??= import('./nodeSnapshots').then(({ createNodeSnapshots }) => createNodeSnapshots(folder));
    return loading;
  };
  return {
    take: async (...args) => (await store()).take(...args),
    known: async (...args) => (await store()).known(...args),
    diff: async (...args) => (await store()).diff(...args),
    read: async (...args) => (await store()).read(...args),
    ignoredIn: async (...args) => (await store()).ignoredIn(...args),
    obstacles: async (...args) => (await store()).obstacles(...args),
    restore: async (...args) => (await store()).restore(...args),
  };
}
