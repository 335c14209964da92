/** Rows of the Checkpoints view: what belongs together, newest first, each with the files that changed from there on. */
import * as vscode from 'vscode';
import type { Checkpoint } from '../../../core/checkpoints/model';
import { errorMessage } from '../../../core/util/errorMessage';
import { basename, dirname } from '../../../core/util/path';
import { timeOf } from '../../adapters/timeOf';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { namesIn } from './names';
import { listHere, type Row } from './target';
import { endOf, type Group, groupsOf, keyOf, type Moment, type TimelineFilter } from './timeline';
import {
  changeLook,
  files,
  groupDescription,
  groupLabel,
  iconOf,
  momentDescription,
  momentLabel,
  type Names,
} from './words';

/** Rows of files below one checkpoint; the rest are in the diff. */
const MOST = 200;
/** Milliseconds. */
const SOON = 1000;

export interface CheckpointTree extends vscode.TreeDataProvider<Row>, vscode.Disposable {
  refresh(): void;
  /** Once for many causes that come close together. */
  refreshSoon(): void;
  /** How many checkpoints are shown, and how many there are. */
  readonly counts: { readonly shown: number; readonly all: number };
}

/** @param onRead after the checkpoints were read: what the view says of them follows */
export function createTree(
  host: Host,
  filter: () => TimelineFilter | undefined,
  onRead: () => void,
): CheckpointTree {
  const { core } = host;
  const changed = new vscode.EventEmitter<undefined>();
  let all: readonly Checkpoint[] = [];
  let names: Names = namesIn(core, all);
  let scheduled: ReturnType<typeof setTimeout> | undefined;
  let counts = { shown: 0, all: 0 };

  async function groups(): Promise<Row[]> {
    try {
      // Titles are in the logs.
      await Promise.all([core.sessions.list(), core.runs.list()]);
      all = await listHere(host);
    } catch (error) {
      return [failed(error)];
    }
    const known = namesIn(core, all);
    names = known;
    const found = groupsOf(all, known, filter());
    counts = { shown: found.reduce((sum, { moments }) => sum + moments.length, 0), all: all.length };
    onRead();
    return found.flatMap((group) => (group.owner ? [{ type: 'group', group }] : group.moments.map(rowOf)));
  }

  async function below({ moment, root, checkpoint }: Extract<Row, { type: 'moment' }>): Promise<Row[]> {
    try {
      const changes = await core.checkpoints.diff(root, checkpoint, endOf(moment));
      const rows = changes
        .slice(0, MOST)
        .map((change): Row => ({ type: 'file', moment, change, root, checkpoint }));
      const more = changes.length - rows.length;
      if (more > 0) rows.push({ type: 'more', moment, more });
      const until = endOf(moment) === undefined ? 'since' : 'until the next checkpoint';
      const nothing = note(
        checkpoint,
        `No file changed ${moment.checkpoint.after ? 'in it' : until}`,
        'info',
      );
      return [...leftOut(moment), ...(changes.length === 0 ? [nothing] : rows)];
    } catch (error) {
      return [failed(error)];
    }
  }

  return {
    onDidChangeTreeData: changed.event,
    getChildren(row) {
      if (!row) return groups();
      if (row.type === 'group') return row.group.moments.map(rowOf);
      return row.type === 'moment' ? below(row) : [];
    },
    getTreeItem: (row) => itemOf(row, names),
    refresh: () => changed.fire(undefined),
    refreshSoon() {
      scheduled ??= setTimeout(() => {
        scheduled = undefined;
        changed.fire(undefined);
      }, SOON);
    },
    get counts() {
      return counts;
    },
    dispose() {
      clearTimeout(scheduled);
      changed.dispose();
    },
  };
}

function rowOf(moment: Moment): Row {
  return { type: 'moment', moment, root: moment.checkpoint.root, checkpoint: moment.checkpoint.id };
}

function note(key: string, text: string, icon: string): Row {
  return { type: 'note', key: `${key} ${text}`, text, icon };
}

function failed(error: unknown): Row {
  return note('failed', errorMessage(error), 'error');
}

function leftOut({ checkpoint: { id, left } }: Moment): Row[] {
  return left.length === 0 ? [] : [note(id, `Not kept: ${left.join(', ')}`, 'warning')];
}

function itemOf(row: Row, names: Names): vscode.TreeItem {
  switch (row.type) {
    case 'group':
      return groupItem(row.group, names);
    case 'moment':
      return momentItem(row.moment, names);
    case 'file':
      return fileItem(row);
    case 'more': {
      const item = new vscode.TreeItem(`${files(row.more)} more`);
      item.id = `${keyOf(row.moment.checkpoint)} more`;
      item.iconPath = new vscode.ThemeIcon('diff-multiple');
      item.command = { command: COMMANDS.showCheckpointChanges, title: 'Show Changes', arguments: [row] };
      return item;
    }
    case 'note': {
      const item = new vscode.TreeItem(row.text);
      item.iconPath = new vscode.ThemeIcon(row.icon);
      item.tooltip = row.text;
      return item;
    }
  }
}

function groupItem(group: Group, names: Names): vscode.TreeItem {
  const { owner, moments, key } = group;
  const label = owner ? groupLabel(owner, names) : '';
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = key;
  if (owner) item.iconPath = new vscode.ThemeIcon(iconOf(owner.kind));
  item.description = groupDescription(group, timeOf(moments[0]?.checkpoint.at ?? 0));
  item.tooltip = `${label}: ${item.description}`;
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  item.contextValue = 'group';
  return item;
}

function momentItem(moment: Moment, names: Names): vscode.TreeItem {
  const { checkpoint } = moment;
  const label = momentLabel(checkpoint, names);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = keyOf(checkpoint);
  item.iconPath = new vscode.ThemeIcon(iconOf(checkpoint.cause.kind));
  item.description = momentDescription(moment, timeOf(checkpoint.at));
  const head = checkpoint.head === undefined ? [] : [`Repository at ${checkpoint.head}`];
  const left = checkpoint.left.length === 0 ? [] : [`Not kept: ${checkpoint.left.join(', ')}`];
  item.tooltip = [label, new Date(checkpoint.at).toLocaleString(), ...head, ...left].join('\n');
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  item.contextValue = 'moment';
  return item;
}

function fileItem(row: Extract<Row, { type: 'file' }>): vscode.TreeItem {
  const { path, change } = row.change;
  const look = changeLook(change);
  const item = new vscode.TreeItem(basename(path));
  item.id = `${keyOf(row.moment.checkpoint)} ${path}`;
  item.iconPath = new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  item.description = path.includes('/') ? dirname(path) : '';
  item.tooltip = `${path}: ${look.word}`;
  item.accessibilityInformation = { label: `${path}, ${look.word}` };
  item.command = { command: COMMANDS.showCheckpointChanges, title: 'Show Changes', arguments: [row] };
  item.contextValue = 'file';
  return item;
}
