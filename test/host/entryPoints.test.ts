/** The ways to the agent from a problem, the terminal and the Source Control view. Real HTTP, the editor's own Git. */
import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { repositoryOf } from '../../src/vscode/adapters/git';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { eventually, inWorkspace, remove, useServer, workspaceRoot, writeText } from './support';

const file = inWorkspace('entry', 'broken.json');

describe('ways to the agent', () => {
  let server: MessagesServer;
  // One server for all: each change of a setting is a document more that the window opens and closes.
  before(async () => {
    await writeText(file, '{\n  "a": \n}\n');
    server = await startMessagesServer({ stays: true });
    await useServer(server.url);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(inWorkspace('entry'));
    // The repository stays: the editor's Git extension fails for all later tests when it goes away under it.
    await useServer(undefined);
    await server?.close();
  });

  /** The words of the latest request that are the person's. */
  const asked = () => {
    const content = server.requests.at(-1)?.body.messages.at(-1)?.content ?? [];
    return content.map((block) => ('text' in block ? String(block.text) : '')).join('\n');
  };

  /** The window tells back each value that it was given; a late one would overwrite what is typed next. */
  const windowHasCaughtUp = () => vscode.commands.executeCommand('setContext', 'earshot.caughtUp', true);

  async function actions(): Promise<readonly vscode.CodeAction[]> {
    const document = await vscode.workspace.openTextDocument(file);
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', file, all);
  }

  it('“Fix with Earshot” begins a conversation about the problem', async () => {
    await vscode.window.showTextDocument(file);
    const fix = await eventually('the action', async () =>
      (await actions()).find(({ title }) => title === 'Fix with Earshot'),
    );
    assert.ok(fix.command);
    server.enqueue({ text: 'Mended.' });
    await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
    await eventually('the request', () => /Fix this problem/.test(asked()) || undefined);
    assert.match(
      asked(),
      /`entry\/broken\.json`, and nothing else:\n\n```\nline \d: Value expected.* \(json\)\n```/,
    );
    assert.match(asked(), /```json\n\{\n {2}"a": \n\}/);
  });

  it('“Draft Commit Message” streams into the input of the Source Control view', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...args], { cwd: workspaceRoot() });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'Begin');
    await vscode.commands.executeCommand('git.openRepository', workspaceRoot());
    const repository = await eventually('the repository', () => repositoryOf(inWorkspace()));
    await writeText(file, '{\n  "a": 1\n}\n');
    server.enqueue({ text: 'Give a its value' });
    await vscode.commands.executeCommand('earshot.draftCommitMessage');
    assert.equal(repository.inputBox.value, 'Give a its value');
    assert.match(asked(), /Recent subjects:\n- Begin\n\n<diff>\ndiff --git a\/entry\/broken\.json/);
    server.enqueue({ fault: 'unauthorized' });
    await windowHasCaughtUp();
    repository.inputBox.value = 'mine';
    await vscode.commands.executeCommand('earshot.draftCommitMessage');
    assert.equal(repository.inputBox.value, 'mine');
  });

  it('“Explain” sends the terminal’s words and leaves the clipboard as it was', async () => {
    const terminal = vscode.window.createTerminal('entry');
    terminal.show();
    await vscode.env.clipboard.writeText('kept');
    try {
      await vscode.commands.executeCommand('earshot.explainTerminalSelection');
      assert.equal(await vscode.env.clipboard.readText(), 'kept');
    } finally {
      terminal.dispose();
    }
  });
});
