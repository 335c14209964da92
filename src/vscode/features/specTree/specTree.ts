/** The Specs view: specs → documents with their phase → tasks with their state. Renders snapshots, sends intents. */
import * as vscode from 'vscode';
import { arrange } from '../../../core/order/arrange';
import { createFactsReader } from '../../../core/order/facts';
import type { Feature, Host } from '../../host';
import { CONTEXT, VIEWS } from '../../manifest';
import { createArrangement } from './arrangement';
import { childrenOf, countSpecs, itemOf, rowsOf, type TreeNode, unreadOf } from './treeNodes';

/** Milliseconds; specs that are read in that time never show without their state. */
const MOMENT = 100;
/** More than that are named at once. */
const FEW = 100;
const moment = () => new Promise((resolve) => setTimeout(resolve, MOMENT));
/** As the extension's code is loaded, just before it is activated. */
const LOADED = performance.now();
const sinceLoaded = () => `${Math.round(performance.now() - LOADED)} ms after activation`;

export const registerSpecTree: Feature = (host) => {
  const said: { tell(message: string | undefined): void } = { tell: () => undefined };
  const provider = createProvider(host, (message) => said.tell(message));
  const view = vscode.window.createTreeView(VIEWS.specs, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  said.tell = (message) => {
    view.message = message ?? '';
  };
  const { specs } = host.core;
  void specs.ready.then(() => {
    host.log.info(`${specs.all.length} specs read ${sinceLoaded()}`);
    return vscode.commands.executeCommand('setContext', CONTEXT.ready, true);
  });
  return vscode.Disposable.from(view, provider);
};

function createProvider(
  host: Host,
  tell: (message: string | undefined) => void,
): vscode.TreeDataProvider<TreeNode> & vscode.Disposable {
  const { core, log } = host;
  const changed = new vscode.EventEmitter<undefined>();
  // A burst of changes is one repaint; the first is shown at once.
  let scheduled: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    scheduled ??= setTimeout(() => {
      scheduled = undefined;
      changed.fire(undefined);
    }, 16);
  };
  let isShown = false;
  void core.specs.firstReady.then(refresh);
  const arrangement = createArrangement(host, refresh);
  // Findings and coverage are learned while nobody waits, once the view was seen.
  const facts = createFactsReader({ clock: core.ports.clock, specs: () => core.specs.all, changed: refresh });
  const rows = (): TreeNode[] => {
    const arranged = arrange(core.specs.all, core.specs.roots, arrangement.now);
    tell(arrangement.words(countSpecs(arranged), core.specs.all.length));
    return rowsOf(arranged, undefined);
  };
  const subscriptions = [
    arrangement,
    facts,
    core.specs.onDidChange(refresh),
    core.sessions.onDidChange(refresh),
    core.tasks.onDidChange(refresh),
    core.runs.onDidChange(refresh),
  ];
  return {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (node) return childrenOf(node);
      const asked = performance.now();
      await core.specs.found;
      if (core.specs.unread.length <= FEW) await Promise.race([core.specs.firstReady, moment()]);
      void core.specs.firstReady.then(core.specs.readProgress);
      void core.specs.ready.then(facts.read);
      // What ran before this window was opened; each log is read once.
      if (!isShown) void core.specs.ready.then(() => core.runs.list()).catch(host.report);
      // Those that are yet to be read stand by their names, where no filter asks what is in them.
      const shown = [...rows(), ...(arrangement.now.filter === 'all' ? unreadOf(core) : [])];
      if (!isShown)
        log.info(
          `${shown.length} specs to show ${sinceLoaded()}, asked ${Math.round(performance.now() - asked)} ms ago`,
        );
      isShown = true;
      return shown;
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
