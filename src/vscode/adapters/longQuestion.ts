/** A question that a dialog would cut: what it is about stands in a document, and the question waits beside it. */
import * as vscode from 'vscode';

const SCHEME = 'earshot-question';
/** What a dialog of every system shows whole. */
const LINES = 25;
const CHARACTERS = 2500;

export function isLong(detail: string): boolean {
  return detail.length > CHARACTERS || detail.split('\n').length > LINES;
}

export async function askBesideDocument<T extends vscode.MessageItem>(
  title: string,
  detail: string,
  items: readonly T[],
): Promise<T | undefined> {
  const provideTextDocumentContent = () => detail;
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent,
  });
  try {
    await vscode.window.showTextDocument(vscode.Uri.from({ scheme: SCHEME, path: `/${title}` }));
    return await vscode.window.showWarningMessage(`${title} What it is stands in the document.`, ...items);
  } finally {
    provider.dispose();
  }
}
