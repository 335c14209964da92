/** The Hooks view: each hook with its trigger, whether it may run, and its last result. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Hook, HookRun } from '../../../core/hooks/model';
import { basename, joinPath, relativePath } from '../../../core/util/path';
import { toPath, toUri } from '../../adapters/paths';
import type { Feature, Host } from '../../host';
import { COMMANDS, VIEWS } from '../../manifest';
import { registerHookProblems } from './hookProblems';

const TEMPLATE = `{
  "version": "v1",
  "hooks": [
    {
      "name": "Test on save",
      "trigger": "PostFileSave",
      "matcher": "\\\\.(js|ts)$",
      "action": { "type": "command", "command": "npm test" },
      "timeout": 60
    }
  ]
}
`;

export const registerHooks: Feature = (host) => {
  const { hooks } = host.core;
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<Hook | string> = {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      await hooks.ready;
      if (node) return [];
      return hooks.off !== undefined && hooks.all.length > 0 ? [hooks.off, ...hooks.all] : [...hooks.all];
    },
    getTreeItem: (node) => (typeof node === 'string' ? noteItem(node) : hookItem(host, node)),
  };
  const act = (run: (id: string) => unknown) => (node: unknown) => run(hookId(node));
  return vscode.Disposable.from(
    changed,
    vscode.window.registerTreeDataProvider(VIEWS.hooks, provider),
    hooks.onDidChange(() => changed.fire(undefined)),
    host.core.ports.settings.onDidChange(() => changed.fire(undefined)),
    host.core.ports.trust.onDidGrant(() => changed.fire(undefined)),
    registerHookProblems(host),
    host.command(
      COMMANDS.runHook,
      act((id) => runNow(host, id)),
    ),
    host.command(
      COMMANDS.enableHook,
      act((id) => hooks.setEnabled(id, true)),
    ),
    host.command(
      COMMANDS.disableHook,
      act((id) => hooks.setEnabled(id, false)),
    ),
    host.command(
      COMMANDS.agreeToHook,
      act((id) => hooks.agree(id)),
    ),
    host.command(
      COMMANDS.showHookRun,
      act((id) => showRun(host, id)),
    ),
    host.command(COMMANDS.createHook, createHook),
  );
};

function hookId(node: unknown): string {
  const id = (node as Partial<Hook> | null)?.id;
  if (typeof id !== 'string') throw new ActError('invalid', 'Choose a hook in the Hooks view.');
  return id;
}

function noteItem(text: string): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.iconPath = new vscode.ThemeIcon('info');
  item.tooltip = text;
  return item;
}

interface HookLook {
  readonly icon: string;
  readonly word: string;
  readonly color?: string;
}

/** The state that says most: running, disabled, how the last run ended, or whether it may run at all. */
function hookLook({ core: { hooks } }: Host, hook: Hook): HookLook {
  if (hooks.isRunning(hook.id)) return { icon: 'loading~spin', word: 'running' };
  if (!hook.enabled) return { icon: 'circle-slash', word: 'disabled' };
  const run = hooks.lastRun(hook.id);
  if (run?.outcome === 'passed')
    return { icon: 'pass', word: `passed ${timeOf(run.at)}`, color: 'charts.green' };
  if (run) return { icon: 'error', word: `${outcomeWord(run)} ${timeOf(run.at)}`, color: 'charts.red' };
  return hooks.isAgreed(hook.id)
    ? { icon: 'zap', word: 'ready' }
    : { icon: 'shield', word: 'asks before its first run' };
}

function outcomeWord({ outcome }: HookRun): string {
  return outcome === 'timedOut' ? 'timed out' : outcome;
}

function hookItem(host: Host, hook: Hook): vscode.TreeItem {
  const { hooks } = host.core;
  const look = hookLook(host, hook);
  const item = new vscode.TreeItem(hook.name);
  item.id = hook.id;
  item.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  item.description = `${hook.trigger} · ${look.word}`;
  const what = hook.action.type === 'command' ? hook.action.command : hook.action.prompt;
  const when = hook.matcher ? `${hook.trigger} of ${hook.matcher}` : hook.trigger;
  const lines = [hook.description, when, what, look.word].filter((line) => line !== undefined);
  item.tooltip = new vscode.MarkdownString().appendText(lines.join('\n\n'));
  const flags = [
    hook.enabled ? 'enabled' : 'disabled',
    hooks.isAgreed(hook.id) ? 'agreed' : 'unagreed',
    hooks.lastRun(hook.id) ? 'ran' : 'new',
    hooks.isRunning(hook.id) ? 'running' : 'idle',
  ];
  item.accessibilityInformation = { label: `${hook.name}, ${item.description}` };
  item.contextValue = ['hook', ...flags].join(' ');
  item.command = { command: 'vscode.open', title: 'Open', arguments: [toUri(hook.path)] };
  return item;
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

async function runNow({ core }: Host, id: string): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const hook = core.hooks.all.find((candidate) => candidate.id === id);
  const file = active && hook ? relativePath(hook.root, toPath(active)) : undefined;
  const run = await core.hooks.runNow(id, file);
  if (run && run.outcome !== 'passed') {
    void vscode.window.showWarningMessage(`Hook “${hook?.name ?? ''}” ${outcomeWord(run)}.`);
  }
}

async function showRun({ core }: Host, id: string): Promise<void> {
  const run = core.hooks.lastRun(id);
  if (!run) return;
  if (run.session) {
    await vscode.commands.executeCommand(COMMANDS.showAgent, run.session);
    return;
  }
  const head = `# ${new Date(run.at).toLocaleString()}, ${run.outcome}, exit code ${run.exitCode ?? 'none'}, ${run.durationMs} ms\n# ${run.files.join(', ') || 'run by hand'}\n\n`;
  const document = await vscode.workspace.openTextDocument({ content: head + run.output, language: 'log' });
  await vscode.window.showTextDocument(document, { preview: true });
}

async function createHook(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new ActError('invalid', 'Open a folder first: hooks live in its .kiro/hooks.');
  const name = await vscode.window.showInputBox({
    title: 'New Hook',
    prompt: 'File name',
    value: 'test-on-save',
  });
  if (!name) return;
  const uri = toUri(
    joinPath(toPath(folder.uri), '.kiro/hooks', `${basename(name).replace(/\.json$/, '')}.json`),
  );
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(TEMPLATE));
  }
  await vscode.window.showTextDocument(uri);
}
