/**
 * What an editor's watcher misses. On Linux each folder is watched by itself, and the editor's watcher begins with a new
 * folder only some time after it was made: what was put in there before, folders with all that ever happens in them
 * included, it never tells of. Found by a look into each new folder, a little later: what is there and was not told of.
 */
import { type Dirent, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SKIPPED_FOLDERS } from '../core/agent/places/walkFiles';
import type { FileChange } from '../core/ports';
import type { Disposable } from '../core/util/disposable';
import { fromNativePath, toNativePath } from './nativePath';
import { createNodeWatcher } from './nodeWatcher';

/** Milliseconds in which the editor tells of what it has heard. */
const MOMENT = 700;

export interface Overlooked extends Disposable {
  /** The editor told of a new file or folder. False: it was told before, from here. */
  created(path: string): boolean;
}

/** @param tell hears of what was missed */
export function createOverlooked(tell: (change: FileChange) => void, momentMs = MOMENT): Overlooked {
  /** What the editor told of lately, moment by moment; the newest first. */
  let moments: readonly Set<string>[] = [new Set(), new Set(), new Set()];
  const own = createNodeWatcher();
  const watched = new Map<string, Disposable>();
  /** By path: size and time of files as they were told from here. */
  const told = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  const isHeard = (path: string) => moments.some((moment) => moment.has(path));

  async function next(): Promise<void> {
    const [newest = new Set<string>(), before = new Set<string>()] = moments;
    moments = [new Set(), newest, before];
    timer = newest.size === 0 && before.size === 0 ? undefined : setTimeout(() => void next(), momentMs);
    const parents = new Set([...before].map((path) => dirname(path)));
    for (const parent of parents)
      for (const folder of await entriesOf(parent))
        if (folder.isDirectory() && before.has(join(parent, folder.name)))
          await look(join(parent, folder.name));
  }

  async function look(folder: string): Promise<void> {
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (isHeard(path) || watched.has(path)) continue;
      if (entry.isFile()) tellOf(path);
      else if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name))
        watched.set(path, own.watch(fromNativePath(path), tell, true));
    }
  }

  function tellOf(path: string): void {
    told.set(path, stampOf(path));
    tell({ path: fromNativePath(path), kind: 'created' });
  }

  return {
    created(path) {
      const native = toNativePath(path);
      watched.get(native)?.dispose();
      watched.delete(native);
      const before = told.get(native);
      told.delete(native);
      if (before !== undefined && before === stampOf(native)) return false;
      moments[0]?.add(native);
      timer ??= setTimeout(() => void next(), momentMs);
      return true;
    },
    dispose() {
      clearTimeout(timer);
      moments = [];
      for (const each of watched.values()) each.dispose();
    },
  };
}

const entriesOf = (folder: string): Promise<readonly Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch(() => []);

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.size}:${stat.mtimeMs}` : '';
}
