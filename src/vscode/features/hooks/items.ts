/** How the rows of the Hooks view look. */
import * as vscode from 'vscode';
import { actionWords, shortWhen, whenWords } from '../../../core/hooks/hookWords';
import type { Hook } from '../../../core/hooks/model';
import { basename, joinPath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import { timeOf } from '../../adapters/timeOf';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { factsOf, type Row, warningRows } from './rows';
import { causeWords, hookDescription, hookLook, noticeLabel, outcomeLook, plural, runWords } from './words';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export function itemOf(host: Host, row: Row): vscode.TreeItem {
  switch (row.type) {
    case 'note':
      return noteItem(row);
    case 'group': {
      const item = plainItem(row.label, row.about, 'folder', Expanded);
      item.id = `group ${row.label}`;
      return item;
    }
    case 'hook':
      return hookItem(host, row);
    case 'detail':
      return detailItem(host, row);
    case 'need':
      return needItem(row);
    case 'run':
      return runItem(row);
    case 'broken':
      return brokenItem(row);
    case 'notFired': {
      const item = plainItem('Not fired', `${row.notices.length}×`, 'debug-step-over', Collapsed);
      item.id = 'not fired';
      return item;
    }
    case 'notice': {
      const { notice } = row;
      const state = notice.files.length > 0 ? Collapsed : None;
      const item = plainItem(noticeLabel(notice), timeOf(notice.at), 'history', state);
      item.tooltip = `${noticeLabel(notice)}\nNot fired: ${notice.hooks.join(', ')}`;
      return item;
    }
    case 'file': {
      const item = plainItem(row.file, '', 'file', None);
      item.command = open(toUri(joinPath(row.root, row.file)));
      return item;
    }
  }
}

function plainItem(
  label: string,
  description: string,
  icon: string,
  state: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = description === '' ? label : `${label}: ${description}`;
  item.accessibilityInformation = { label: description === '' ? label : `${label}, ${description}` };
  return item;
}

interface NoteLook {
  readonly icon: string;
  readonly act?: vscode.Command;
}

const NOTES: Readonly<Record<'migrate' | 'managed', NoteLook>> = {
  migrate: { icon: 'arrow-circle-up', act: { command: COMMANDS.migrateHooks, title: 'Migrate' } },
  managed: { icon: 'lock', act: { command: COMMANDS.showManaged, title: 'Show What Is Managed' } },
};

function noteItem({ text, command }: Extract<Row, { type: 'note' }>): vscode.TreeItem {
  const { icon, act }: NoteLook = command ? NOTES[command] : { icon: 'info' };
  const item = plainItem(text, '', icon, None);
  if (act) item.command = act;
  return item;
}

function hookItem(host: Host, row: Extract<Row, { type: 'hook' }>): vscode.TreeItem {
  const { hook } = row;
  const { hooks } = host.core;
  const look = hookLook(factsOf(host, hook), timeOf);
  const item = new vscode.TreeItem(hook.name, Collapsed);
  item.id = hook.id;
  item.iconPath = iconOf(look);
  const warnings = warningRows(hooks, hook).flatMap(({ problems }) => problems.map(({ message }) => message));
  const warned = warnings.length === 0 ? '' : ` · ${warnings.length} ${plural(warnings.length, 'warning')}`;
  item.description = `${hookDescription(hook, look)}${warned}`;
  const lines = [hook.description, whenWords(hook), whatOf(hook), look.word, ...warnings];
  item.tooltip = new vscode.MarkdownString().appendText(lines.filter((line) => line).join('\n\n'));
  item.accessibilityInformation = { label: `${hook.name}, ${item.description}` };
  // Nothing is offered that would only be refused.
  const isForbidden = host.core.ports.administration?.hookVerdict(hook) !== undefined;
  item.contextValue = [
    'hook',
    // One of a power goes with it.
    ...(hook.power === undefined ? [hook.enabled ? 'enabled' : 'disabled'] : []),
    isForbidden ? 'forbidden' : hooks.isAgreed(hook.id) ? 'agreed' : 'unagreed',
    hooks.lastRun(hook.id) ? 'ran' : 'new',
    hooks.isRunning(hook.id) ? 'running' : isForbidden ? 'locked' : 'idle',
    // One in an agent's file is changed there.
    ...(hook.format === 'agent' || hook.power !== undefined ? [] : ['own']),
  ].join(' ');
  item.command = openByClick(row);
  return item;
}

function detailItem(host: Host, { hook, what }: Extract<Row, { type: 'detail' }>): vscode.TreeItem {
  if (what === 'forbidden') {
    const item = plainItem(host.core.ports.administration?.hookVerdict(hook) ?? '', '', 'lock', None);
    item.id = `${hook.id} ${what}`;
    item.command = { command: COMMANDS.showManaged, title: 'Show What Is Managed' };
    return item;
  }
  const label = what === 'when' ? capital(shortWhen(hook)) : actionWords(hook);
  const icon = what === 'when' ? 'clock' : hook.action.type === 'command' ? 'terminal' : 'sparkle';
  const item = plainItem(label, '', icon, None);
  item.tooltip = what === 'when' ? whenWords(hook) : whatOf(hook);
  item.command = openByClick({ type: 'hook', hook });
  item.id = `${hook.id} ${what}`;
  return item;
}

function needItem({ hook, need }: Extract<Row, { type: 'need' }>): vscode.TreeItem {
  const item = plainItem(`Needs you: ${need.words}`, '', 'bell-dot', None);
  item.id = `${hook.id} need`;
  item.iconPath = iconOf({ icon: 'bell-dot', color: 'charts.yellow' });
  item.command = { command: COMMANDS.showAgent, title: 'Show', arguments: [need.session] };
  return item;
}

function runItem(row: Extract<Row, { type: 'run' }>): vscode.TreeItem {
  const { hook, run } = row;
  const item = plainItem(runWords(run, timeOf), causeWords(run, hook.trigger), 'pass', None);
  item.iconPath = iconOf(outcomeLook(run));
  item.command = { command: COMMANDS.showHookRun, title: 'Show Output', arguments: [row] };
  item.contextValue = 'run';
  return item;
}

function brokenItem(row: Extract<Row, { type: 'broken' }>): vscode.TreeItem {
  const { path, problems } = row;
  const [first] = problems;
  const isError = problems.some(({ severity }) => severity === 'error');
  const item = plainItem(basename(path), first?.message ?? '', isError ? 'error' : 'warning', None);
  item.iconPath = iconOf({
    icon: isError ? 'error' : 'warning',
    color: isError ? 'list.errorForeground' : 'list.warningForeground',
  });
  item.id = `broken ${path}`;
  item.tooltip = problems.map(({ message }) => message).join('\n');
  item.command = openByClick(row);
  return item;
}

function iconOf({ icon, color }: { readonly icon: string; readonly color?: string }): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function whatOf({ action }: Hook): string {
  return action.type === 'command' ? action.command : action.prompt;
}

function open(uri: vscode.Uri): vscode.Command {
  return { command: 'vscode.open', title: 'Open', arguments: [uri] };
}

/** As in the Explorer: the next key is still for the view. */
function openByClick(row: Extract<Row, { type: 'hook' | 'broken' }>): vscode.Command {
  return { command: COMMANDS.openHook, title: 'Open', arguments: [row, 'stay'] };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
