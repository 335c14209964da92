/** Rows of the Specs view, from snapshots. */
import * as vscode from 'vscode';
import type { Core } from '../../../core';
import type { SpecGroup } from '../../../core/order/arrange';
import type { DocumentSnapshot, Spec, Task } from '../../../core/spec/model';
import type { SpecFolder } from '../../../core/spec/specStore';
import { progressOfTasks } from '../../../core/spec/tasks/progress';
import { basename, relativePath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { SpecTarget } from '../../adapters/specTarget';
import { latestRun, taskInRun } from '../../adapters/taskRuns';
import { COMMANDS } from '../../manifest';
import { documentLook, READING, specLook, taskLook } from './looks';

/** A folder that has specs, or a group of them. */
export interface GroupNode {
  readonly type: 'group';
  readonly it: SpecGroup;
  readonly parent: GroupNode | undefined;
}

/** Each node of a spec is also the argument of the commands in its context menu. */
export type SpecNode = SpecTarget &
  (
    | { readonly type: 'folder'; readonly it: SpecFolder; readonly parent: undefined }
    | { readonly type: 'spec'; readonly it: Spec; readonly parent: GroupNode | undefined }
    | { readonly type: 'document'; readonly it: DocumentSnapshot; readonly parent: SpecNode }
    | { readonly type: 'task'; readonly it: Task; readonly parent: SpecNode; readonly uri: vscode.Uri }
  );

export type TreeNode = GroupNode | SpecNode;

/** Rows of specs that are yet to be read. */
export function unreadOf(core: Core): TreeNode[] {
  return core.specs.unread.map((it) => ({ type: 'folder', it, spec: it.path, parent: undefined }));
}

/** Groups first, then specs, as they are arranged. */
export function rowsOf({ groups, specs }: SpecGroup, parent: GroupNode | undefined): TreeNode[] {
  return [
    ...groups.map((it) => ({ type: 'group', it, parent }) as const),
    ...specs.map((it) => ({ type: 'spec', it, spec: it.path, parent }) as const),
  ];
}

export function childrenOf(node: TreeNode): TreeNode[] {
  if (node.type === 'group') return rowsOf(node.it, node);
  if (node.type === 'spec') {
    return node.it.documents.map((it) => ({
      type: 'document',
      it,
      spec: node.spec,
      kind: it.kind,
      parent: node,
    }));
  }
  if (node.type === 'folder') return [];
  const uri = node.type === 'document' ? toUri(node.it.path) : node.uri;
  return tasksBelow(node).map((it) => ({
    type: 'task',
    it,
    spec: node.spec,
    task: it.key,
    parent: node,
    uri,
  }));
}

function tasksBelow(node: SpecNode): readonly Task[] {
  if (node.type === 'task') return node.it.children;
  if (node.type !== 'document' || node.it.kind !== 'tasks') return [];
  return node.it.document?.kind === 'tasks' ? node.it.document.tasks : [];
}

export function itemOf(core: Core, node: TreeNode): vscode.TreeItem {
  if (node.type === 'group') return groupItem(node.it);
  if (node.type === 'folder') return folderItem(node.it);
  if (node.type === 'spec') return specItem(core, node.it);
  if (node.type === 'document') return documentItem(core, node.it, node.spec);
  return taskItem(core, node.it, node.spec, node.uri);
}

function folderItem({ name, path }: SpecFolder): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = path;
  item.iconPath = READING.icon;
  item.accessibilityInformation = { label: `${name}, ${READING.word}` };
  return item;
}

function groupItem({ key, label, groups, specs }: SpecGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  const below = countSpecs({ groups, specs });
  item.id = `group ${key}`;
  item.iconPath = new vscode.ThemeIcon('folder-library');
  item.description = `${below} ${below === 1 ? 'spec' : 'specs'}`;
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  item.contextValue = 'group';
  return item;
}

export function countSpecs({ groups, specs }: Pick<SpecGroup, 'groups' | 'specs'>): number {
  return groups.reduce((sum, group) => sum + countSpecs(group), specs.length);
}

function specItem(core: Core, spec: Spec): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  // What has just been begun is unfolded, so that the person sees it come to be.
  const isNew = spec.documents.every(({ state }) => state === 'missing' || state === 'drafting');
  const item = new vscode.TreeItem(spec.name, core.specs.all.length === 1 || isNew ? Expanded : Collapsed);
  const look = specLook(spec, core.tasks.isRunning(spec.path));
  item.id = spec.path;
  item.iconPath = look.icon;
  item.description = look.description;
  item.tooltip = `${spec.name}: ${look.tooltip}\n${relativePath(spec.root, spec.path) ?? spec.path}`;
  item.accessibilityInformation = { label: `${spec.name}, ${look.tooltip}` };
  item.contextValue = ['spec', ...look.flags, ...(latestRun(core, spec.path) ? ['ran'] : [])].join(' ');
  return item;
}

function documentItem(core: Core, document: DocumentSnapshot, spec: string): vscode.TreeItem {
  const name = basename(document.path);
  const hasTasks = document.document?.kind === 'tasks' && document.document.tasks.length > 0;
  const { None, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(name, hasTasks ? Expanded : None);
  const look = documentLook(
    document,
    core.specs.get(spec) ?? { documents: [], quick: false },
    core.tasks.isRunning(spec),
  );
  // Another row once there are tasks: the editor would keep the old one folded.
  item.id = hasTasks ? `${document.path}#tasks` : document.path;
  item.iconPath = look.icon;
  item.description = look.description;
  item.tooltip = look.tooltip;
  item.accessibilityInformation = { label: `${name}, ${look.description}` };
  item.contextValue = ['document', ...look.flags].join(' ');
  if (document.text !== undefined) {
    item.resourceUri = toUri(document.path);
    item.command = { command: 'vscode.open', title: 'Open', arguments: [toUri(document.path)] };
  } else if (look.flags.includes('draftable')) {
    item.command = { command: COMMANDS.draft, title: 'Draft', arguments: [{ spec, kind: document.kind }] };
  }
  return item;
}

function taskItem(core: Core, task: Task, spec: string, uri: vscode.Uri): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const progress = progressOfTasks(task.children);
  const open = progress.done < progress.total ? Expanded : Collapsed;
  const label = `${task.id ?? ''} ${task.title}`.trim();
  const item = new vscode.TreeItem(
    task.optional ? `${label}*` : label,
    task.children.length === 0 ? None : open,
  );
  const session = core.tasks.sessionOf(spec, task)?.state;
  const known = taskInRun(core, spec, task);
  const look = taskLook(task, session, progress, known, core.ports.clock.now());
  item.id = `${uri.fsPath}#${task.key}`;
  item.iconPath = look.icon;
  item.description = look.description;
  item.tooltip = look.tooltip;
  const word = task.state === 'done' ? 'done' : look.description || 'to do';
  item.accessibilityInformation = { label: `${label}, ${word}` };
  item.contextValue = ['task', ...look.flags].join(' ');
  const at = new vscode.Range(task.line, 0, task.line, 0);
  item.command = { command: 'vscode.open', title: 'Open', arguments: [uri, { selection: at }] };
  return item;
}
