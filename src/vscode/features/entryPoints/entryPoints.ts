/** Ways to the agent from where people are: the selection, a problem, the terminal, the message of a commit. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { requireModel } from '../../../core/agent/turn/requireModel';
import { toPath } from '../../adapters/paths';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { draftCommitMessage } from './commitMessage';
import { fixActions, fixText } from './fixProblem';
import { askText } from './selection';
import { explainSelection, WISH } from './terminal';

export const registerEntryPoints: Feature = (host) =>
  vscode.Disposable.from(
    fixActions(),
    host.command(COMMANDS.askAboutSelection, async () => {
      const editor = vscode.window.activeTextEditor;
      await requireModel(host.core.ports, 'coding');
      // The question is the person's: the words wait in the input.
      await vscode.commands.executeCommand(COMMANDS.newSession, editor ? askText(editor) : '');
    }),
    host.command(COMMANDS.fixProblem, async (uri, range) => {
      if (!(uri instanceof vscode.Uri) || !(range instanceof vscode.Range)) return;
      await begin(host, await fixText(uri, range), uri);
    }),
    host.command(COMMANDS.explainTerminal, async () => {
      await requireModel(host.core.ports, 'coding');
      await begin(host, `${WISH} #terminal`, undefined);
    }),
    host.command(COMMANDS.explainTerminalSelection, async () => {
      await requireModel(host.core.ports, 'coding');
      const text = await explainSelection();
      if (text !== undefined) await begin(host, text, undefined);
    }),
    host.command(COMMANDS.draftCommitMessage, (source) => draftCommitMessage(host, source)),
  );

/** A conversation of its own, shown. */
async function begin({ core }: Host, text: string, about: vscode.Uri | undefined): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = (about && vscode.workspace.getWorkspaceFolder(about)) ?? folders[0];
  if (!folder) throw new ActError('invalid', 'The agent works in a folder. Open one first.');
  const session = await core.chats.start(toPath(folder.uri), { text });
  await vscode.commands.executeCommand(COMMANDS.showAgent, session);
}
