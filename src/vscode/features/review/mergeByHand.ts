/**
 * A revision of what was edited meanwhile, in the editor's own merge editor: both sides, what they were made from, and
 * the document as the result. It counts as decided once the document is saved without a conflict in it.
 */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { type Merged, mergeDocuments } from '../../../core/spec/merge/mergeDocuments';
import { partsOfText } from '../../../core/spec/merge/parts';
import type { MergeConflict } from '../../../core/spec/merge/writeMerged';
import type { DocumentKind } from '../../../core/spec/model';
import { basename } from '../../../core/util/path';
import { showInfo, showWarning } from '../../adapters/messages';
import { toPath, toUri } from '../../adapters/paths';
import type { Host } from '../../host';

const SCHEME = 'earshot-merge';
const MARK = /^(?:<{7}|>{7}) /m;

export interface MergeByHand extends vscode.Disposable {
  /** @param session Of the revision, which is settled when the person has merged it. */
  open(kind: DocumentKind, conflict: MergeConflict, session: string): Promise<void>;
}

/** An editor that saves by itself may write git's marks: both sides are in them, and what has them is refused everywhere. */
function untilThen(uri: vscode.Uri): string {
  const auto = vscode.workspace.getConfiguration('files', uri).get<string>('autoSave', 'off');
  return auto === 'off'
    ? ': nothing is written before'
    : '. Auto Save is on, so the marks of the conflict may be written before: until they are gone, the document is neither approved, revised nor drafted from, and nothing is lost';
}

export function registerMergeByHand({ core, log, report }: Host): MergeByHand {
  const texts = new Map<string, string>();
  const waiting = new Map<string, vscode.Disposable>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => texts.get(uri.query) ?? '',
  });

  function side(name: string, path: string, session: string, text: string): vscode.Uri {
    const key = `${session}&${name}`;
    texts.set(key, text);
    return vscode.Uri.from({ scheme: SCHEME, path: `/${name}/${basename(path)}`, query: key });
  }

  function settleOnSave(kind: DocumentKind, path: string, session: string, { conflicts }: Merged): void {
    waiting.get(path)?.dispose();
    const listener = vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.uri.scheme !== 'file' || toPath(document.uri) !== path) return;
      const text = document.getText().replace(/\r\n/g, '\n');
      if (MARK.test(text)) return;
      // The merge editor begins with what both were made from, and saves that where nobody chose.
      const parts = partsOfText(kind, text).flatMap(({ number, words }) => [`${number}${words}`, words]);
      const stands = new Set(parts.map((part) => part.trim()));
      const open = conflicts.filter(({ base }) => stands.has(base.trim())).map(({ id }) => id);
      if (open.length > 0) {
        void showWarning(
          `${open.join(', ')} in ${basename(path)} stands as it was before both changes: neither side was chosen. Choose in the merge editor and save again; the revision still waits.`,
        );
        return;
      }
      listener.dispose();
      waiting.delete(path);
      void core.workflow.settleRevision(session).catch(report);
    });
    waiting.set(path, listener);
  }

  return {
    async open(kind, { path, versions, merged }, session) {
      const document = await vscode.workspace.openTextDocument(toUri(path));
      // Unsaved, so that closing without saving leaves everything as it was. The marks tell the merge editor to begin.
      const marked = mergeDocuments(kind, versions, { ours: 'Yours', theirs: 'Revision' });
      const edit = new vscode.WorkspaceEdit();
      const end = document.lineAt(document.lineCount - 1).range.end;
      edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), marked.text);
      if (!(await vscode.workspace.applyEdit(edit)))
        throw new ActError('changed', `${basename(path)} could not be changed. Close it and try again.`);
      settleOnSave(kind, path, session, merged);
      const ids = merged.conflicts.map(({ id }) => id).join(', ');
      try {
        await vscode.commands.executeCommand('_open.mergeEditor', {
          base: side('before', path, session, versions.base),
          input1: { uri: side('yours', path, session, versions.ours), title: 'Yours' },
          input2: { uri: side('revision', path, session, versions.theirs), title: 'Revision' },
          output: document.uri,
        });
      } catch (error) {
        // Not every editor of this family has one; the marks stand in the document, and it offers both sides there.
        log.warn(`No merge editor: ${String(error)}`);
        await vscode.window.showTextDocument(document);
      }
      void showInfo(
        `${ids} changed both in ${basename(path)} and in the revision. Choose what stands, then save${untilThen(document.uri)}.`,
      );
    },
    dispose() {
      registration.dispose();
      for (const listener of waiting.values()) listener.dispose();
    },
  };
}
