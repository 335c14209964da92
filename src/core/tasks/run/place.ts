/** Where a task of a run is worked on. */
import type { Checkpoints } from '../../checkpoints/checkpoints';
import type { AbortSignal } from '../../util/abort';
import type { Bringing, Brought } from './bringing';
import type { RunTaskEntry } from './model';

/** A copy of the workspace, for one task. */
export interface Copy {
  /** Names its files as they were when the task began. */
  readonly base: string;
  /** Its states: of all copies of one run, so that they can be compared. */
  readonly states: Pick<Checkpoints, 'diff' | 'read'>;
  /** Brings what was done into the workspace folder; the task is not done before. */
  merge(bringing: Bringing, signal: AbortSignal): Promise<Brought>;
}

export interface Place {
  /** The folder in which tools and checks run: the workspace folder, or a copy of it. */
  readonly root: string;
  /** Undefined: it is the workspace folder itself. */
  readonly copy?: Copy;
  /** Nothing of an earlier try is in it: its session cannot be gone on with. */
  readonly isFresh: boolean;
  /** Whatever came of the task. Never rejects. @param isOver False: it may be gone on with */
  release(isOver: boolean): Promise<void>;
}

export interface Places {
  /** So many at a time. */
  readonly most: number;
  /** Why they are not as many as were wanted. */
  readonly fewer?: string | undefined;
  /** A task is about to begin: what it does is brought in before what those do that begin after it. */
  begin(key: string): void;
  /** It is over, or never began. */
  end(key: string): void;
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
  /** Tasks that have a copy from an earlier process, oldest first. */
  readonly left: readonly string[];
  /** The copy of a task that may be gone on with goes, since another needs the room. */
  readonly onDrop: (key: string) => void;
}

/** In the workspace folder itself: one task at a time. @param isFresh Earlier tries were made elsewhere */
export function workspacePlaces({ root }: Pick<PlaceOptions, 'root'>, isFresh = false): Places {
  const place: Place = { root, isFresh, release: async () => {} };
  return { most: 1, begin: () => {}, end: () => {}, take: async () => place, close: async () => {} };
}
