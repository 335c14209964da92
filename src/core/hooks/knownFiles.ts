/**
 * Which files are there. A save that replaces a file by a rename (ours, many editors', every formatter's) comes
 * from the watchers as a creation; a file that was there before was saved, not created.
 */
import { walkFiles } from '../agent/places/walkFiles';
import type { FileChange, FileSystem } from '../ports';
import { joinPath } from '../util/path';

/** Files of a workspace folder that are remembered; of others, the watchers' word is taken. */
const LIMIT = 20_000;

export interface KnownFiles {
  /** Looks once at what is in a workspace folder. */
  learn(root: string): Promise<void>;
  /** The change as it really was. */
  correct(change: FileChange): FileChange;
}

export function createKnownFiles(files: FileSystem): KnownFiles {
  const known = new Set<string>();
  const roots = new Map<string, Promise<void>>();

  async function look(root: string): Promise<void> {
    const { paths } = await walkFiles(files, root, LIMIT);
    for (const path of paths) known.add(joinPath(root, path));
  }

  return {
    learn(root) {
      const looked = roots.get(root) ?? look(root);
      roots.set(root, looked);
      return looked;
    },
    correct(change) {
      const wasThere = known.has(change.path);
      if (change.kind === 'deleted') known.delete(change.path);
      if (change.kind === 'created' || change.kind === 'changed') known.add(change.path);
      return change.kind === 'created' && wasThere ? { ...change, kind: 'changed' } : change;
    },
  };
}
