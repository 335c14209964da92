/** What a tool call changed, in the editor's own diff: of its file, or of all its files in one. */
import * as vscode from 'vscode';
import { editsOf, type FileEdit } from '../../../core/agent/session/events';
import { joinPath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';

const SCHEME = 'earshot-edit';

type Side = 'before' | 'after';

export interface EditDiff extends vscode.Disposable {
  show(session: string, call: string): Promise<void>;
}

export function registerEditDiff({ core }: Host): EditDiff {
  function editsIn(session: string, call: string): readonly FileEdit[] {
    const item = core.sessions
      .get(session)
      ?.items.find((candidate) => candidate.type === 'tool' && candidate.call === call);
    return item?.type === 'tool' ? editsOf(item.edit) : [];
  }
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent(uri) {
      const [session = '', call = '', index, side] = uri.query.split('&');
      return textOf(editsIn(session, call)[Number(index)], side === 'before' ? 'before' : 'after') ?? '';
    },
  };
  const registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider);
  return {
    async show(session, call) {
      const edits = editsIn(session, call);
      const [first] = edits;
      const root = core.sessions.get(session)?.started.root;
      if (!first || root === undefined) return;
      const uri = ({ path }: FileEdit, index: number, side: Side) =>
        vscode.Uri.from({ scheme: SCHEME, path: `/${path}`, query: `${session}&${call}&${index}&${side}` });
      if (edits.length === 1) {
        const title = `${first.path}: the agent’s change`;
        await vscode.commands.executeCommand(
          'vscode.diff',
          uri(first, 0, 'before'),
          uri(first, 0, 'after'),
          title,
        );
        return;
      }
      // A side that is not there is none: the editor shows a new file, or one that is gone.
      const rows = edits.map((edit, index) => [
        toUri(joinPath(root, edit.path)),
        ...(['before', 'after'] as const).map((side) =>
          textOf(edit, side) === undefined ? undefined : uri(edit, index, side),
        ),
      ]);
      await vscode.commands.executeCommand(
        'vscode.changes',
        `${edits.length} files: the agent’s change`,
        rows,
      );
    },
    dispose: () => registration.dispose(),
  };
}

/** A file that was moved has its text on both sides. */
function textOf(edit: FileEdit | undefined, side: Side): string | undefined {
  const before = edit?.from === undefined ? edit?.before : edit.after;
  return side === 'before' ? before : edit?.after;
}
