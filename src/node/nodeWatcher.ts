import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join, sep } from 'node:path';
import type { FileChange, FileWatcher } from '../core/ports';
import { type Disposable, toDisposable } from '../core/util/disposable';
import { fromNativePath, toNativePath } from './nativePath';
import { TEMPORARY_FILE } from './writeWhole';

const LEFT_OUT = new Set(['.git', 'node_modules']);

export interface NodeWatcherOptions {
  /** Changes are gathered for so long. */
  readonly debounceMs?: number;
  /** The system cannot watch (any more), for example when its limit of watches is reached. */
  readonly onError?: (error: unknown) => void;
}

export interface NodeWatcher extends FileWatcher {
  /** @param isNew Also what is in the folder is told, as created. */
  watch(folder: string, listener: (change: FileChange) => void, isNew?: boolean): Disposable;
}

/**
 * The `FileWatcher` port for programs without an editor. Where the system watches a tree only in name
 * (Linux), each folder is watched by itself, which also keeps `node_modules` out of the system's limit.
 */
export function createNodeWatcher(options: NodeWatcherOptions = {}): NodeWatcher {
  const { debounceMs = 100, onError = () => {} } = options;
  return {
    watch(folder, listener, isNew = false) {
      const pending = new Map<string, 'rename' | 'change'>();
      let timer: NodeJS.Timeout | undefined;

      function flush(): void {
        timer = undefined;
        const changes = [...pending].map(([path, type]) => toChange(path, type));
        pending.clear();
        for (const change of changes) if (change) listener(change);
      }

      const close = watchTree(toNativePath(folder), isNew, onError, (path, type) => {
        if (TEMPORARY_FILE.test(path)) return;
        if (pending.get(path) !== 'rename') pending.set(path, type);
        timer ??= setTimeout(flush, debounceMs);
      });
      return toDisposable(() => {
        clearTimeout(timer);
        close();
      });
    },
  };
}

type OnEvent = (path: string, type: 'rename' | 'change') => void;

function toChange(path: string, type: 'rename' | 'change'): FileChange | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return undefined;
  const kind = type === 'rename' ? 'created' : 'changed';
  return { path: fromNativePath(path), kind: found ? kind : 'deleted' };
}

function watchTree(
  root: string,
  isNew: boolean,
  onError: (error: unknown) => void,
  onEvent: OnEvent,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  const recursive = process.platform !== 'linux';

  function heard(folder: string, type: string, name: string | null): void {
    if (name === null || name.split(sep).some((part) => LEFT_OUT.has(part))) return;
    const path = join(folder, name);
    onEvent(path, type === 'rename' ? 'rename' : 'change');
    if (recursive || type !== 'rename') return;
    if (isFolder(path)) add(path, true);
    else forget(path);
  }

  /** A folder that appears may already hold files, which nobody will report. */
  function add(folder: string, isNew: boolean): void {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { recursive }, (type, name) => heard(folder, type, name));
      watcher.on('error', onError);
      watchers.set(folder, watcher);
      if (!recursive) addEntries(folder, isNew);
    } catch (error) {
      onError(error);
    }
  }

  function addEntries(folder: string, isNew: boolean): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (LEFT_OUT.has(entry.name)) continue;
      if (entry.isDirectory()) add(path, isNew);
      else if (isNew) onEvent(path, 'rename');
    }
  }

  function forget(path: string): void {
    for (const [folder, watcher] of watchers) {
      if (folder !== path && !folder.startsWith(path + sep)) continue;
      watcher.close();
      watchers.delete(folder);
    }
  }

  add(root, isNew);
  return () => forget(root);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
