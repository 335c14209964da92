/** Rows of the MCP Servers view: servers, and below each what it offers. */
import * as vscode from 'vscode';
import { whatRuns } from '../../../core/mcp/adding/offer';
import type { McpPrompt, McpResource, McpServer, McpTool, ServerState } from '../../../core/mcp/model';
import type { McpServers } from '../../../core/mcp/servers';
import { COMMANDS } from '../../manifest';
import {
  lookOf,
  serverDescription,
  serverFlags,
  tokensText,
  toolConsent,
  toolDescription,
  whyWords,
} from './words';

export type Row =
  | { readonly type: 'server'; readonly id: string }
  | { readonly type: 'tool'; readonly id: string; readonly tool: McpTool }
  | { readonly type: 'group'; readonly id: string; readonly of: 'prompts' | 'resources' }
  | { readonly type: 'prompt'; readonly id: string; readonly prompt: McpPrompt }
  | { readonly type: 'resource'; readonly id: string; readonly resource: McpResource }
  | { readonly type: 'why'; readonly id: string; readonly words: string };

export interface ServerTree extends vscode.TreeDataProvider<Row>, vscode.Disposable {
  refresh(): void;
}

export function createServerTree(servers: McpServers): ServerTree {
  const changed = new vscode.EventEmitter<undefined>();
  const find = (id: string) => servers.all.find((server) => server.id === id);
  return {
    onDidChangeTreeData: changed.event,
    async getChildren(row) {
      await servers.ready;
      if (!row) return servers.all.map(({ id }): Row => ({ type: 'server', id }));
      const server = find(row.id);
      return server ? below(row, server) : [];
    },
    getTreeItem(row) {
      const server = find(row.id);
      return server ? itemOf(row, server) : new vscode.TreeItem('');
    },
    refresh: () => changed.fire(undefined),
    dispose: () => changed.dispose(),
  };
}

function below(row: Row, { id, config, tools, prompts, resources, state, message }: McpServer): Row[] {
  if (row.type === 'group')
    return row.of === 'prompts'
      ? prompts.map((prompt) => ({ type: 'prompt', id, prompt }))
      : resources.map((resource) => ({ type: 'resource', id, resource }));
  if (row.type !== 'server') return [];
  const groups = (
    [
      ['prompts', prompts],
      ['resources', resources],
    ] as const
  ).flatMap(([of, list]): Row[] => (list.length > 0 ? [{ type: 'group', id, of }] : []));
  const why: Row[] = explains({ state, message })
    ? [{ type: 'why', id, words: whyWords(config.name, message) }]
    : [];
  return [...why, ...tools.map((tool): Row => ({ type: 'tool', id, tool })), ...groups];
}

const EXPLAINED: ReadonlySet<ServerState> = new Set([
  'failed',
  'waiting',
  'signIn',
  'signingIn',
  'forbidden',
]);

/** What is wrong is told where the eye is; what merely waits for the person says so in its own row. */
function explains({ state, message }: Pick<McpServer, 'state' | 'message'>): boolean {
  return EXPLAINED.has(state) && message !== undefined;
}

function itemOf(row: Row, server: McpServer): vscode.TreeItem {
  switch (row.type) {
    case 'server':
      return serverItem(server);
    case 'tool':
      return toolItem(server, row.tool);
    case 'group': {
      const label = row.of === 'prompts' ? 'Prompts' : 'Resources';
      const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
      item.id = `${row.id} ${row.of}`;
      item.description = `${server[row.of].length}`;
      return item;
    }
    case 'prompt':
      return promptItem(row.id, row.prompt, row);
    case 'resource':
      return resourceItem(row.id, row.resource, row);
    case 'why':
      return whyItem(row, server);
  }
}

/** Where a click on it leads, and what its tooltip says of that. */
function whyItem(row: Extract<Row, { type: 'why' }>, { state }: McpServer): vscode.TreeItem {
  const item = new vscode.TreeItem(row.words);
  item.id = `${row.id} why`;
  item.iconPath = new vscode.ThemeIcon(WHY_ICONS[state] ?? 'info');
  if (state === 'forbidden') {
    item.tooltip = row.words;
    item.command = { command: COMMANDS.showManaged, title: 'Show What Is Managed' };
  } else if (state === 'signingIn') {
    item.tooltip = `${row.words}\n\nA click opens the page again.`;
    item.command = { command: COMMANDS.openMcpSignIn, title: 'Open the Page Again', arguments: [row] };
  } else {
    item.tooltip = `${row.words}\n\nA click shows the log.`;
    item.command = { command: COMMANDS.showMcpLog, title: 'Show Log', arguments: [row] };
  }
  return item;
}

const WHY_ICONS: Partial<Readonly<Record<ServerState, string>>> = {
  forbidden: 'lock',
  signingIn: 'link-external',
};

function serverItem(server: McpServer): vscode.TreeItem {
  const { config, message, about } = server;
  const { icon, color } = lookOf(server);
  const hasMore = server.tools.length + server.prompts.length + server.resources.length > 0;
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const opened = explains(server) ? Expanded : hasMore ? Collapsed : None;
  const item = new vscode.TreeItem(config.name, opened);
  // Another state is another row to the editor, which else keeps it as it was folded.
  item.id = `${server.id}${opened === Expanded ? ' !' : ''}`;
  item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
  item.description = serverDescription(server);
  const how = config.transport === 'stdio' ? whatRuns({ ...config, args: [...config.args] }) : config.url;
  const lines = [about, how, config.path, message].filter((line) => line !== undefined);
  item.tooltip = lines.join('\n\n');
  item.contextValue = serverFlags(server);
  item.accessibilityInformation = { label: `${config.name}, ${item.description}` };
  return item;
}

function toolItem({ id, config }: McpServer, tool: McpTool): vscode.TreeItem {
  const item = new vscode.TreeItem(tool.name);
  item.id = `${id} tool ${tool.name}`;
  item.description = toolDescription(tool);
  const hint = tool.saysReadOnly ? 'The server says that it changes nothing.' : undefined;
  const lines = [tool.title, tool.description, hint, toolConsent(tool), tokensText(tool.tokens)];
  item.tooltip = lines.filter((line) => line !== undefined && line !== '').join('\n\n');
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  item.checkboxState = {
    state: tool.enabled ? Checked : Unchecked,
    tooltip: tool.enabled ? 'The agent may use it' : 'The agent does not see it',
    accessibilityInformation: { label: `${tool.name} of ${config.name}` },
  };
  const own = config.scope === 'user' || config.scope === 'workspace' ? ['own'] : [];
  item.contextValue = ['mcpTool', tool.autoApproved ? 'unasked' : 'asks', ...own].join(' ');
  item.accessibilityInformation = { label: `${tool.name}, ${item.description}. ${toolConsent(tool)}` };
  return item;
}

function promptItem(id: string, { name, description }: McpPrompt, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(name);
  item.id = `${id} prompt ${name}`;
  item.description = description;
  item.tooltip = description === '' ? name : description;
  item.iconPath = new vscode.ThemeIcon('comment');
  item.contextValue = 'mcpPrompt';
  item.command = { command: COMMANDS.useMcpPrompt, title: 'Use in the Agent', arguments: [row] };
  return item;
}

function resourceItem(id: string, resource: McpResource, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(resource.name);
  item.id = `${id} resource ${resource.uri}`;
  item.description = resource.uri;
  item.tooltip = [resource.uri, resource.description, resource.mimeType].filter(Boolean).join('\n\n');
  item.iconPath = new vscode.ThemeIcon(resource.template ? 'symbol-snippet' : 'file');
  item.contextValue = 'mcpResource';
  item.command = { command: COMMANDS.readMcpResource, title: 'Read', arguments: [row] };
  return item;
}
