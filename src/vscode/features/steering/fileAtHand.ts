/** The file that “in context for” is about: what a person looks at, but not the steering that they look up for it. */
import * as vscode from 'vscode';
import { isGuidancePath } from '../../../core/steering/guidance';
import { isInside } from '../../../core/util/path';
import { toPath } from '../../adapters/paths';

export interface FileAtHand extends vscode.Disposable {
  readonly path: string | undefined;
}

export function folders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => toPath(uri));
}

/** The folder of a file, else the first. */
export function rootOf(path: string | undefined): string | undefined {
  const roots = folders();
  return roots.find((root) => path !== undefined && isInside(root, path)) ?? roots[0];
}

export function activeFile(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? toPath(uri) : undefined;
}

export function followFile(onChange: () => void): FileAtHand {
  let path: string | undefined;

  function look(): void {
    const now = activeFile();
    const isGuidance = now !== undefined && folders().some((root) => isGuidancePath(root, now));
    // A panel of ours, or a difference, is no reason to forget the file that it is about.
    const isElsewhere = now === undefined && vscode.window.tabGroups.activeTabGroup.activeTab !== undefined;
    if (isGuidance || isElsewhere || now === path) return;
    path = now;
    onChange();
  }

  look();
  const listener = vscode.window.onDidChangeActiveTextEditor(look);
  return {
    get path() {
      return path;
    },
    dispose: () => listener.dispose(),
  };
}
