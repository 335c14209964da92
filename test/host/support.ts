/** What the tests in the extension host share. */
import * as path from 'node:path';
import * as vscode from 'vscode';

export function workspaceRoot(): string {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!root) throw new Error('No folder is open');
  return root;
}

export function inWorkspace(...parts: string[]): vscode.Uri {
  return vscode.Uri.file(path.join(workspaceRoot(), ...parts));
}

export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

export async function writeText(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

export async function remove(uri: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: false }).then(undefined, () => {});
}

/** Looks until something is there. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 30_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Titles of the lenses of a document, icons left out. */
export async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    500,
  );
  return lenses.map(({ command }) => command?.title.replace(/\$\([^)]*\) ?/g, '') ?? '');
}

/** Points Earshot at a server of the test's, and back. */
export async function useServer(url: string | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('earshot');
  await configuration.update('baseUrl', url, vscode.ConfigurationTarget.Global);
  await eventually(
    'the setting',
    () =>
      vscode.workspace.getConfiguration('earshot').get<string>('baseUrl') ===
        (url ?? 'https://api.anthropic.com') || undefined,
  );
}
