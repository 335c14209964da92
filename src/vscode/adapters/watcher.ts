/** File events of the editor's own watchers, and of documents that are typed in. */
import * as vscode from 'vscode';
import type { FileChange, FileWatcher } from '../../core/ports';
import { basename, isInside } from '../../core/util/path';
import { TEMPORARY_FILE } from '../../node/writeWhole';
import { toPath, toUri } from './paths';

export function createWatcher(): FileWatcher {
  return {
    watch(folder, listener) {
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(toUri(folder), '**/*'),
      );
      const tell = (kind: FileChange['kind']) => (uri: vscode.Uri) => {
        const path = toPath(uri);
        if (isWatched(path)) listener({ path, kind });
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
      const all = vscode.Disposable.from(
        watcher,
        watcher.onDidCreate(tell('created')),
        watcher.onDidChange(tell('changed')),
        watcher.onDidDelete(tell('deleted')),
        typed,
        closed,
      );
      return { dispose: () => all.dispose() };
    },
  };
}

/** Not what is installed, not version control, not the half-written files of our own writes. */
function isWatched(path: string): boolean {
  return !path.includes('/node_modules/') && !path.includes('/.git/') && !TEMPORARY_FILE.test(basename(path));
}
