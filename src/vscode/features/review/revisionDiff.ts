/** A proposed revision beside what stands now, in the editor's own diff. */
import * as vscode from 'vscode';
import type { Host } from '../../host';

const SCHEME = 'earshot-revision';

export interface RevisionDiff extends vscode.Disposable {
  show(session: string): Promise<void>;
}

export function registerRevisionDiff({ core }: Host): RevisionDiff {
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent(uri) {
      const [session = '', side] = uri.query.split('&');
      const revision = core.sessions.get(session)?.revision;
      return (side === 'before' ? revision?.before : revision?.after) ?? '';
    },
  };
  const registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider);
  return {
    async show(session) {
      const state = core.sessions.get(session);
      const name = state?.started.document;
      if (!state?.revision || !name) return;
      const uri = (side: string) =>
        vscode.Uri.from({ scheme: SCHEME, path: `/${side}/${name}`, query: `${session}&${side}` });
      await vscode.commands.executeCommand(
        'vscode.diff',
        uri('before'),
        uri('after'),
        `${name}: now ↔ revision`,
      );
    },
    dispose: () => registration.dispose(),
  };
}
