/** File events of the editor's own watchers, and of documents that are typed in. */
import * as vscode from 'vscode';
import type { FileChange, FileWatcher } from '../../core/ports';
import { type Disposable, toDisposable } from '../../core/util/disposable';
import { basename, isInside } from '../../core/util/path';
import { createOverlooked } from '../../node/overlooked';
import { TEMPORARY_FILE } from '../../node/writeWhole';
import { toPath, toUri } from './paths';

type Listener = (change: FileChange) => void;

/** Each folder is watched once, for all who ask. */
export function createWatcher(): FileWatcher {
  const sources = new Map<string, { readonly listeners: Set<Listener>; readonly source: Disposable }>();
  return {
    watch(folder, listener) {
      // One that asks twice is told twice.
      const own: Listener = (change) => listener(change);
      const known = sources.get(folder);
      const listeners = known?.listeners ?? new Set();
      listeners.add(own);
      if (!known) {
        const source = watchFolder(folder, (change) => {
          for (const each of [...listeners]) each(change);
        });
        sources.set(folder, { listeners, source });
      }
      return toDisposable(() => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        sources.get(folder)?.source.dispose();
        sources.delete(folder);
      });
    },
  };
}

function watchFolder(folder: string, listener: Listener): Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(toUri(folder), '**/*'));
  const overlooked = process.platform === 'linux' ? createOverlooked(listener) : undefined;
  const tell = (kind: FileChange['kind']) => (uri: vscode.Uri) => {
    const path = toPath(uri);
    if (!isWatched(path)) return;
    if (kind === 'created' && overlooked?.created(path) === false) return;
    listener({ path, kind });
  };
  // Also the event without changes that follows the first key: only then is the document known to be unsaved.
  const typed = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.scheme !== 'file') return;
    const path = toPath(document.uri);
    if (isInside(folder, path)) listener({ path, kind: 'edited' });
  });
  // Discarded edits: the text is the file's again.
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === 'file' && isInside(folder, toPath(uri)))
      listener({ path: toPath(uri), kind: 'edited' });
  });
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(tell('created')),
    watcher.onDidChange(tell('changed')),
    watcher.onDidDelete(tell('deleted')),
    typed,
    closed,
    ...(overlooked ? [overlooked] : []),
  );
}

/** Not what is installed, not version control, not the half-written files of our own writes. */
function isWatched(path: string): boolean {
  return !path.includes('/node_modules/') && !path.includes('/.git/') && !TEMPORARY_FILE.test(basename(path));
}
