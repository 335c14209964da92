/**
 * Where nobody sees who writes (a daemon that a command left behind, a tool of the editor), a hook may start itself. What
 * changes while it runs or a moment later, with no known writer, may be its doing: it is started from that a few times in a
 * row, and then held back until something else happens.
 */
import type { Clock } from '../ports';

/** Milliseconds until the events of what a run wrote have come. */
const MOMENT = 1000;
/** Runs in a row that may have led to each other. */
export const MOST_ECHOES = 3;

export interface Echoes {
  /** A run is over. @param chain the hooks that led to it, and itself */
  ended(root: string, chain: readonly string[]): void;
  /** Hooks that ended a moment before. */
  suspects(root: string, at: number): readonly string[];
  /** Counts a start; false where too many in a row may have been its own doing. */
  mayStart(id: string, isEcho: boolean): boolean;
}

export function createEchoes({ now }: Pick<Clock, 'now'>): Echoes {
  const ends = new Map<string, { readonly root: string; readonly at: number }>();
  const counts = new Map<string, number>();
  return {
    ended(root, chain) {
      for (const id of chain) ends.set(id, { root, at: now() });
    },
    suspects: (root, at) =>
      [...ends].filter(([, end]) => end.root === root && at - end.at <= MOMENT).map(([id]) => id),
    mayStart(id, isEcho) {
      const count = isEcho ? (counts.get(id) ?? 0) + 1 : 0;
      counts.set(id, Math.min(count, MOST_ECHOES));
      return count <= MOST_ECHOES;
    },
  };
}
