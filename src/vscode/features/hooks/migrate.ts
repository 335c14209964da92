/** *Migrate 0.x Hooks…*: each file as it would become, before anything is written. */
import * as vscode from 'vscode';
import { basename } from '../../../core/util/path';
import { showInfo } from '../../adapters/messages';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { pickFolder } from './newHook';
import type { Pages } from './pages';
import { plural } from './words';

export async function migrateHooks({ core }: Host, pages: Pages): Promise<void> {
  const root = await pickFolder();
  if (root === undefined) return;
  const all = await core.hooks.migration(root);
  if (all.length === 0) {
    void showInfo('There is no hook of Kiro 0.x here (.kiro/hooks/*.kiro.hook) that could be carried over.');
    return;
  }
  const rows = all.map(({ from, to, text }) => [toUri(to), toUri(from), pages.add(basename(to), text)]);
  await vscode.commands.executeCommand('vscode.changes', 'Hooks: 0.x ↔ v1, not written yet', rows);
  const write = `Write ${all.length} ${plural(all.length, 'File')}`;
  const notes = all.flatMap(({ from, notes: each }) => each.map((note) => `${basename(from)}: ${note}`));
  const items = [
    {
      label: `$(check) ${write}`,
      description: 'each old file stays beside it as .kiro.hook.old, which nothing reads',
      isWrite: true,
    },
    { label: '$(close) Write Nothing', isWrite: false },
    ...notes.map((note) => ({ label: `$(info) ${note}`, isWrite: false })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Migrate 0.x Hooks',
    placeHolder: 'The difference stays open behind this. Hooks ask again before they first run',
    ignoreFocusOut: true,
  });
  if (!picked?.isWrite) return;
  const done = await core.hooks.migrate(root);
  void showInfo(
    `${done.length} ${plural(done.length, 'hook')} carried over. The old files are kept as .kiro.hook.old; delete them when you like.`,
  );
}
