// Verifies: workflow-engine#4.5
/** A revision and an edit of one criterion, made from one text: the editor lets a person merge both. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { eventually, inWorkspace, readText, remove, useServer, writeText } from './support';

const DAYS = (days: number) => `# Requirements Document

## Requirements

### Requirement 1: Expiry

#### Acceptance Criteria

1. WHEN a link is ${days} days old, THE Store SHALL delete it.
2. THE Store SHALL count its links.
`;

describe('a revision of a criterion that was edited meanwhile', () => {
  const name = 'host-lost-update';
  const file = inWorkspace('.kiro', 'specs', name, 'requirements.md');
  let server: MessagesServer;

  beforeEach(async () => {
    server = await startMessagesServer();
    await useServer(server.url);
    await writeText(file, DAYS(30));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(inWorkspace('.kiro', 'specs', name));
    await useServer(undefined);
  });

  const target = { spec: name, kind: 'requirements' };

  const save = async (document: vscode.TextDocument, text: string) => {
    const edit = new vscode.WorkspaceEdit();
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.replace(file, new vscode.Range(new vscode.Position(0, 0), end), text);
    await vscode.workspace.applyEdit(edit);
    await document.save();
  };

  /** A revision of 30 days to 60, which I edited to 90 meanwhile; accepted, and so to be merged. */
  async function conflict(): Promise<vscode.TextDocument> {
    await writeText(file, DAYS(30));
    const document = await vscode.workspace.openTextDocument(file);
    await eventually('the text', () => document.getText() === DAYS(30) || undefined);
    const before = server.requests.length;
    server.enqueue({ text: DAYS(60).replace('count its links', 'count all links') });
    await eventually('the request', async () => {
      await vscode.commands.executeCommand('earshot.requestChanges', target, 'Later.');
      return server.requests.length > before || undefined;
    });
    await writeText(file, DAYS(90));
    await eventually('my edit', () => document.getText() === DAYS(90) || undefined);
    await vscode.commands.executeCommand('earshot.acceptRevision', target);
    assert.equal(await readText(file), DAYS(90), 'nothing is on the disk before the person says so');
    await eventually('the merge', () => document.isDirty || undefined);
    // What another part of the revision says is merged.
    assert.match(document.getText(), /count all links/);
    return document;
  }

  it('overwrites nothing: both sides are there to be merged, and it is decided with the save', async () => {
    const document = await conflict();
    assert.match(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '', /requirements\.md/);
    await save(document, DAYS(75));
    // No revision waits any more: a second yes changes nothing.
    await vscode.commands.executeCommand('earshot.acceptRevision', target);
    assert.equal(document.isDirty, false);
    assert.equal(await readText(file), DAYS(75));
  }).timeout(60_000);

  it('still waits where a save chose neither side', async () => {
    const document = await conflict();
    await save(document, DAYS(30));
    await vscode.commands.executeCommand('earshot.acceptRevision', target);
    await eventually('the revision', async () => /60 days/.test((await readText(file)) ?? '') || undefined);
  }).timeout(60_000);
});
