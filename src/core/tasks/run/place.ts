/** Where a task of a run is worked on. */
import type { AbortSignal } from '../../util/abort';
import type { RunTaskEntry } from './model';

export interface Place {
  /** The folder in which tools and checks run: the workspace folder, or a copy of it. */
  readonly root: string;
  /**
   * Brings what was done, and proved, into the workspace folder; the task is not done before. Undefined where it was
   * done there. `conflict`: it cannot be brought in as it is.
   */
  readonly merge?: (signal: AbortSignal) => Promise<'merged' | { readonly conflict: readonly string[] }>;
  /** Whatever came of the task. Never rejects. */
  release(): Promise<void>;
}

export interface Places {
  /** Rejects with an `ActError` where there can be no such place. */
  take(entry: RunTaskEntry, signal: AbortSignal): Promise<Place>;
  /** When the run is over. Never rejects. */
  close(): Promise<void>;
}

export interface PlaceOptions {
  readonly run: string;
  /** The workspace folder. */
  readonly root: string;
  readonly parallel: number;
}

/** In the workspace folder itself: one task at a time. */
export function workspacePlaces({ root }: Pick<PlaceOptions, 'root'>): Places {
  return { take: async () => ({ root, release: async () => {} }), close: async () => {} };
}
