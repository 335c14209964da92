/** A hook that is not there yet: shown in words and as it would be written, then saved, edited or left. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { actionWords, whenWords } from '../../../core/hooks/hookWords';
import type { HookJson } from '../../../core/hooks/model';
import { lazy } from '../../../core/util/lazy';
import { basename, joinPath } from '../../../core/util/path';
import { showInfo } from '../../adapters/messages';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import type { Pages } from './pages';
import { fileNameOf } from './words';

const reader = lazy(() => import('../../../core/hooks/parseHooks'));

interface Page {
  /** The whole file, with what it means below it, and words that need not be read where what asks lies over the top. */
  readonly text: string;
  /** In one line. */
  readonly words: string;
}

async function pageOf(hook: HookJson, file: string): Promise<Page> {
  const text = `${JSON.stringify({ version: 'v1', hooks: [hook] }, undefined, 2)}\n`;
  const { parseHooks } = await reader();
  const { hooks, problems } = parseHooks('', 'hook.json', text);
  const [read] = hooks;
  const words = read ? [whenWords(read), actionWords(read)] : [];
  const what = read?.action.type === 'agent' ? `Asks the agent: ${read.action.prompt}` : words[1];
  const lines = [
    ...(words[0] === undefined ? [] : [`${words[0]}.`]),
    ...(what === undefined ? [] : [what]),
    ...(read?.action.type === 'agent' ? ['It asks a model, which costs money each time.'] : []),
    ...problems.map(({ message }) => `Problem: ${message}`),
    'Nothing is saved yet. It asks once before it first runs.',
  ];
  const head = [
    'A hook that is not saved yet, as it would stand in',
    `.kiro/hooks/${file}`,
    'with what it means below it.',
    'Save it, edit it first, or press Escape to discard it.',
  ];
  return {
    text: `${commented(head)}\n${text}\n${commented(lines.flatMap(wrapped))}`,
    words: words.join(' · '),
  };
}

function commented(lines: readonly string[]): string {
  return lines.map((line) => `// ${line}\n`).join('');
}

function wrapped(text: string): readonly string[] {
  return text.replace(/\s+/g, ' ').match(/\S(?:.{0,98}\S)?(?= |$)|\S{100,}/g) ?? [text];
}

interface Choice extends vscode.QuickPickItem {
  readonly act: 'here' | 'own' | 'edit' | 'discard';
}

export async function propose(host: Host, root: string, hook: HookJson, pages: Pages): Promise<void> {
  const name = String(hook.name ?? 'Hook');
  const file = `${fileNameOf(name)}.json`;
  const { text, words } = await pageOf(hook, file);
  const page = await vscode.workspace.openTextDocument(pages.add(`${name} (not saved).jsonc`, text));
  await vscode.window.showTextDocument(page, { preview: true, preserveFocus: true });
  const choices: readonly Choice[] = [
    {
      label: '$(save) Save',
      description: `.kiro/hooks/${file} in ${basename(root)}`,
      detail: words,
      act: 'here',
    },
    {
      label: '$(home) Save as My Own',
      description: `~/.kiro/hooks/${file}, for every workspace`,
      act: 'own',
    },
    { label: '$(edit) Edit First', description: 'in an unsaved file', act: 'edit' },
    { label: '$(close) Discard', act: 'discard' },
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    title: name,
    placeHolder: 'This is the hook. Read it, then choose; Escape discards it',
    ignoreFocusOut: true,
  });
  await closePage(page.uri);
  if (!picked || picked.act === 'discard') return;
  if (picked.act === 'edit') return edit(joinPath(root, '.kiro/hooks', file), hook);
  await save(host, picked.act === 'own' ? undefined : root, file, hook);
}

async function save(
  { core, report }: Host,
  root: string | undefined,
  file: string,
  hook: HookJson,
): Promise<void> {
  const path = await core.hooks.save(root, file, hook);
  await vscode.window.showTextDocument(toUri(path), { preview: true });
  const saved = core.hooks.all.find((each) => each.path === path && each.name === hook.name);
  if (!saved || core.hooks.isAgreed(saved.id)) return;
  const agree = 'Let It Run…';
  // Nobody waits for an answer: it asks again when it first fires.
  void showInfo(`The hook “${saved.name}” is saved. It asks before its first run.`, agree)
    .then((choice) => (choice === agree ? core.hooks.agree(saved.id) : undefined))
    .then(undefined, report);
}

/** In a file that is not on the disk before the person saves it. */
async function edit(path: string, hook: HookJson): Promise<void> {
  const uri = toUri(path);
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new ActError('invalid', `${basename(path)} is there already. Save the hook into it, then edit it.`);
  const text = `${JSON.stringify({ version: 'v1', hooks: [hook] }, undefined, 2)}\n`;
  const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  const change = new vscode.WorkspaceEdit();
  change.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(change);
  await vscode.window.showTextDocument(document);
}

async function closePage(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
  if (shown.length > 0) await vscode.window.tabGroups.close(shown);
}
