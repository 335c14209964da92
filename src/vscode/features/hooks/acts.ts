/** What a person does to a hook of the Hooks view. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Hook } from '../../../core/hooks/model';
import { lazy } from '../../../core/util/lazy';
import { basename, relativePath } from '../../../core/util/path';
import { lineStarts } from '../../../core/util/textRange';
import { toRange } from '../../adapters/diagnostics';
import { showInfo, showWarning } from '../../adapters/messages';
import { toPath, toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import type { Pages } from './pages';
import type { Row } from './rows';
import { outcomeLook, runPage } from './words';

const UNDO = 'Undo';

const places = lazy(() => import('../../../core/hooks/hookPlace'));

/** The file that “the current file” means: not the hook's own, which a click on its row opens. */
export interface CurrentFile extends vscode.Disposable {
  readonly path: string | undefined;
}

export function followCurrentFile(): CurrentFile {
  let path: string | undefined;
  const look = (editor: vscode.TextEditor | undefined) => {
    const uri = editor?.document.uri;
    if (uri?.scheme === 'file' && !/\/\.kiro\/hooks\//.test(uri.path)) path = toPath(uri);
  };
  look(vscode.window.activeTextEditor);
  const listener = vscode.window.onDidChangeActiveTextEditor(look);
  return {
    get path() {
      return path;
    },
    dispose: () => listener.dispose(),
  };
}

export async function runNow({ core }: Host, hook: Hook, current: CurrentFile): Promise<void> {
  const file = current.path === undefined ? undefined : relativePath(hook.root, current.path);
  const run = await core.hooks.runNow(hook.id, file);
  if (!run || run.outcome === 'passed' || run.outcome === 'cancelled') return;
  const show = 'Show Output';
  const choice = await showWarning(`The hook “${hook.name}” ${outcomeLook(run).word}.`, show);
  if (choice === show)
    await vscode.commands.executeCommand(COMMANDS.showHookRun, { type: 'run', hook, run } satisfies Row);
}

export async function showRun(
  { core }: Host,
  row: Extract<Row, { type: 'run' | 'hook' }>,
  pages: Pages,
): Promise<void> {
  const { hook } = row;
  const run = row.type === 'run' ? row.run : core.hooks.lastRun(hook.id);
  if (!run) throw new ActError('notFound', `“${hook.name}” has not run yet.`);
  if (run.session) {
    await vscode.commands.executeCommand(COMMANDS.showAgent, run.session);
    return;
  }
  const when = new Date(run.at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
  const nameOf = (id: string) =>
    [...core.hooks.all, ...core.hooks.ofAgents].find((each) => each.id === id)?.name ?? id;
  const page = pages.add(`${hook.name}.log`, runPage(hook.name, run, when, nameOf));
  await vscode.window.showTextDocument(page, { preview: true });
}

/** At its place in its file; a file that cannot be read at what is wrong with it. */
export async function openHook(
  row: Extract<Row, { type: 'hook' | 'broken' }>,
  preserveFocus = false,
): Promise<void> {
  const path = row.type === 'hook' ? row.hook.path : row.path;
  const document = await vscode.workspace.openTextDocument(toUri(path));
  const text = document.getText();
  const { placeOfHook } = await places();
  const place =
    row.type === 'hook' ? placeOfHook(text, row.hook) : (row.problems[0]?.range ?? { start: 0, end: 0 });
  const { start } = toRange(lineStarts(text), place);
  await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(start, start),
    preview: true,
    preserveFocus,
  });
}

export async function deleteHook({ core, report }: Host, hook: Hook): Promise<void> {
  if (hook.power !== undefined || hook.format === 'agent') {
    const whose = hook.power === undefined ? 'the agent in whose file it stands' : `the power ${hook.power}`;
    throw new ActError('refused', `“${hook.name}” belongs to ${whose}: it goes with that.`);
  }
  const others =
    core.hooks.all.filter(({ path, root }) => path === hook.path && root === hook.root).length - 1;
  const file = basename(hook.path);
  const detail = others > 0 ? `The other hooks of ${file} stay.` : `The file ${file} goes with it.`;
  const choice = await vscode.window.showWarningMessage(
    `Delete the hook “${hook.name}”?`,
    { modal: true, detail },
    'Delete',
  );
  if (choice !== 'Delete') return;
  const { files } = core.ports;
  const before = await files.readText(hook.path);
  await core.hooks.remove(hook.id);
  const after = await files.readText(hook.path);
  const offerUndo = async () => {
    if ((await showInfo(`The hook “${hook.name}” is deleted.`, UNDO)) !== UNDO || before === undefined)
      return;
    if ((await files.readText(hook.path)) !== after)
      throw new ActError('changed', `${file} has changed since, so the hook is not put back into it.`);
    await files.writeText(hook.path, before);
  };
  void offerUndo().catch(report);
}
