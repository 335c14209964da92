/** The core's paths (forward slashes) and the editor's URIs. */
import * as vscode from 'vscode';
import { normalizePath } from '../../core/util/path';

export function toPath(uri: vscode.Uri): string {
  return normalizePath(uri.fsPath);
}

export function toUri(path: string): vscode.Uri {
  return vscode.Uri.file(path);
}
