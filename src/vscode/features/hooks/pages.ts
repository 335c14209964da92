/** Read-only pages of hooks: what a run printed, and what would be written before it is. */
import * as vscode from 'vscode';

const SCHEME = 'earshot-hook';
/** Pages that are kept; the editor asks again for those that it shows. */
const KEPT = 50;

export interface Pages extends vscode.Disposable {
  /** A page of its own for each call, named as its tab is. */
  add(name: string, text: string): vscode.Uri;
}

export function createPages(): Pages {
  const texts = new Map<string, string>();
  let count = 0;
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: ({ query }) => texts.get(query) ?? '',
  });
  return {
    add(name, text) {
      const query = String(++count);
      texts.set(query, text);
      const oldest = texts.keys().next().value;
      if (texts.size > KEPT && oldest !== undefined) texts.delete(oldest);
      return vscode.Uri.from({ scheme: SCHEME, path: `/${name.replace(/[/\\]/g, ' ')}`, query });
    },
    dispose: () => provider.dispose(),
  };
}
