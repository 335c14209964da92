import * as vscode from 'vscode';

const LINK = /#\[\[file:([^\]\r\n]+)\]\]/g;

/** `#[[file:api/openapi.yaml]]`, as Kiro's documents name files of the workspace. */
export function registerFileLinks(selector: vscode.DocumentSelector): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(selector, {
    provideDocumentLinks(document) {
      const folder = vscode.workspace.getWorkspaceFolder(document.uri);
      if (!folder) return [];
      return [...document.getText().matchAll(LINK)].flatMap(({ index, 0: whole, 1: path = '' }) => {
        // Not out of the workspace.
        if (path.split(/[\\/]/).includes('..') || /^(?:[\\/]|\w+:)/.test(path)) return [];
        const range = new vscode.Range(document.positionAt(index), document.positionAt(index + whole.length));
        return [new vscode.DocumentLink(range, vscode.Uri.joinPath(folder.uri, path.trim()))];
      });
    },
  });
}
