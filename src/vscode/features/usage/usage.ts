/** What the models cost: the status bar, the Usage view by day, spec and model, and a word when a limit comes near. */
import * as vscode from 'vscode';
import { monthOf, type UsageRecord } from '../../../core/usage/ledger';
import { type LimitState, limitsFor, SCOPE_WORDS } from '../../../core/usage/limits';
import {
  costInWords,
  GROUPINGS,
  type Grouping,
  incompleteInWords,
  summarize,
  tokensInWords,
  total,
  type UsageSum,
} from '../../../core/usage/summary';
import { showWarning } from '../../adapters/messages';
import type { Feature, Host } from '../../host';
import { COMMANDS, VIEWS } from '../../manifest';

type Node =
  | { readonly kind: 'grouping'; readonly by: Grouping }
  | { readonly kind: 'sum'; readonly by: Grouping; readonly sum: UsageSum };

const TITLES: Readonly<Record<Grouping, readonly [title: string, icon: string]>> = {
  day: ['By Day', 'calendar'],
  spec: ['By Spec', 'checklist'],
  model: ['By Model', 'sparkle'],
};

/** Milliseconds. */
const MOMENT = 250;

export const registerUsage: Feature = (host) => {
  const { core } = host;
  const status = vscode.window.createStatusBarItem('earshot.usage', vscode.StatusBarAlignment.Right, 89);
  status.name = 'Earshot usage';
  status.command = COMMANDS.showUsage;
  const provider = createProvider(host);
  const view = vscode.window.createTreeView(VIEWS.usage, { treeDataProvider: provider });

  async function update(): Promise<void> {
    const records = await thisMonth(host);
    const day = today(host);
    const spent = total(records.filter((record) => record.day === day));
    const month = total(records);
    status.text = `$(graph) ${costInWords(spent)}`;
    status.tooltip = tooltip(host, records, spent, month);
    view.description = month.requests === 0 ? '' : `${costInWords(month)} this month`;
    // Where nothing was asked today, there is nothing to tell.
    if (spent.requests === 0) status.hide();
    else status.show();
    provider.refresh();
  }

  let waiting: ReturnType<typeof setTimeout> | undefined;
  // The agent is about to ask again: what it costs can be told a moment later.
  const updateSoon = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      void update().catch(host.report);
    }, MOMENT);
  };
  void update().catch(host.report);
  return vscode.Disposable.from(
    status,
    view,
    provider,
    { dispose: () => clearTimeout(waiting) },
    core.usage.onDidAdd(updateSoon),
    core.ports.settings.onDidChange(() => void update().catch(host.report)),
    core.usage.onDidComeNear((state) => void warn(state)),
    host.command(COMMANDS.showUsage, () => vscode.commands.executeCommand(`${VIEWS.usage}.focus`)),
  );
};

async function warn({ scope, limit, spent }: LimitState): Promise<void> {
  const percent = Math.floor((100 * spent) / limit);
  const open = 'Open Settings';
  const message = `${percent} % of the limit for ${SCOPE_WORDS[scope]} is used: $${spent.toFixed(2)} of $${limit.toFixed(2)}. Earshot stops before it is exceeded.`;
  if ((await showWarning(message, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'earshot.limits');
}

function tooltip(host: Host, records: readonly UsageRecord[], day: UsageSum, month: UsageSum): string {
  const spending = { root: '', day: today(host) };
  const limits = limitsFor(spending, host.core.ports.settings.get().limits, records).map(
    ({ scope, limit, spent }) =>
      `Limit for ${SCOPE_WORDS[scope]}: $${spent.toFixed(2)} of $${limit.toFixed(2)}${fixed(host, scope, limit)}`,
  );
  const cut = incompleteInWords(month);
  return [
    `Today: ${costInWords(day)}, ${tokensInWords(day.usage)}`,
    `This month: ${costInWords(month)}, ${tokensInWords(month.usage)}`,
    ...limits,
    ...(month.unpriced > 0 ? [`+ ${month.unpriced} requests of models whose price is not known`] : []),
    ...(cut === undefined ? [] : [`This month ${cut}`]),
  ].join('\n');
}

function fixed({ core }: Host, scope: LimitState['scope'], limit: number): string {
  const theirs = core.ports.administration?.policy?.limits;
  return scope !== 'run' && scope !== 'hook' && theirs?.[scope] === limit ? ', set by your organisation' : '';
}

function today({ core }: Host): string {
  const { clock } = core.ports;
  return clock.localDay(clock.now());
}

function thisMonth(host: Host): Promise<readonly UsageRecord[]> {
  return host.core.usage.month(monthOf(today(host)));
}

function createProvider(host: Host): vscode.TreeDataProvider<Node> & vscode.Disposable & { refresh(): void } {
  const changed = new vscode.EventEmitter<undefined>();
  return {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (node?.kind === 'sum') return [];
      const records = await thisMonth(host);
      if (node !== undefined)
        return summarize(records, node.by).map((sum): Node => ({ kind: 'sum', by: node.by, sum }));
      return records.length === 0 ? [] : GROUPINGS.map((by): Node => ({ kind: 'grouping', by }));
    },
    getTreeItem(node) {
      if (node.kind === 'grouping') {
        const [title, icon] = TITLES[node.by];
        const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
        item.iconPath = new vscode.ThemeIcon(icon);
        return item;
      }
      const { name, usage, requests } = node.sum;
      const item = new vscode.TreeItem(name);
      item.description = `${costInWords(node.sum)} · ${tokensInWords(usage)}`;
      const words = [costInWords(node.sum), tokensInWords(usage), incompleteInWords(node.sum)];
      item.tooltip = `${name}: ${[requests === 1 ? '1 request' : `${requests} requests`, ...words.filter((each) => each !== undefined)].join(', ')}`;
      item.accessibilityInformation = { label: item.tooltip };
      return item;
    },
    refresh: () => changed.fire(undefined),
    dispose: () => changed.dispose(),
  };
}
