/** Specs that move: what is open goes with them, and what was put away comes back. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, inWorkspace, readText, remove, writeText } from './support';

const REQUIREMENTS = '# Requirements Document\n\n### Requirement 1: A\n\n1. THE Door SHALL open.\n';

describe('specs in order', () => {
  const folder = (...parts: string[]) => inWorkspace('.kiro', 'specs', ...parts);
  const STEERING = inWorkspace('.kiro', 'steering', 'host-order.md');
  const pathOf = (uri: vscode.Uri) => uri.fsPath.replaceAll('\\', '/');
  const isThere = (uri: vscode.Uri) => readText(uri).then((text) => text !== undefined || undefined);

  /** Files are heard of after a moment: until then there is no such spec. */
  const until = (done: () => Promise<boolean | undefined>, command: string, ...args: readonly unknown[]) =>
    eventually(command, async () => {
      await vscode.commands.executeCommand(command, ...args);
      return done();
    });

  beforeEach(async () => {
    await writeText(folder('host-order', 'requirements.md'), REQUIREMENTS);
    await writeText(STEERING, '#[[file:.kiro/specs/host-order/requirements.md]]\n');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['host-order', 'host-order-2', 'host-group']) await remove(folder(name));
    await remove(STEERING);
  });

  it('are renamed with what is open of them, unsaved words too, and with what names them', async () => {
    const editor = await vscode.window.showTextDocument(folder('host-order', 'requirements.md'));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Typed. '));
    const moved = folder('host-order-2', 'requirements.md');
    const target = { spec: pathOf(folder('host-order')) };
    await until(() => isThere(moved), 'earshot.renameSpec', target, 'host-order-2');
    assert.equal(await readText(moved), `Typed. ${REQUIREMENTS}`);
    assert.equal(await readText(folder('host-order', 'requirements.md')), undefined);
    assert.match((await readText(STEERING)) ?? '', /specs\/host-order-2\/requirements/);
    await eventually(
      'the document at its new place',
      () =>
        vscode.window.visibleTextEditors.some(({ document }) => document.uri.fsPath === moved.fsPath) ||
        undefined,
    );
  });

  it('keep the panels that show them, by a rename and by hand', async () => {
    const panels = () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .map(({ label }) => label)
        .filter((label) => /host-order/.test(label))
        .sort();
    const shows = (...labels: readonly string[]) =>
      eventually(labels.join(', '), () => labels.join() === panels().join() || undefined);
    await writeText(folder('host-order', '.config.kiro'), '{"specId": "host-order-id"}');
    const target = { spec: pathOf(folder('host-order')) };
    await until(async () => panels().length === 1 || undefined, 'earshot.review', target);
    await vscode.commands.executeCommand('earshot.trace', target);
    await shows('Review: host-order', 'Trace: host-order');
    await vscode.commands.executeCommand('earshot.renameSpec', target, 'host-order-2');
    await shows('Review: host-order-2', 'Trace: host-order-2');
    await vscode.workspace.fs.rename(folder('host-order-2'), folder('host-order'));
    await shows('Review: host-order', 'Trace: host-order');
  });

  it('go into a group, and away with their tabs', async () => {
    const target = (...parts: string[]) => ({ spec: pathOf(folder(...parts)) });
    const grouped = folder('host-group', 'host-order', 'requirements.md');
    await until(() => isThere(grouped), 'earshot.moveSpec', target('host-order'), 'host-group');
    assert.equal(await readText(grouped), REQUIREMENTS);
    await vscode.window.showTextDocument(grouped);
    await eventually('the lenses of a spec in a group', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        grouped,
        99,
      );
      return lenses.length > 0 || undefined;
    });
    await vscode.commands.executeCommand('earshot.archiveSpec', target('host-group', 'host-order'));
    const archived = inWorkspace('.kiro', 'archive', 'specs', 'host-group', 'host-order', 'requirements.md');
    assert.equal(await isThere(archived), true);
    assert.equal(await isThere(grouped), undefined);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.deepEqual(
      tabs.map(({ label }) => label).filter((label) => label === 'requirements.md'),
      [],
    );
    await remove(inWorkspace('.kiro', 'archive'));
  });

  it('show their trace in a panel of their own, once', async () => {
    const target = { spec: pathOf(folder('host-order')) };
    const titles = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
    await until(async () => titles().length > 0 || undefined, 'earshot.trace', target);
    await vscode.commands.executeCommand('earshot.trace', target, '1.1');
    assert.deepEqual(titles(), ['Trace: host-order']);
  });
});
