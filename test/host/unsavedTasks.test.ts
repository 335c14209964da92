// Verifies: workflow-engine#4.5
/** A task list with unsaved edits here, in which another window ticked a task. */
import * as assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { createNodeFiles } from '../../src/node/nodeFiles';
import { createSavedTexts } from '../../src/vscode/adapters/savedTexts';
import { createWorkspaceFiles } from '../../src/vscode/adapters/workspaceFiles';
import { inWorkspace, readText, remove, writeText } from './support';

const TASKS = `# Implementation Plan

- [ ] 1. First
- [ ] 2. Second
- [ ] 3. Third
`;

describe('a task list with unsaved edits', () => {
  // A spec of its own for each test: the editor keeps a file's model for a while after it was closed.
  let nth = 0;
  let spec = '';
  let file = inWorkspace();
  const saved = createSavedTexts();
  const files = createWorkspaceFiles(createNodeFiles(), saved);

  beforeEach(() => {
    spec = `host-unsaved-${++nth}`;
    file = inWorkspace('.kiro', 'specs', spec, 'tasks.md');
  });

  /** Which somebody edits here, and another window there. */
  async function edited(here: string, there: (text: string) => string): Promise<vscode.TextDocument> {
    await writeText(file, TASKS);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file, document.lineAt(3).range, here);
    await vscode.workspace.applyEdit(edit);
    assert.ok(document.isDirty);
    await writeFile(file.fsPath, there(TASKS));
    return document;
  }

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(inWorkspace('.kiro', 'specs', spec));
  });
  after(() => saved.dispose());

  it('keeps the edits, the other window’s tick and its own', async () => {
    const document = await edited('- [ ] 2. Second, really', (text) => text.replace('[ ] 1.', '[x] 1.'));
    const text = (await files.readText(file.path)) ?? '';
    await files.writeText(file.path, text.replace('[ ] 3.', '[x] 3.'));
    const all = TASKS.replace('[ ] 1.', '[x] 1.')
      .replace('2. Second', '2. Second, really')
      .replace('[ ] 3.', '[x] 3.');
    assert.equal(await readText(file), all);
    assert.equal(document.getText(), all);
    // What the editor still calls unsaved is what was written: the next box is not merged with an old one.
    const next = (await files.readText(file.path)) ?? '';
    await files.writeText(file.path, next.replace('[x] 3.', '[ ] 3.'));
    assert.equal(await readText(file), all.replace('[x] 3.', '[ ] 3.'));
  }).timeout(60_000);

  it('writes nothing where it is not known what the edits were made from', async () => {
    await edited('- [ ] 2. Mine', (text) => text.replace('[ ] 1.', '[x] 1.'));
    const ignorant = createWorkspaceFiles(createNodeFiles(), { of: () => undefined, written: () => {} });
    const text = (await ignorant.readText(file.path)) ?? '';
    await assert.rejects(
      ignorant.writeText(file.path, text.replace('[ ] 3.', '[x] 3.')),
      /unsaved edits here/,
    );
    assert.equal(await readText(file), TASKS.replace('[ ] 1.', '[x] 1.'));
  }).timeout(30_000);

  it('writes nothing where both changed one task, and says what to do', async () => {
    const document = await edited('- [ ] 2. Mine', (text) => text.replace('2. Second', '2. Theirs'));
    const text = (await files.readText(file.path)) ?? '';
    await assert.rejects(
      files.writeText(file.path, text.replace('[ ] 3.', '[x] 3.')),
      /tasks\.md has unsaved edits here, and 2 was changed on the disk meanwhile/,
    );
    assert.equal(await readText(file), TASKS.replace('2. Second', '2. Theirs'));
    assert.equal(document.getText(), TASKS.replace('2. Second', '2. Mine'));
  }).timeout(30_000);
});
