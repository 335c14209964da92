/** Powers in the editor: install from a folder, an archive or a git address after a look at all of it; show; remove. */
import * as vscode from 'vscode';
import type { Power } from '../../../core/powers/readPower';
import { createAbort } from '../../../core/util/abort';
import { joinPath, normalizePath } from '../../../core/util/path';
import { showInfo } from '../../adapters/messages';
import { toPath, toUri } from '../../adapters/paths';
import type { Feature, Host } from '../../host';
import { COMMANDS, VIEWS } from '../../manifest';

type From = 'folder' | 'archive' | 'git';
const TITLE = 'Install Power';

export const registerPowers: Feature = (host) =>
  vscode.Disposable.from(
    host.command(COMMANDS.installPower, (given) => install(host, given)),
    host.command(COMMANDS.removePower, (given) => remove(host, given)),
    host.command(COMMANDS.showPowers, () => show(host)),
  );

async function install(host: Host, given: unknown): Promise<void> {
  const from = await askSource(given);
  if (from === undefined) return;
  const place = await askPlace();
  if (place === undefined) return;
  const power = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Installing the power…', cancellable: true },
    async (_, token) => {
      const abort = createAbort();
      token.onCancellationRequested(() => abort.abort());
      const { openPower } = await import('../../../node/powers/openPower');
      const opened = await openPower(from, '/', abort.signal);
      try {
        return await host.core.powers.install(normalizePath(opened.folder), place);
      } finally {
        await opened.dispose();
      }
    },
  );
  await offer(host, power);
}

async function askSource(given: unknown): Promise<string | undefined> {
  if (typeof given === 'string') return given;
  const items: readonly (vscode.QuickPickItem & { readonly from: From })[] = [
    { label: '$(folder) From a Folder…', detail: 'With a POWER.md or a plugin.json in it', from: 'folder' },
    { label: '$(file-zip) From an Archive…', detail: '.zip, .tgz or .tar', from: 'archive' },
    {
      label: '$(repo-clone) From a Git Address…',
      detail: 'https://…, its newest commit; nothing of it runs',
      from: 'git',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: TITLE,
    placeHolder: 'Where does it come from? You see all that it brings before anything is written.',
  });
  if (!picked) return undefined;
  if (picked.from === 'git')
    return vscode.window.showInputBox({
      title: TITLE,
      prompt: 'Address of a git repository',
      placeHolder: 'https://github.com/…',
      ignoreFocusOut: true,
      validateInput: (text) =>
        text === '' || /^https:\/\/\S+$/.test(text) ? undefined : 'An address begins with https://.',
    });
  const isFolder = picked.from === 'folder';
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: TITLE,
      openLabel: 'Look at It',
      canSelectFolders: isFolder,
      canSelectFiles: !isFolder,
      ...(isFolder ? {} : { filters: { Archives: ['zip', 'tgz', 'gz', 'tar'] } }),
    })) ?? [];
  return uri?.fsPath;
}

async function askPlace() {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const root = folders[0] ? toPath(folders[0].uri) : '';
  const items = [
    {
      label: 'All my workspaces',
      description: '~/.kiro/powers',
      detail: 'For you alone',
      place: { root, scope: 'user' } as const,
    },
    ...folders.map(({ name, uri }) => ({
      label: folders.length === 1 ? 'This workspace' : name,
      description: '.kiro/powers',
      detail: 'For everybody who works in it; each agrees for themselves before anything of it runs',
      place: { root: toPath(uri), scope: 'workspace' } as const,
    })),
  ];
  return (await vscode.window.showQuickPick(items, { title: TITLE, placeHolder: 'For whom?' }))?.place;
}

/** What runs of it asks for itself: the way there. */
async function offer({ report }: Host, power: Power): Promise<void> {
  const { displayName, keywords, skills, servers, hooks } = power;
  const ways = [
    ...(Object.keys(servers).length > 0 ? [['Show Servers', VIEWS.mcp] as const] : []),
    ...(hooks.length > 0 ? [['Show Hooks', VIEWS.hooks] as const] : []),
  ];
  const asking = [
    ...(Object.keys(servers).length > 0 ? ['servers'] : []),
    ...(hooks.length > 0 ? ['hooks'] : []),
  ];
  const comes = [
    ...(keywords.length > 0 ? [`It comes along when you say ${keywords.slice(0, 5).join(', ')}.`] : []),
    ...(skills.length > 0 ? ['The agent is offered its skills.'] : []),
    ...(asking.length > 0 ? [`Its ${asking.join(' and ')} ask before they run.`] : []),
  ];
  const message = [`${displayName} is installed.`, ...comes].join(' ');
  const choice = await showInfo(message, ...ways.map(([label]) => label));
  const view = ways.find(([label]) => label === choice)?.[1];
  if (view !== undefined) await vscode.commands.executeCommand(`${view}.focus`).then(undefined, report);
}

/** Of every open folder, and one's own once. */
async function installed({
  core,
}: Host): Promise<readonly { readonly root: string; readonly power: Power }[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const roots = folders.length === 0 ? [''] : folders.map(({ uri }) => toPath(uri));
  const found = new Map<string, { readonly root: string; readonly power: Power }>();
  for (const root of roots)
    for (const power of await core.powers.list(root)) found.set(power.folder, { root, power });
  return [...found.values()];
}

const NONE = 'No power is installed. One brings steering, skills, servers and hooks together.';

async function choose(host: Host, title: string, placeHolder: string) {
  const all = await installed(host);
  if (all.length === 0) {
    const start = 'Install Power…';
    void showInfo(NONE, start)
      .then((choice) => (choice === start ? install(host, undefined) : undefined))
      .then(undefined, host.report);
    return undefined;
  }
  const items = all.map(({ root, power }) => ({
    label: power.displayName,
    description: [
      root !== '' && power.folder.startsWith(`${root}/`) ? 'this workspace' : 'yours',
      ...brings(power),
    ].join(' · '),
    detail: power.description,
    root,
    power,
  }));
  return vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
}

/** `1 server`, `2 hooks` */
function brings({ steering, skills, servers, hooks }: Power): readonly string[] {
  const counts = [
    [steering.length, 'steering document'],
    [skills.length, 'skill'],
    [Object.keys(servers).length, 'server'],
    [hooks.length, 'hook'],
  ] as const;
  return counts.flatMap(([count, one]) => (count > 0 ? [`${count} ${one}${count === 1 ? '' : 's'}`] : []));
}

async function remove(host: Host, given: unknown): Promise<void> {
  const all = typeof given === 'string' ? await installed(host) : [];
  const picked =
    all.find(({ power }) => power.name === given) ?? (await choose(host, 'Remove Power', 'Which one?'));
  if (!picked) return;
  const { root, power } = picked;
  const yes = { title: 'Remove' };
  const detail = `${power.files.length} files in ${power.folder}, with the servers, hooks and skills that it brought.`;
  const question = `Remove the power “${power.displayName}”?`;
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
  await host.core.powers.remove(root, power.name);
  void showInfo(`${power.displayName} is removed.`);
}

/** What an installed one brings, in its own words. */
async function show(host: Host): Promise<void> {
  const picked = await choose(host, 'Powers', 'Choose one to read its page');
  if (!picked) return;
  const { files, folder } = picked.power;
  const page = ['POWER.md', 'README.md', 'plugin.json', '.claude-plugin/plugin.json'].find((each) =>
    files.includes(each),
  );
  if (page === undefined) return;
  const uri = toUri(joinPath(folder, page));
  if (page.endsWith('.md')) await vscode.commands.executeCommand('markdown.showPreview', uri);
  else await vscode.window.showTextDocument(uri);
}
