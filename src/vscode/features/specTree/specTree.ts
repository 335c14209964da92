/** The Specs view: specs → documents with their phase → tasks with their state. Renders snapshots, sends intents. */
import * as vscode from 'vscode';
import type { Feature, Host } from '../../host';
import { CONTEXT, VIEWS } from '../../manifest';
import { childrenOf, foldersOf, itemOf, type TreeNode } from './treeNodes';

/** Milliseconds; specs that are read in that time never show without their state. */
const MOMENT = 100;
const moment = () => new Promise((resolve) => setTimeout(resolve, MOMENT));

export const registerSpecTree: Feature = (host) => {
  const begun = performance.now();
  const since = () => `${Math.round(performance.now() - begun)} ms after activation`;
  const provider = createProvider(host);
  const view = vscode.window.createTreeView(VIEWS.specs, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const { specs } = host.core;
  void specs.ready.then(() => {
    host.log.info(`${specs.all.length} specs read ${since()}`);
    return vscode.commands.executeCommand('setContext', CONTEXT.ready, true);
  });
  return vscode.Disposable.from(view, provider);
};

function createProvider({ core, log }: Host): vscode.TreeDataProvider<TreeNode> & vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  // A burst of changes is one repaint; the first is shown at once.
  let scheduled: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    scheduled ??= setTimeout(() => {
      scheduled = undefined;
      changed.fire(undefined);
    }, 16);
  };
  let isRead = false;
  let isShown = false;
  void core.specs.firstReady.then(() => {
    isRead = true;
    refresh();
  });
  const subscriptions = [
    core.specs.onDidChange(refresh),
    core.sessions.onDidChange(refresh),
    core.tasks.onDidChange(refresh),
  ];
  return {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (node) return childrenOf(core, node);
      const asked = performance.now();
      await Promise.race([core.specs.firstReady, moment()]);
      if (isRead) core.specs.readProgress();
      const rows = isRead ? childrenOf(core, undefined) : await foldersOf(core);
      if (!isShown)
        log.info(`${rows.length} specs to show, asked ${Math.round(performance.now() - asked)} ms ago`);
      isShown = true;
      return rows;
    },
    getTreeItem: (node) => itemOf(core, node),
    getParent: (node) => node.parent,
    dispose() {
      clearTimeout(scheduled);
      for (const subscription of subscriptions) subscription.dispose();
      changed.dispose();
    },
  };
}
