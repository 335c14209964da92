/** The files in which servers stand: opened at a server's line, or made where there is none yet. */
import * as os from 'node:os';
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { McpServer } from '../../../core/mcp/model';
import { joinPath, normalizePath } from '../../../core/util/path';
import { toPath, toUri } from '../../adapters/paths';

const EMPTY = '{\n  "mcpServers": {}\n}\n';

export async function openAtServer({ config }: McpServer): Promise<void> {
  const document = await vscode.workspace.openTextDocument(toUri(config.path));
  const at = document.positionAt(config.range.start);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

export async function openWorkspaceConfig(): Promise<void> {
  const folder = await chooseFolder();
  if (folder) await openOrMake(joinPath(toPath(folder.uri), '.kiro/settings/mcp.json'));
}

export async function openUserConfig(): Promise<void> {
  const home = normalizePath(process.env.KIRO_HOME ?? joinPath(normalizePath(os.homedir()), '.kiro'));
  await openOrMake(joinPath(home, 'settings/mcp.json'));
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    throw new ActError('invalid', 'Open a folder first: its servers stand in its .kiro/settings/mcp.json.');
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}

async function openOrMake(path: string): Promise<void> {
  const uri = toUri(path);
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(EMPTY));
  }
  await vscode.window.showTextDocument(uri);
}
