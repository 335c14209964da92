/** The Steering view: what is in the context for the file at hand and the latest session, and all documents there are. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { titleOf } from '../../../core/agent/session/sessionState';
import type { ContextEntry } from '../../../core/steering/context';
import { isTold } from '../../../core/steering/guidance';
import type { Guidance } from '../../../core/steering/model';
import { oneAtATime } from '../../../core/util/oneAtATime';
import { relativePath } from '../../../core/util/path';
import { focusedRow } from '../../adapters/focusedRow';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { COMMANDS, VIEWS } from '../../manifest';
import { type ContextAbout, tokenWords, whyHere } from './contextWords';
import { followFile, rootOf } from './fileAtHand';
import { addSteering, deleteSteering, explainSteering, openSteering, revealSteering } from './steeringActs';
import type { SteeringProblems } from './steeringProblems';

export interface EntryNode {
  readonly type: 'entry';
  readonly entry: ContextEntry;
  /** Below *In context*: why is said, else how it is included. */
  readonly inContext: boolean;
  readonly about: ContextAbout;
}

interface GroupNode {
  readonly type: 'group';
  readonly label: string;
  readonly detail: string;
  readonly tooltip?: string;
  readonly icon: string;
  readonly open: boolean;
  readonly children: readonly EntryNode[];
}

type Node = EntryNode | GroupNode;

const ICONS: Readonly<Record<string, string>> = {
  always: 'book',
  fileMatch: 'file-code',
  manual: 'mention',
  auto: 'sparkle',
};

export function registerSteeringView(host: Host, problems: SteeringProblems): vscode.Disposable {
  const { core } = host;
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (node) return node.type === 'group' ? [...node.children] : [];
      const root = rootOf(file.path);
      return root === undefined ? [] : [...(await groups(host, root, file.path, problems))];
    },
    getTreeItem: (node) => (node.type === 'group' ? groupItem(node) : entryItem(node)),
  };
  const view = vscode.window.createTreeView(VIEWS.steering, { treeDataProvider: provider });
  let latest: string | undefined;
  const refresh = () => view.visible && changed.fire(undefined);
  const file = followFile(refresh);
  /** The row of the menu, or the one that is selected. */
  const onEntry = (act: (node: EntryNode) => Promise<void>) => (given: unknown) => {
    const node = (given ?? view.selection[0]) as Node | undefined;
    if (node?.type !== 'entry') throw new ActError('invalid', 'Choose a document in the Steering view.');
    return act(node);
  };
  return vscode.Disposable.from(
    changed,
    view,
    host.command(COMMANDS.addSteering, onEntry(addSteering)),
    host.command(COMMANDS.openSteering, onEntry(openSteering)),
    host.command(COMMANDS.revealSteering, onEntry(revealSteering)),
    host.command(COMMANDS.explainSteering, onEntry(explainSteering)),
    host.command(
      COMMANDS.deleteSteering,
      oneAtATime(async (given: unknown) => {
        // By the key it is the row with the focus; one of a group stands for nothing that could go.
        const row = given === undefined ? await focusedRow(view) : undefined;
        if (given === undefined && row?.type !== 'entry') return;
        await onEntry((entry) => deleteSteering(host, entry))(given ?? row);
      }),
    ),
    core.guidance.onDidChange(refresh),
    view.onDidChangeVisibility(refresh),
    file,
    core.sessions.onDidChange(() => {
      // What a session says changes all the time; what it was given seldom.
      const now = `${core.sessions.known[0]?.state.started.title}${core.sessions.known[0]?.state.turns}`;
      if (now === latest) return;
      latest = now;
      refresh();
    }),
  );
}

async function groups(
  { core }: Host,
  root: string,
  file: string | undefined,
  problems: SteeringProblems,
): Promise<readonly Node[]> {
  const session = core.sessions.known.find(({ state }) => state.started.root === root);
  const [entries, survey] = await Promise.all([
    core.guidance.context(root, { file, session: session?.id }),
    core.guidance.survey(root),
  ]);
  await problems.show(root, survey.problems);
  if (entries.length === 0) return [];
  const told = entries.filter(isTold);
  const name = file === undefined ? undefined : relativePath(root, file);
  const about = { file: name, session: session && titleOf(session.state) };
  const context: GroupNode = {
    type: 'group',
    label: name === undefined ? 'In context' : `In context for ${name}`,
    detail: told.length === 0 ? 'nothing' : size(told),
    tooltip: `What an agent is told ${name === undefined ? 'whatever it does' : `when it turns to ${name}`}${about.session === undefined ? '' : `, and what came into “${about.session}”`}`,
    icon: 'eye',
    open: true,
    children: told.map((entry) => ({ type: 'entry', entry, inContext: true, about })),
  };
  const scoped = (label: string, icon: string, wanted: (guidance: Guidance) => boolean): readonly Node[] => {
    const own = entries.filter(({ guidance }) => wanted(guidance));
    if (own.length === 0) return [];
    const children = own.map((entry) => ({ type: 'entry', entry, inContext: false, about }) as const);
    return [{ type: 'group', label, detail: `${own.length}`, icon, open: false, children }];
  };
  return [
    context,
    ...scoped('Workspace', 'root-folder', ({ scope, kind }) => scope === 'workspace' && kind !== 'skill'),
    ...scoped('Yours', 'account', ({ scope, kind }) => scope === 'home' && kind !== 'skill'),
    ...scoped('Skills', 'tools', ({ kind }) => kind === 'skill'),
  ];
}

function size(entries: readonly ContextEntry[]): string {
  return tokenWords(entries.reduce((sum, entry) => sum + entry.tokens, 0));
}

function groupItem({ label, detail, tooltip, icon, open }: GroupNode): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, open ? Expanded : Collapsed);
  item.id = open ? 'context' : label;
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = 'group';
  item.tooltip = tooltip ?? label;
  item.accessibilityInformation = { label: `${label}, ${detail}` };
  return item;
}

const WHEN: Readonly<Record<ContextEntry['state'], string>> = {
  in: 'in context',
  file: 'with this file',
  offered: 'offered to the model',
  asked: 'when you name it',
  out: 'not now',
};

function entryItem({ entry, inContext, about }: EntryNode): vscode.TreeItem {
  const { guidance, state, why, tokens: count } = entry;
  const { kind, name, alias, label, path, inclusion, below } = guidance;
  const item = new vscode.TreeItem(
    kind === 'skill' ? name : (alias ?? name.slice(name.lastIndexOf('/') + 1)),
  );
  if (kind === 'agents') item.label = label;
  item.id = `${inContext ? 'in' : 'all'}:${label}`;
  const mode =
    inclusion === undefined ? 'needs mending' : below === undefined ? inclusion : `for files in ${below}`;
  item.description = `${inContext ? whyHere(entry, about) : mode} · ${tokenWords(count)}`;
  const color = inclusion === undefined ? new vscode.ThemeColor('list.errorForeground') : undefined;
  item.iconPath = new vscode.ThemeIcon(
    inclusion === undefined ? 'error' : (ICONS[inclusion] ?? 'book'),
    color,
  );
  const lines = [label, guidance.description, `${WHEN[state]}: ${why}`, `about ${tokenWords(count)}`];
  item.tooltip = new vscode.MarkdownString().appendText(lines.filter(Boolean).join('\n\n'));
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  item.contextValue = ['guidance', kind, inclusion ?? 'broken', guidance.scope].join(' ');
  // Its problems are counted beside it, and a change that is not committed is marked.
  item.resourceUri = toUri(path);
  // As in the Explorer: the next key is still for the view.
  const how = { preserveFocus: true, preview: true };
  item.command = { command: 'vscode.open', title: 'Open', arguments: [toUri(path), how] };
  return item;
}
