/**
 * The least that an extension can do, as one of its own: what an editor does with each request (its proxy, its process), and
 * before it asks a view for its rows, is then no part of what ours adds.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { bareLoop } from './bareLoop';

const NAMES = Array.from({ length: 1000 }, (_, index) => `bare-${index}`);

export function activate({ subscriptions }: vscode.ExtensionContext): void {
  let isShown = false;
  const log = vscode.window.createOutputChannel('Names', { log: true });
  subscriptions.push(
    log,
    vscode.window.registerTreeDataProvider('bench.names', {
      getTreeItem: (name: string) => new vscode.TreeItem(name),
      getChildren() {
        if (!isShown) log.info('names to show');
        isShown = true;
        return NAMES;
      },
    }),
    vscode.commands.registerCommand('bench.bareLoop', async () => {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
      await bareLoop(process.env.EARSHOT_BENCH_URL ?? '', folder);
      await vscode.workspace.fs.writeFile(vscode.Uri.file(join(folder, 'bare.txt')), new Uint8Array());
    }),
  );
}
