/**
 * The bare loop as an extension of its own: what an editor does with every request of an extension (its proxy, its process)
 * is then no part of what ours adds.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { bareLoop } from './bareLoop';

export function activate({ subscriptions }: vscode.ExtensionContext): void {
  subscriptions.push(
    vscode.commands.registerCommand('bench.bareLoop', async () => {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
      await bareLoop(process.env.EARSHOT_BENCH_URL ?? '', folder);
      await vscode.workspace.fs.writeFile(vscode.Uri.file(join(folder, 'bare.txt')), new Uint8Array());
    }),
  );
}
