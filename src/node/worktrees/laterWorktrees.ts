import type { Worktrees } from '../../core/tasks/run/worktrees';
import { lazy } from '../../core/util/lazy';
import type { WorktreesOptions } from './nodeWorktrees';

/** The port, loaded when tasks run side by side. */
export function laterWorktrees(options: WorktreesOptions): Worktrees {
  const load = lazy(async () => (await import('./nodeWorktrees')).createNodeWorktrees(options));
  return {
    open: async (...args) => (await load()).open(...args),
    settle: async (root) => (await load()).settle(root),
  };
}
