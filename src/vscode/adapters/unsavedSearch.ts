import * as vscode from 'vscode';
import type { TextSearch } from '../../core/ports';
import { toPath } from './paths';

/** What is on the disk is not what the agent reads where a document is not saved: that is worth reading in any case. */
export function withUnsaved(search: TextSearch): TextSearch {
  return {
    async find(folder, text, signal) {
      const found = await search.find(folder, text, signal);
      const unsaved = vscode.workspace.textDocuments.filter(
        ({ isDirty, uri }) => isDirty && uri.scheme === 'file',
      );
      return found && new Set([...found, ...unsaved.map(({ uri }) => toPath(uri))]);
    },
  };
}
