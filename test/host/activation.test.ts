import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('the extension is there and activates', async () => {
    const extension = vscode.extensions.getExtension('earshot.earshot');
    assert.ok(extension, 'earshot.earshot is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('a folder is open', () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });
});
