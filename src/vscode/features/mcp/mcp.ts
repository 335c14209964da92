/** Servers of tools in the editor: the view, its acts, and what a server needs of the person. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { mcpMention } from '../../../core/mcp/mcpMention';
import type { McpServer } from '../../../core/mcp/model';
import { showFileProblems } from '../../adapters/fileProblems';
import type { Feature, Host } from '../../host';
import { COMMANDS, VIEWS } from '../../manifest';
import { addServer } from './addServer';
import { openAtServer, openUserConfig, openWorkspaceConfig } from './configFiles';
import { asGiven, readResource, usePrompt } from './offered';
import { offerSpecServer } from './offerServer';
import { createServerLogs } from './serverLogs';
import { createServerTree, type Row } from './serverTree';
import { createTestCalls } from './testCall';

export const registerMcp: Feature = (host) => {
  const { servers, ports } = host.core;
  const tree = createServerTree(servers);
  const view = vscode.window.createTreeView(VIEWS.mcp, {
    treeDataProvider: tree,
    manageCheckboxStateManually: true,
  });
  const logs = createServerLogs(servers);
  const calls = createTestCalls(host);
  const serverOf = (row: unknown): McpServer => {
    const id = isRow(row) ? row.id : typeof row === 'string' ? row : undefined;
    const server = servers.all.find((each) => each.id === id);
    if (server) return server;
    throw new ActError('notFound', 'Choose a server in the MCP Servers view.');
  };
  const onServer = (act: (server: McpServer) => unknown) => (row: unknown) => act(serverOf(row));
  const onTool =
    (act: (server: McpServer, tool: McpServer['tools'][number]) => unknown) => (row: unknown) => {
      const server = serverOf(row);
      const tool =
        isRow(row) && row.type === 'tool'
          ? server.tools.find(({ name }) => name === row.tool.name)
          : undefined;
      if (!tool) throw new ActError('notFound', 'This tool is no longer there. Its server may have changed.');
      return act(server, tool);
    };
  const start = onServer(({ id }) => withProgress(() => servers.start(id)));
  const restart = onServer(({ id }) => withProgress(() => servers.restart(id)));
  return vscode.Disposable.from(
    tree,
    view,
    logs,
    showFileProblems(host, 'earshot.mcp', host.core.servers),
    offerSpecServer(host),
    { dispose: listen(host.core.mentions.add(mcpMention(servers))) },
    { dispose: listen(servers.onDidChange(tree.refresh)) },
    { dispose: listen(ports.trust.onDidGrant(tree.refresh)) },
    view.onDidChangeCheckboxState(({ items }) => {
      const changes = items.map(async ([row, state]) => {
        const on = state === vscode.TreeItemCheckboxState.Checked;
        if (row.type === 'tool') await servers.setToolEnabled(row.id, row.tool.name, on);
      });
      // A tick that could not be kept is taken back.
      void Promise.all(changes).catch(host.report).finally(tree.refresh);
    }),
    host.command(COMMANDS.startMcpServer, start),
    host.command(COMMANDS.agreeToMcpServer, start),
    host.command(COMMANDS.signInToMcpServer, start),
    host.command(COMMANDS.restartMcpServer, restart),
    host.command(
      COMMANDS.stopMcpServer,
      onServer(({ id }) => servers.stop(id)),
    ),
    host.command(
      COMMANDS.openMcpSignIn,
      onServer(({ id }) => servers.openSignInPage(id)),
    ),
    host.command(
      COMMANDS.cancelMcpSignIn,
      onServer(({ id }) => servers.cancelSignIn(id)),
    ),
    host.command(
      COMMANDS.signOutOfMcpServer,
      onServer(({ id }) => servers.signOut(id)),
    ),
    host.command(
      COMMANDS.enableMcpServer,
      onServer(({ id }) => servers.setEnabled(id, true)),
    ),
    host.command(
      COMMANDS.disableMcpServer,
      onServer(({ id }) => servers.setEnabled(id, false)),
    ),
    host.command(
      COMMANDS.showMcpLog,
      onServer(({ id, config }) => logs.show(id, config.name)),
    ),
    host.command(COMMANDS.openMcpServer, onServer(openAtServer)),
    host.command(
      COMMANDS.removeMcpServer,
      onServer((server) => remove(host, server)),
    ),
    host.command(COMMANDS.openMcpWorkspace, openWorkspaceConfig),
    host.command(COMMANDS.openMcpUser, openUserConfig),
    host.command(COMMANDS.addMcpServer, (given) => addServer(host, given)),
    host.command(
      COMMANDS.callMcpTool,
      onTool(({ id, config }, tool) => calls.open(id, config.name, tool)),
    ),
    host.command(
      COMMANDS.autoApproveMcpTool,
      onTool(({ id }, { name }) => servers.setAutoApprove(id, name, true)),
    ),
    host.command(
      COMMANDS.askForMcpTool,
      onTool(({ id }, { name }) => servers.setAutoApprove(id, name, false)),
    ),
    host.command(COMMANDS.useMcpPrompt, (row, given) => {
      const server = serverOf(row);
      if (isRow(row) && row.type === 'prompt') return usePrompt(host, server, row.prompt, asGiven(given));
      return undefined;
    }),
    host.command(COMMANDS.readMcpResource, (row) => {
      const { id } = serverOf(row);
      if (isRow(row) && row.type === 'resource') return readResource(host, id, row.resource);
      return undefined;
    }),
  );
};

function listen(listener: { dispose(): void }): () => void {
  return () => listener.dispose();
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'type' in value && 'id' in value;
}

function withProgress<T>(run: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId: VIEWS.mcp } }, run);
}

async function remove({ core: { servers } }: Host, { id, config }: McpServer): Promise<void> {
  const yes = { title: 'Remove' };
  const detail = `It is taken out of ${config.path}. What it was told, it still knows.`;
  const question = `Remove the server “${config.name}”?`;
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes)
    await servers.remove(id);
}
