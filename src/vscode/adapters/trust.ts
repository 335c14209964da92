import * as vscode from 'vscode';
import type { Trust } from '../../core/ports';
import { Emitter } from '../../core/util/event';

export function createTrust(): Trust & vscode.Disposable {
  const granted = new Emitter<void>();
  const listener = vscode.workspace.onDidGrantWorkspaceTrust(() => granted.fire());
  return {
    get trusted() {
      return vscode.workspace.isTrusted;
    },
    onDidGrant: granted.event,
    dispose() {
      listener.dispose();
      granted.dispose();
    },
  };
}
