/** Permission rules in the editor: problems under their words, and completion. */
import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { eventually, remove, writeText } from './support';

const home = process.env.EARSHOT_HOME ?? '';
const uri = vscode.Uri.file(path.join(home, 'permissions.yaml'));
const TEXT = 'policies: [dev-shel]\nrules:\n  - capability: shell\n    effect: \n';

describe('permissions.yaml in the editor', () => {
  before(async () => {
    await writeText(uri, TEXT);
    await vscode.window.showTextDocument(uri);
  });
  after(() => remove(uri));

  it('shows what is wrong under its words', async () => {
    const found = await eventually('problems', () => {
      const all = vscode.languages.getDiagnostics(uri);
      return all.length > 0 ? all : undefined;
    });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(found[0]?.range), 'dev-shel');
    assert.match(found[0]?.message ?? '', /no policy “dev-shel”\. Use read-only/);
  });

  it('offers what can stand there', async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      new vscode.Position(3, 12),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(
      ['deny', 'ask', 'allow'].every((effect) => labels.includes(effect)),
      labels.join(),
    );
  });
});
