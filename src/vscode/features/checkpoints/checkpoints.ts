/** The Checkpoints view, and what is done with checkpoints: taking one by hand, comparing, going back. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Checkpoint, Pause, RestoreScope } from '../../../core/checkpoints/model';
import { showWarning } from '../../adapters/messages';
import { toPath } from '../../adapters/paths';
import type { Feature, Host } from '../../host';
import { COMMANDS, CONTEXT, VIEWS } from '../../manifest';
import { compare, compareFile, registerCheckpointTexts, sidesOf } from './compare';
import { createFilter } from './filter';
import { namesIn } from './names';
import { restoreTo } from './restore';
import { endNamed, isRow, listHere, momentItems, pickMoment, type Row } from './target';
import { endOf, type Moment, momentsOf } from './timeline';
import { createTree } from './tree';
import { asOf } from './words';

export const registerCheckpoints: Feature = (host) => {
  const { core } = host;
  const filter = createFilter(host, () => tree.refresh());
  const tree = createTree(host, () => filter.now, onRead);
  const view = vscode.window.createTreeView(VIEWS.checkpoints, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  /** Why the latest one of a folder could not be taken. */
  const failures = new Map<string, string>();

  function onRead(): void {
    void vscode.commands.executeCommand('setContext', CONTEXT.checkpointsRead, true);
    say();
  }

  function say(): void {
    const words = [
      isOff(host) && tree.counts.all > 0 ? OFF : undefined,
      ...failures.values(),
      filter.words(tree.counts),
    ];
    view.message = words.filter((each) => each !== undefined).join('\n');
  }

  return vscode.Disposable.from(
    view,
    tree,
    filter,
    registerCheckpointTexts(host),
    core.checkpoints.onDidChange((root) => {
      failures.delete(root);
      tree.refreshSoon();
    }),
    // The work goes on without a checkpoint, and the person should know.
    core.checkpoints.onDidFail(({ root, message }) => {
      failures.set(root, message);
      say();
      void showWarning(message);
    }),
    core.ports.settings.onDidChange(() => view.visible && tree.refreshSoon()),
    // What follows the latest checkpoint is the files as they are.
    vscode.workspace.onDidSaveTextDocument(() => view.visible && tree.refreshSoon()),
    // The command line and other windows take some, too.
    view.onDidChangeVisibility(({ visible }) => visible && tree.refresh()),
    host.command(COMMANDS.showCheckpoints, async (target) => {
      await filter.show(target);
      await vscode.commands.executeCommand(`${VIEWS.checkpoints}.focus`);
    }),
    host.command(COMMANDS.refreshCheckpoints, () => tree.refresh()),
    host.command(COMMANDS.createCheckpoint, (label) => create(host, label)),
    host.command(COMMANDS.restoreToBefore, async (target) => {
      const moment = await pickMoment(host, target, 'Restore to a Checkpoint');
      return moment && restoreTo(host, moment.checkpoint, { kind: 'all' });
    }),
    host.command(COMMANDS.takeBackChanges, async (target) => {
      const moment = await pickMoment(host, target, 'Take Back What Changed After …');
      const { to, pauses } = endNamed(target);
      return moment && takeBack(host, moment, to ?? endOf(moment), pauses);
    }),
    host.command(COMMANDS.restoreFile, async (row) => {
      if (!isRow(row) || row.type !== 'file')
        throw new ActError('invalid', 'Choose a file in the Checkpoints view.');
      return restoreTo(host, row.moment.checkpoint, { kind: 'paths', paths: [row.change.path] });
    }),
    host.command(COMMANDS.compareWithNow, async (target) => {
      const moment = await pickMoment(host, target, 'Compare with Now');
      if (moment) await compareMoments(host, moment, undefined);
    }),
    host.command(COMMANDS.compareCheckpoints, (row, rows) => compareTwo(host, row, rows)),
    host.command(COMMANDS.showCheckpointChanges, (row) => showChanges(host, row)),
  );
};

const OFF = 'Checkpoints are turned off in the settings, so none is taken.';

function isOff({ core }: Host): boolean {
  return core.ports.settings.get().checkpoints?.on === false;
}

/** @param named What it is called, where nobody is to be asked */
async function create(host: Host, named: unknown): Promise<Checkpoint | undefined> {
  const { core } = host;
  if (!core.ports.trust.trusted)
    throw new ActError(
      'untrusted',
      'This workspace is restricted, so no checkpoint is taken. Trust it first.',
    );
  const folder = await pickFolder();
  if (!folder) return undefined;
  const label = typeof named === 'string' ? named : await askLabel();
  if (label === undefined) return undefined;
  const root = toPath(folder.uri);
  const taken = await core.checkpoints.take(root, { kind: 'person', label: label.trim() });
  if (!taken)
    throw new ActError(
      'invalid',
      isOff(host) ? OFF : 'No checkpoint was taken. The Checkpoints view says why.',
    );
  const unsaved = vscode.workspace.textDocuments.some(({ isDirty, uri }) => isDirty && uri.scheme === 'file');
  const without = unsaved ? ', without what is not saved' : '';
  vscode.window.setStatusBarMessage(`$(bookmark) Checkpoint taken${without}`, SHOWN);
  return taken;
}

/** Milliseconds. */
const SHOWN = 5000;

function askLabel(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Create Checkpoint',
    prompt: 'A name for this moment. Files are kept as they lie on the disk.',
    placeHolder: 'Before I try something',
  });
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const [first, ...more] = vscode.workspace.workspaceFolders ?? [];
  if (!first) throw new ActError('invalid', 'Open a folder first: a checkpoint is of its files.');
  return more.length === 0 ? first : vscode.window.showWorkspaceFolderPick();
}

/** Until now there is nothing after it that would be kept: the same as going back. */
function takeBack(
  host: Host,
  { checkpoint }: Moment,
  to: string | undefined,
  pauses: readonly Pause[] | undefined,
): Promise<Checkpoint | undefined> {
  const scope: RestoreScope = to ? { kind: 'between', from: checkpoint.id, to, pauses } : { kind: 'all' };
  return restoreTo(host, checkpoint, scope);
}

/** Two rows that are selected, one and another that is picked, or two that are picked. */
async function compareTwo(host: Host, row: unknown, rows: unknown): Promise<void> {
  const selected = (Array.isArray(rows) ? rows : []).filter(isRow).flatMap(momentOf);
  if (selected.length > 2)
    throw new ActError('invalid', `${selected.length} checkpoints are selected. Select two to compare them.`);
  const one = selected[0] ?? (await pickMoment(host, row, 'Compare Checkpoints (1 of 2)'));
  if (!one) return;
  const [, other] = selected;
  if (other) return compareMoments(host, one, other);
  const all = momentsOf(await listHere(host)).filter(
    ({ checkpoint }) => checkpoint.root === one.checkpoint.root && checkpoint.id !== one.checkpoint.id,
  );
  const now = { label: 'Now', iconPath: new vscode.ThemeIcon('edit'), description: 'The files as they are' };
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly moment?: Moment }>(
    [now, ...momentItems(host, all)],
    { title: 'Compare Checkpoints (2 of 2)', matchOnDescription: true },
  );
  if (picked) await compareMoments(host, one, picked.moment);
}

function momentOf(row: Row): readonly Moment[] {
  return row.type === 'moment' ? [row.moment] : [];
}

async function compareMoments(host: Host, one: Moment, other: Moment | undefined): Promise<void> {
  const sides = sidesOf(one.checkpoint, other?.checkpoint);
  const [from, to] = one.checkpoint.id === sides.from ? [one, other] : [other, one];
  await compare(host, sides, await titleOf(host, from?.checkpoint ?? one.checkpoint, to?.checkpoint));
}

async function showChanges(host: Host, row: unknown): Promise<void> {
  if (!isRow(row) || !('moment' in row))
    throw new ActError('invalid', 'Choose a checkpoint in the Checkpoints view.');
  const { checkpoint, next } = row.moment;
  const sides = { root: checkpoint.root, from: checkpoint.id, to: endOf(row.moment) };
  const title = await titleOf(host, checkpoint, checkpoint.after ? 'when it was over' : next);
  if (row.type === 'file') return compareFile(sides, row.change, `${row.change.path}, ${title}`);
  await compare(host, sides, title);
}

/** `before “Let links expire” ↔ now` */
async function titleOf(host: Host, from: Checkpoint, to: Checkpoint | string = 'now'): Promise<string> {
  const names = namesIn(host.core, await listHere(host));
  return `${asOf(from, names)} ↔ ${typeof to === 'string' ? to : asOf(to, names)}`;
}
