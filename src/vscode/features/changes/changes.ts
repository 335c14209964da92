/** What the agent changed in a turn, in the editor's own diff: all files at once, or one of them. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { ChangedFile } from '../../../core/agent/changes/model';
import { joinPath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';

const SCHEME = 'earshot-turn';

type Side = 'before' | 'after';

export const registerChanges: Feature = (host) => {
  const texts = new vscode.EventEmitter<vscode.Uri>();
  const open = new Set<string>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: texts.event,
    provideTextDocumentContent(uri) {
      open.add(uri.toString());
      const [session = '', path = '', side] = uri.query.split('&').map(decodeURIComponent);
      const file = filesOf(host, session).find((each) => each.path === path);
      const content = side === 'before' ? file?.before : file?.after;
      return typeof content === 'string' ? content : '';
    },
  };
  return vscode.Disposable.from(
    texts,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    // A session is another turn further on, and the diff still open.
    host.core.sessions.onDidChange((id) => {
      for (const text of open) {
        const uri = vscode.Uri.parse(text);
        if (uri.query.startsWith(`${encodeURIComponent(id)}&`)) texts.fire(uri);
      }
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => open.delete(uri.toString())),
    host.command(COMMANDS.reviewChanges, () => decide(host)),
    host.command(COMMANDS.openChanges, (target) => show(host, target)),
  );
};

/** The whole set by keyboard; piece by piece is for the agent view. */
async function decide({ core }: Host): Promise<void> {
  const waiting = core.sessions.known.find(({ state }) => state.changes.set?.state === 'open');
  if (!waiting) throw new ActError('notFound', 'No change of the agent waits for your review.');
  const count = waiting.state.changes.set?.files.length ?? 0;
  const files = count === 1 ? '1 file' : `${count} files`;
  const picks = [
    { label: '$(diff-multiple) Look at them in one diff', act: 'open' },
    { label: '$(checklist) Choose piece by piece', description: 'In the agent view', act: 'view' },
    { label: '$(check) Keep all', act: 'keepAll' },
    {
      label: '$(discard) Refuse all',
      description: 'Every file is as it was before the turn',
      act: 'refuseAll',
    },
  ] as const;
  const title = `${waiting.state.started.title}: ${files} changed`;
  const pick = await vscode.window.showQuickPick(picks, {
    title,
    placeHolder: 'What becomes of these changes?',
  });
  if (pick?.act === 'open')
    return void (await vscode.commands.executeCommand(COMMANDS.openChanges, { session: waiting.id }));
  if (pick?.act === 'view')
    return void (await vscode.commands.executeCommand(COMMANDS.showAgent, waiting.id));
  if (pick) await core.reviews.act(waiting.id, { type: 'decide', how: pick.act });
}

function filesOf({ core }: Host, session: string): readonly ChangedFile[] {
  return core.sessions.get(session)?.changes.set?.files ?? [];
}

/** @param target of a session and maybe one file; without it, of the latest session that changed something */
async function show(host: Host, target: unknown): Promise<void> {
  const { session, path } = isTarget(target) ? target : { session: latest(host), path: undefined };
  const all = session === undefined ? [] : filesOf(host, session);
  const files = path === undefined ? all : all.filter((file) => file.path === path);
  const root = session === undefined ? undefined : host.core.sessions.get(session)?.started.root;
  const [only] = files;
  if (session === undefined || root === undefined || !only)
    throw new ActError('notFound', 'The agent has changed no file yet, so there is nothing to show.');
  const rows = files.map((file) => rowOf(session, root, file));
  const [label, before, after] = rowOf(session, root, only);
  if (path !== undefined && before && after)
    return void (await vscode.commands.executeCommand(
      'vscode.diff',
      before,
      after,
      `${path}: the agent’s changes`,
    ));
  if (path !== undefined)
    return void (await vscode.commands.executeCommand('vscode.open', after ?? before ?? label));
  const title = host.core.sessions.get(session)?.started.title ?? 'Agent';
  await vscode.commands.executeCommand('vscode.changes', `${title}: changed files`, rows);
}

function latest({ core }: Host): string | undefined {
  return core.sessions.known.find(({ state }) => (state.changes.set?.files.length ?? 0) > 0)?.id;
}

function isTarget(value: unknown): value is { readonly session: string; readonly path?: string } {
  return (
    typeof value === 'object' && value !== null && 'session' in value && typeof value.session === 'string'
  );
}

type Row = readonly [label: vscode.Uri, before: vscode.Uri | undefined, after: vscode.Uri | undefined];

/** The right side is the file itself, so that it can be edited there; what is deleted has none. */
function rowOf(session: string, root: string, file: ChangedFile): Row {
  const uri = toUri(joinPath(root, file.path));
  const before = (side: Side) =>
    vscode.Uri.from({
      scheme: SCHEME,
      // With the whole path: the editor takes two sides of different paths for a file that was moved.
      path: toUri(joinPath(root, side === 'before' ? (file.from ?? file.path) : file.path)).path,
      query: [session, file.path, side].map(encodeURIComponent).join('&'),
    });
  return [
    uri,
    file.before === undefined ? undefined : before('before'),
    file.after === undefined ? undefined : uri,
  ];
}
