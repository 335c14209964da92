/** Comments on a spec, through the editor's own threads. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, inWorkspace, readText, remove, writeText } from './support';

const REQUIREMENTS = `# Requirements Document

## Requirements

### Requirement 1: Save

#### Acceptance Criteria

1. WHEN the disk fails, THE Editor SHALL keep the text.
`;

describe('comments on a spec', () => {
  const spec = inWorkspace('.kiro', 'specs', 'host-comments');
  const requirements = inWorkspace('.kiro', 'specs', 'host-comments', 'requirements.md');
  const store = inWorkspace('.kiro', 'specs', 'host-comments', '.earshot', 'comments.jsonl');

  beforeEach(() => writeText(requirements, REQUIREMENTS));
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(spec);
  });

  it('are kept beside it, with the words that they are about', async () => {
    const document = await vscode.workspace.openTextDocument(requirements);
    await vscode.window.showTextDocument(document);
    const at = document.getText().indexOf('the disk fails');
    const range = new vscode.Range(
      document.positionAt(at),
      document.positionAt(at + 'the disk fails'.length),
    );
    let closed = false;
    const thread = { uri: requirements, range, dispose: () => (closed = true) };
    const text = await eventually('the comment', async () => {
      await vscode.commands.executeCommand('earshot.comment.add', { thread, text: 'Which disk?' });
      return readText(store).catch(() => undefined);
    });
    const record = JSON.parse(text.split('\n')[0] ?? '') as Readonly<Record<string, unknown>>;
    assert.deepEqual(
      [record.document, record.part, record.quote, record.text],
      ['requirements.md', '1.1', 'the disk fails', 'Which disk?'],
    );
    assert.equal(closed, true, 'the thread that was begun gives way to the one that is kept');
  });

  it('are edited where they stand, and not at all when nothing was changed', async () => {
    const document = await vscode.workspace.openTextDocument(requirements);
    const range = new vscode.Range(0, 0, 0, 1);
    const thread = { uri: document.uri, range, dispose: () => undefined };
    const first = await eventually('the comment', async () => {
      await vscode.commands.executeCommand('earshot.comment.add', { thread, text: 'Which disk?' });
      return readText(store).catch(() => undefined);
    });
    const { id } = JSON.parse(first.split('\n')[0] ?? '') as { readonly id: string };
    const comment = { id, thread: id, spec: spec.fsPath, isFirst: true, text: 'Which disk?' };
    await vscode.commands.executeCommand('earshot.comment.save', { ...comment, body: ' Which disk? ' });
    assert.equal(await readText(store), first);
    const body = new vscode.MarkdownString('Which of the disks?');
    await vscode.commands.executeCommand('earshot.comment.save', { ...comment, body });
    assert.match((await readText(store)) ?? '', /"type":"reworded".*"text":"Which of the disks\?"/);
  });
});
