/** The Hooks view: each hook with its state and its last runs, and all that can be done about it. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Hook } from '../../../core/hooks/model';
import { oneAtATime } from '../../../core/util/oneAtATime';
import { showFileProblems } from '../../adapters/fileProblems';
import { focusedRow } from '../../adapters/focusedRow';
import type { Feature } from '../../host';
import { COMMANDS, VIEWS } from '../../manifest';
import { deleteHook, followCurrentFile, openHook, runNow, showRun } from './acts';
import { dryRun } from './dryRun';
import { itemOf } from './items';
import { migrateHooks } from './migrate';
import { tellNeeds } from './needs';
import { chooseFromGallery, describeHook, newHook } from './newHook';
import { createPages } from './pages';
import { type Row, rowsBelow, topRows } from './rows';

export const registerHooks: Feature = (host) => {
  const { hooks, ports } = host.core;
  const changed = new vscode.EventEmitter<undefined>();
  const current = followCurrentFile();
  const pages = createPages();
  const view = vscode.window.createTreeView<Row>(VIEWS.hooks, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      async getChildren(row) {
        await Promise.all([hooks.ready, host.core.agents.files.ready]);
        return [...(row ? rowsBelow(host, row) : topRows(host))];
      },
      getTreeItem: (row) => itemOf(host, row),
    },
  });
  const refresh = () => changed.fire(undefined);
  /** The row of the menu, or the one that is selected. */
  const rowOf = (given: unknown) => (given ?? view.selection[0]) as Row | undefined;
  const act = (run: (hook: Hook) => unknown) => (given: unknown) => run(hookOf(rowOf(given)));
  return vscode.Disposable.from(
    changed,
    view,
    current,
    pages,
    hooks.onDidChange(refresh),
    tellNeeds(host, refresh),
    ports.settings.onDidChange(refresh),
    ports.trust.onDidGrant(refresh),
    showFileProblems(host, 'earshot.hooks', host.core.hooks),
    host.command(
      COMMANDS.runHook,
      act((hook) => runNow(host, hook, current)),
    ),
    host.command(
      COMMANDS.stopHook,
      act(({ id }) => hooks.stop(id)),
    ),
    host.command(
      COMMANDS.enableHook,
      act(({ id }) => hooks.setEnabled(id, true)),
    ),
    host.command(
      COMMANDS.disableHook,
      act(({ id }) => hooks.setEnabled(id, false)),
    ),
    host.command(
      COMMANDS.agreeToHook,
      act(({ id }) => hooks.agree(id)),
    ),
    host.command(
      COMMANDS.deleteHook,
      oneAtATime(async (given: unknown) => {
        // By the key it is the row with the focus, and no row below a hook stands for it.
        const row = given === undefined ? await focusedRow(view) : rowOf(given);
        if (given === undefined && row?.type !== 'hook') return;
        await deleteHook(host, hookOf(row));
      }),
    ),
    host.command(COMMANDS.openHook, (given, how) => {
      const row = rowOf(given);
      return openHook(row?.type === 'broken' ? row : { type: 'hook', hook: hookOf(row) }, how === 'stay');
    }),
    host.command(COMMANDS.showHookRun, (given) => {
      const row = rowOf(given);
      return showRun(host, row?.type === 'run' ? row : { type: 'hook', hook: hookOf(row) }, pages);
    }),
    host.command(COMMANDS.createHook, newHook),
    host.command(COMMANDS.describeHook, () => describeHook(host, pages)),
    host.command(COMMANDS.hookGallery, () => chooseFromGallery(host, pages)),
    host.command(COMMANDS.migrateHooks, () => migrateHooks(host, pages)),
    host.command(COMMANDS.hookDryRun, (given) => dryRun(host, given, current)),
  );
};

function hookOf(row: Row | undefined): Hook {
  if (row && 'hook' in row) return row.hook;
  throw new ActError('invalid', 'Choose a hook in the Hooks view.');
}
