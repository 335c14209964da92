/** Going back to a checkpoint, and back from that: real files, the real store, the editor's own diff and questions. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Checkpoint } from '../../src/core/checkpoints/model';
import { eventually, inWorkspace, readText, remove, writeText } from './support';

describe('checkpoints', () => {
  const folder = (name: string) => inWorkspace('host-checkpoints', name);
  const kept = folder('kept.txt');
  const changed = folder('changed.txt');
  const added = folder('added.txt');
  const deleted = folder('deleted.txt');

  const take = async (label: string) => {
    const taken = await vscode.commands.executeCommand<Checkpoint>('earshot.createCheckpoint', label);
    assert.ok(taken, 'no checkpoint was taken');
    return taken;
  };
  /** A question at the top of the window takes the focus when it is there to be answered. */
  const answer = async (command: string, done: () => boolean) =>
    eventually('the answer', async () => {
      await vscode.commands.executeCommand(command);
      return done() || undefined;
    });
  async function restore(to: Checkpoint, how = 'workbench.action.acceptSelectedQuickOpenItem') {
    const target = { root: to.root, checkpoint: to.id };
    let over = false;
    const restoring = vscode.commands
      .executeCommand<Checkpoint | undefined>('earshot.restoreToBefore', target)
      .then((undo) => {
        over = true;
        return undo;
      });
    await answer(how, () => over);
    return restoring;
  }
  const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

  let before: Checkpoint;
  beforeEach(async () => {
    for (const [uri, text] of [
      [kept, 'kept\n'],
      [changed, 'one\r\n'],
      [deleted, 'here\n'],
    ] as const)
      await writeText(uri, text);
    before = await take('Works');
    await writeText(changed, 'two\r\n');
    await writeText(added, 'new\n');
    await remove(deleted);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(inWorkspace('host-checkpoints'));
  });

  it('give back what was changed, added and deleted; an open document follows, and it can be undone', async () => {
    const document = await vscode.workspace.openTextDocument(changed);
    await vscode.window.showTextDocument(document);
    const undo = await restore(before);
    assert.ok(undo, 'nothing was restored');
    assert.equal(await readText(changed), 'one\r\n');
    assert.equal(await readText(deleted), 'here\n');
    assert.equal(await readText(added), undefined);
    assert.equal(await readText(kept), 'kept\n');
    await eventually('the document', () => document.getText() === 'one\r\n' || undefined);
    assert.deepEqual(undo.cause, { kind: 'restore', of: before.id });

    await restore(undo);
    assert.equal(await readText(changed), 'two\r\n');
    assert.equal(await readText(deleted), undefined);
    assert.equal(await readText(added), 'new\n');
  });

  it('change nothing where the person thinks better of it', async () => {
    assert.equal(await restore(before, 'workbench.action.closeQuickOpen'), undefined);
    assert.equal(await readText(changed), 'two\r\n');
  });

  it('are compared with now, and with each other, in one diff', async () => {
    await vscode.commands.executeCommand('earshot.checkpoint.compareWithNow', {
      root: before.root,
      checkpoint: before.id,
    });
    await eventually(
      'the diff',
      () => labels().some((label) => /^at “Works” ↔ now/.test(label)) || undefined,
    );
    const document = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === 'earshot-checkpoint' && uri.path === changed.path,
    );
    assert.equal(document?.getText(), 'one\r\n');
    const after = await take('Does not');
    const rows = [after, before].map((checkpoint) => ({
      type: 'moment',
      moment: { checkpoint, next: undefined },
      root: checkpoint.root,
      checkpoint: checkpoint.id,
    }));
    await vscode.commands.executeCommand('earshot.checkpoint.compare', rows[0], rows);
    await eventually(
      'the other',
      () => labels().some((label) => /^at “Works” ↔ at “Does not”/.test(label)) || undefined,
    );
  });
});
