/** The run panel in the editor: a plan that its webview has drawn, and follows tasks.md. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, inWorkspace, remove, writeText } from './support';

describe('the run panel', () => {
  const folder = inWorkspace('.kiro', 'specs', 'host-run');
  const tasks = vscode.Uri.joinPath(folder, 'tasks.md');
  const target = { spec: folder.fsPath };
  const panels = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && /earshot\.run$/.test(input.viewType));

  before(() => writeText(tasks, '# Implementation Plan\n\n- [ ] 1. Greet\n  - _Verify: node --version_\n'));
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(folder);
  });

  it('shows the plan of a spec, drawn and connected, and is the same when it is asked for again', async () => {
    await eventually('the plan', async () => {
      await vscode.commands.executeCommand('earshot.planRun', target).then(undefined, () => {});
      return panels().length > 0 || undefined;
    });
    // It is called so when its webview has said that it is there.
    await eventually('what is drawn', () => panels().find(({ label }) => label === 'Plan: host-run'));
    await vscode.commands.executeCommand('earshot.planRun', target);
    assert.equal(panels().length, 1);
  });
});
