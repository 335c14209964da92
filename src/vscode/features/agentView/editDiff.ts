/** What a tool call changed in a file, in the editor's own diff. */
import * as vscode from 'vscode';
import type { FileEdit } from '../../../core/agent/events';
import type { Host } from '../../host';

const SCHEME = 'earshot-edit';

export interface EditDiff extends vscode.Disposable {
  show(session: string, call: string): Promise<void>;
}

export function registerEditDiff({ core }: Host): EditDiff {
  const editOf = (session: string, call: string): FileEdit | undefined => {
    const item = core.sessions
      .get(session)
      ?.items.find((candidate) => candidate.type === 'tool' && candidate.call === call);
    return item?.type === 'tool' ? item.edit : undefined;
  };
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent(uri) {
      const [session = '', call = '', side] = uri.query.split('&');
      const edit = editOf(session, call);
      const before = edit?.from === undefined ? edit?.before : edit.after;
      return (side === 'before' ? before : edit?.after) ?? '';
    },
  };
  const registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider);
  return {
    async show(session, call) {
      const edit = editOf(session, call);
      if (!edit) return;
      const uri = (side: string) =>
        vscode.Uri.from({ scheme: SCHEME, path: `/${edit.path}`, query: `${session}&${call}&${side}` });
      await vscode.commands.executeCommand(
        'vscode.diff',
        uri('before'),
        uri('after'),
        `${edit.path}: the agent’s change`,
      );
    },
    dispose: () => registration.dispose(),
  };
}
