/** What a task changed, between its checkpoints, in the editor's own diff: all files at once, or one of them. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { nameOf } from '../../../core/tasks/report/taskWords';
import { joinPath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import type { TaskOfRun } from './taskActs';

const SCHEME = 'earshot-run-file';

/** Texts of files as they were at a checkpoint. */
export function registerTaskTexts({ core }: Host): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri) {
      const [root = '', checkpoint = '', path = ''] = uri.query.split('&').map(decodeURIComponent);
      const content = await core.checkpoints.read(root, checkpoint, path);
      return typeof content === 'string' ? content : '';
    },
  });
}

type Row = readonly [label: vscode.Uri, before: vscode.Uri | undefined, after: vscode.Uri | undefined];

/** @param path One file of it; all where none is named */
export async function showChanges(host: Host, { run, task }: TaskOfRun, path?: string): Promise<void> {
  const { before, after } = task.checkpoints;
  if (before === undefined) return showSession(task, path);
  const all = await host.core.checkpoints.diff(run.root, before, after);
  const touched = new Set(task.evidence.at(-1)?.files.map((file) => file.path));
  // What a person changed meanwhile is no work of the task; where nothing was counted yet, all of it is shown.
  const own = touched.size === 0 ? all : all.filter((change) => touched.has(change.path));
  const rows = own
    .filter((change) => path === undefined || change.path === path)
    .map((change): Row => {
      const at = (checkpoint: string) => uriAt(run.root, checkpoint, change.path);
      const file = toUri(joinPath(run.root, change.path));
      return [
        file,
        change.change === 'added' ? undefined : at(before),
        change.change === 'deleted' ? undefined : after === undefined ? file : at(after),
      ];
    });
  const [only] = rows;
  if (!only) throw new ActError('notFound', `${nameOf(task)} has changed no file.`);
  const title = `${nameOf(task)} ${task.title}: changed files`;
  const [label, left, right] = only;
  if (path === undefined) return void (await vscode.commands.executeCommand('vscode.changes', title, rows));
  if (left && right)
    return void (await vscode.commands.executeCommand(
      'vscode.diff',
      left,
      right,
      `${path}: changed by ${nameOf(task)}`,
    ));
  await vscode.commands.executeCommand('vscode.open', right ?? left ?? label);
}

/** With the whole path: the editor takes two sides of different paths for a file that was moved. */
function uriAt(root: string, checkpoint: string, path: string): vscode.Uri {
  const query = [root, checkpoint, path].map(encodeURIComponent).join('&');
  return vscode.Uri.from({ scheme: SCHEME, path: toUri(joinPath(root, path)).path, query });
}

async function showSession({ sessions }: TaskOfRun['task'], path: string | undefined): Promise<void> {
  const session = sessions.find(({ role }) => role === 'work')?.id;
  if (session === undefined) throw new ActError('notFound', 'This task has changed no file yet.');
  await vscode.commands.executeCommand(COMMANDS.openChanges, {
    session,
    ...(path === undefined ? {} : { path }),
  });
}
