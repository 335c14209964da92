/** Checkpoints side by side in the editor's own diff: all files at once, or one of them. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Checkpoint, PathChange, RestorePlan } from '../../../core/checkpoints/model';
import { joinPath } from '../../../core/util/path';
import { showInfo } from '../../adapters/messages';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { files } from './words';

const SCHEME = 'earshot-checkpoint';
/** More files in one editor take it seconds to lay out. */
const MOST = 500;

export function registerCheckpointTexts({ core }: Host): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    // What a checkpoint holds never changes; where it is gone, the editor says so in the tab.
    async provideTextDocumentContent(uri) {
      const [root = '', checkpoint = '', path = '', part] = uri.query.split('&').map(decodeURIComponent);
      if (part !== undefined) return planned.get(`${checkpoint} ${path}`) ?? '';
      const content = await core.checkpoints.read(root, checkpoint, path);
      if (typeof content === 'string' || content === undefined) return content ?? '';
      return `${path} is no text: ${content.binary.toLocaleString('en-GB')} bytes.\n`;
    },
  });
}

/** Of the plan that was shown last: what files are to say of which a part is taken back. */
const planned = new Map<string, string>();

/** A file as it was. */
function uriAt(root: string, checkpoint: string, path: string, ...part: readonly string[]): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    // With the whole path: the editor takes two sides of different paths for a file that was moved.
    path: toUri(joinPath(root, path)).path,
    query: [root, checkpoint, path, ...part].map(encodeURIComponent).join('&'),
  });
}

/** Two states of a folder; without `to`, the files as they are. */
export interface Sides {
  readonly root: string;
  readonly from: string;
  readonly to: string | undefined;
}

type Row = readonly [label: vscode.Uri, before: vscode.Uri | undefined, after: vscode.Uri | undefined];

/** The right side is the file itself where it is compared with now, so that it can be edited there. */
function rowOf({ root, from, to }: Sides, { path, change }: PathChange): Row {
  const file = toUri(joinPath(root, path));
  return [
    file,
    change === 'added' ? undefined : uriAt(root, from, path),
    change === 'deleted' ? undefined : to === undefined ? file : uriAt(root, to, path),
  ];
}

export async function compare({ core }: Host, sides: Sides, title: string): Promise<void> {
  const changes = await core.checkpoints.diff(sides.root, sides.from, sides.to);
  if (changes.length === 0) return void showInfo('No file differs between the two.');
  if (changes.length > MOST) void showInfo(`${files(changes.length)} differ. The first ${MOST} are shown.`);
  const rows = changes.slice(0, MOST).map((change) => rowOf(sides, change));
  await vscode.commands.executeCommand('vscode.changes', title, rows);
}

export async function compareFile(sides: Sides, change: PathChange, title: string): Promise<void> {
  const [, before, after] = rowOf(sides, change);
  const options: vscode.TextDocumentShowOptions = { preview: true, preserveFocus: true };
  if (before && after)
    return void (await vscode.commands.executeCommand('vscode.diff', before, after, title, options));
  await vscode.commands.executeCommand('vscode.open', after ?? before, options, title);
}

/** As it will be. */
function uriIn({ root, checkpoint, now, texts }: RestorePlan, path: string): vscode.Uri {
  const text = texts[path];
  if (text === undefined) return uriAt(root, checkpoint, path);
  planned.set(`${now} ${path}`, text);
  return uriAt(root, now, path, 'planned');
}

/** What a restore would do: the file as it is, and as it will be. */
export async function previewFile(plan: RestorePlan, change: PathChange): Promise<void> {
  const options: vscode.TextDocumentShowOptions = { preview: true, preserveFocus: true };
  const [now, then] = [toUri(joinPath(plan.root, change.path)), uriIn(plan, change.path)];
  const title = `${change.path}: now ↔ restored`;
  if (change.change === 'deleted')
    return void (await vscode.commands.executeCommand('vscode.open', now, options));
  if (change.change === 'added')
    return void (await vscode.commands.executeCommand('vscode.open', then, options, title));
  await vscode.commands.executeCommand('vscode.diff', now, then, title, options);
}

export async function previewAll(plan: RestorePlan, title: string): Promise<void> {
  const rows = plan.steps.slice(0, MOST).map(({ path, change }): Row => {
    const file = toUri(joinPath(plan.root, path));
    return [
      file,
      change === 'added' ? undefined : file,
      change === 'deleted' ? undefined : uriIn(plan, path),
    ];
  });
  await vscode.commands.executeCommand('vscode.changes', title, rows);
}

/** Another plan is shown: nobody needs the texts of the one before. */
export function forgetPlanned(): void {
  planned.clear();
}

/** The older one is on the left, whichever was named first; without another one, now is on the right. */
export function sidesOf(one: Checkpoint, other: Checkpoint | undefined): Sides {
  if (!other) return { root: one.root, from: one.id, to: undefined };
  if (one.root !== other.root)
    throw new ActError('invalid', 'These checkpoints are of different folders, so they cannot be compared.');
  const [from, to] = one.at <= other.at ? [one, other] : [other, one];
  return { root: one.root, from: from.id, to: to.id };
}
