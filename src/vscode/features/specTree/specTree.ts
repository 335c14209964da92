/** The Specs view: specs → documents with their phase → tasks with their state. Renders snapshots, sends intents. */
import * as vscode from 'vscode';
import type { Feature, Host } from '../../host';
import { CONTEXT, VIEWS } from '../../manifest';
import { childrenOf, itemOf, type TreeNode } from './treeNodes';

export const registerSpecTree: Feature = (host) => {
  const provider = createProvider(host);
  const view = vscode.window.createTreeView(VIEWS.specs, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const { specs } = host.core;
  const begun = performance.now();
  const since = () => `${Math.round(performance.now() - begun)} ms after activation`;
  void specs.firstReady.then(() => host.log.info(`${specs.all.length} specs to show ${since()}`));
  void specs.ready.then(() => {
    host.log.info(`${specs.all.length} specs read ${since()}`);
    return vscode.commands.executeCommand('setContext', CONTEXT.ready, true);
  });
  return vscode.Disposable.from(view, provider);
};

function createProvider({ core }: Host): vscode.TreeDataProvider<TreeNode> & vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  // A burst of changes is one repaint; the first is shown at once.
  let scheduled: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    scheduled ??= setTimeout(() => {
      scheduled = undefined;
      changed.fire(undefined);
    }, 16);
  };
  const subscriptions = [
    core.specs.onDidChange(refresh),
    core.sessions.onDidChange(refresh),
    core.tasks.onDidChange(refresh),
  ];
  return {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (!node) {
        await core.specs.firstReady;
        core.specs.readProgress();
      }
      return childrenOf(core, node);
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
