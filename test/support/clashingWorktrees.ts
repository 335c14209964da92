/**
 * The `Worktrees` port without copies: each task seems to have changed one file in its own way, so that the first is brought
 * in as it is, and every other clashes with it.
 */
import type { Worktrees } from '../../src/core/tasks/run/worktrees';

export interface Clash {
  readonly path: string;
  /** As it was when the tasks began; what stands in the folder is what each made of it. */
  readonly base: string;
}

export function createClashingWorktrees({ path, base }: Clash): Worktrees {
  return {
    async open(root) {
      let written = 0;
      return {
        size: async () => ({ files: 1, bytes: 1 }),
        snapshot: async () => 'ours',
        take: async (name) => ({ name, root, base: 'base', isFresh: true }),
        capture: async () => 'theirs',
        finish: async () => 'theirs',
        merge: async () => ({ tree: 'merged', conflicts: written === 0 ? [] : [{ path, kind: 'lines' }] }),
        show: async () => {},
        async apply() {
          written++;
          return [];
        },
        changes: async (from, to) =>
          from === 'base' && to === 'theirs' ? [{ path, change: 'changed' as const }] : [],
        read: async (tree) => (tree === 'base' ? base : undefined),
        remove: async () => {},
        close: async () => {},
        leave: async () => {},
      };
    },
    settle: async () => {},
  };
}
