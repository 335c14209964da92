/** What open spec documents were when they were last the same as their files: what unsaved edits were made from. */
import * as vscode from 'vscode';
import type { DocumentKind } from '../../core/spec/model';
import { FILE_NAMES } from '../../core/spec/readSpec';
import { basename } from '../../core/util/path';
import { toPath } from './paths';

const KINDS = new Map(Object.entries(FILE_NAMES).map(([kind, name]) => [name, kind as DocumentKind]));

/** Milliseconds: with the first edit of a document the editor tells of the edit before it says that it is not saved. */
const SETTLED = 100;

export interface SavedTexts extends vscode.Disposable {
  /** Undefined where nobody knows. */
  of(document: vscode.TextDocument): string | undefined;
  /** The text of a task list as it was last saved here. */
  list(path: string): string | undefined;
  /** Its file was written past the editor, which goes on calling the document unsaved. */
  written(document: vscode.TextDocument, text: string): void;
}

export function kindAt(path: string): DocumentKind | undefined {
  return KINDS.get(basename(path));
}

export function createSavedTexts(): SavedTexts {
  const texts = new WeakMap<vscode.TextDocument, string>();
  const lists = new Map<string, string>();
  const look = (document: vscode.TextDocument): void => {
    if (document.uri.scheme !== 'file' || document.isDirty) return;
    if (kindAt(toPath(document.uri)) !== undefined) texts.set(document, document.getText());
  };
  vscode.workspace.textDocuments.forEach(look);
  const listening = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidSaveTextDocument((document) => {
      look(document);
      const path = toPath(document.uri);
      if (kindAt(path) === 'tasks') lists.set(path, document.getText());
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const { version } = document;
      setTimeout(() => document.version === version && look(document), SETTLED);
    }),
  );
  return {
    of: (document) => texts.get(document),
    list: (path) => lists.get(path),
    written: (document, text) => void texts.set(document, text),
    dispose: () => listening.dispose(),
  };
}
