/** Ways to a new hook: in words, from the gallery, as a file. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { GalleryHook, HookProject } from '../../../core/hooks/gallery';
import type { HookJson } from '../../../core/hooks/model';
import { createAbort } from '../../../core/util/abort';
import { lazy } from '../../../core/util/lazy';
import { basename, joinPath } from '../../../core/util/path';
import { toPath, toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { COMMANDS, type CommandId } from '../../manifest';
import type { Pages } from './pages';
import { propose } from './proposal';

const gallery = lazy(() => import('../../../core/hooks/gallery'));
const checks = lazy(() => import('../../../core/tasks/evidence/checks'));

const TEMPLATE: HookJson = {
  name: 'Test on save',
  trigger: 'PostFileSave',
  matcher: '\\.(js|ts)$',
  action: { type: 'command', command: 'npm test' },
  timeout: 60,
};

/** Files that are looked at to know a project. */
const MOST_FILES = 5000;
const NOT_OURS = '**/{node_modules,.git,.venv,venv,vendor,target,dist,build,out}/**';

export async function pickFolder(): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    throw new ActError('invalid', 'Open a folder first: hooks live in its .kiro/hooks.');
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  return folder && toPath(folder.uri);
}

export async function newHook(): Promise<void> {
  const ways: readonly (vscode.QuickPickItem & { readonly command?: CommandId })[] = [
    {
      label: '$(sparkle) From a Description…',
      description: 'say it in a sentence; a model drafts it',
      command: COMMANDS.describeHook,
    },
    { label: '$(library) From the Gallery…', description: 'ready hooks', command: COMMANDS.hookGallery },
    { label: '$(new-file) A File', description: 'with an example to change' },
    {
      label: '$(arrow-circle-up) Migrate 0.x Hooks…',
      description: 'files that end in .kiro.hook',
      command: COMMANDS.migrateHooks,
    },
  ];
  const way = await vscode.window.showQuickPick(ways, { title: 'New Hook' });
  if (way?.command) await vscode.commands.executeCommand(way.command);
  else if (way) await newFile();
}

async function newFile(): Promise<void> {
  const root = await pickFolder();
  if (root === undefined) return;
  const name = await vscode.window.showInputBox({
    title: 'New Hook',
    prompt: 'File name',
    value: 'test-on-save',
  });
  if (!name) return;
  const uri = toUri(joinPath(root, '.kiro/hooks', `${basename(name).replace(/\.json$/, '')}.json`));
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  const text = `${JSON.stringify({ version: 'v1', hooks: [TEMPLATE] }, undefined, 2)}\n`;
  if (!isThere) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
}

export async function describeHook(host: Host, pages: Pages): Promise<void> {
  const { core } = host;
  if (!core.ports.trust.trusted)
    throw new ActError('untrusted', 'This workspace is restricted: nothing is drafted until you trust it.');
  const root = await pickFolder();
  if (root === undefined) return;
  const description = await vscode.window.showInputBox({
    title: 'Create Hook from a Description',
    prompt: 'What should happen, and when? You see the hook before it is saved.',
    placeHolder: 'When I save a TypeScript file, lint it',
    ignoreFocusOut: true,
  });
  if (description === undefined || description.trim() === '') return;
  const abort = createAbort();
  const hook = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Drafting the hook', cancellable: true },
    (_, token) => {
      token.onCancellationRequested(() => abort.abort());
      return core.hooks.draft(root, description, abort.signal);
    },
  );
  await propose(host, root, hook, pages);
}

interface GalleryItem extends vscode.QuickPickItem {
  readonly hook: GalleryHook;
}

/** Ready ones, each adapted to the project. */
export async function chooseFromGallery(host: Host, pages: Pages): Promise<void> {
  const root = await pickFolder();
  if (root === undefined) return;
  const project = await projectOf(host, root);
  const { GALLERY } = await gallery();
  const pick = vscode.window.createQuickPick<GalleryItem>();
  pick.title = 'Hooks: Gallery';
  pick.placeholder = 'Adapted to this project. You see the hook before it is saved';
  pick.matchOnDetail = true;
  pick.items = GALLERY.map((hook) => ({
    ...wordsOf(hook.title, hook.make(project)),
    detail: hook.about,
    hook,
  }));
  const chosen = await new Promise<GalleryHook | undefined>((resolve) => {
    pick.onDidAccept(() => resolve(pick.activeItems[0]?.hook));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  if (chosen) await propose(host, root, chosen.make(project), pages);
}

function wordsOf(title: string, { action }: HookJson): Pick<vscode.QuickPickItem, 'label' | 'description'> {
  return (action as { type?: unknown } | undefined)?.type === 'agent'
    ? { label: `$(sparkle) ${title}`, description: 'asks a model' }
    : { label: `$(terminal) ${title}`, description: 'runs a command' };
}

async function projectOf({ core }: Host, root: string): Promise<HookProject> {
  const { endingsOf, translationsOf } = await gallery();
  const { detectChecks } = await checks();
  const pattern = new vscode.RelativePattern(toUri(root), '**/*');
  const found = await vscode.workspace.findFiles(pattern, NOT_OURS, MOST_FILES);
  const paths = found.map((uri) => toPath(uri).slice(root.length + 1));
  const names = (await core.ports.files.list(root)).map(({ name }) => name);
  return {
    endings: endingsOf(paths),
    translations: translationsOf(paths),
    names,
    checks: await detectChecks(core.ports.files, root),
  };
}
