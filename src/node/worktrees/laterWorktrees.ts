import { lstat } from 'node:fs/promises';
import type { Worktrees } from '../../core/tasks/run/worktrees';
import { lazy } from '../../core/util/lazy';
import { toNativePath } from '../nativePath';
import type { WorktreesOptions } from './nodeWorktrees';

/** The port, loaded when tasks run side by side. */
export function laterWorktrees(options: WorktreesOptions): Worktrees {
  const load = lazy(async () => (await import('./nodeWorktrees')).createNodeWorktrees(options));
  return {
    open: async (...args) => (await load()).open(...args),
    async settle(...args) {
      // Most people never run tasks side by side.
      if (await exists(toNativePath(options.folder))) await (await load()).settle(...args);
    },
  };
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
