/** Other people's real workspaces open: every spec listed, no error, and the view answers. */
import assert from 'node:assert/strict';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { corpusRoot } from '../support/corpus';
import { type Editor, startEditor } from './editor';

describe('real workspaces', function () {
  this.timeout(240_000);
  let editor: Editor;
  const root = corpusRoot();

  before(async function () {
    if (!root) {
      console.log('      the corpus is not here: skipped');
      return this.skip();
    }
    editor = await startEditor({ workspace: 'empty' });
  });
  after(() => editor?.stop());

  it('open with every spec listed and no error', async () => {
    const all = (await readdir(root ?? '', { withFileTypes: true })).filter((entry) => entry.isDirectory());
    // Each costs a window: the first, and all of them in the long run. Unit tests read all of them.
    const some = process.env.EARSHOT_SOAK === '1' ? all : all.slice(0, 1);
    for (const project of some) {
      const folder = join(editor.folder, project.name);
      await cp(join(root ?? '', project.name), folder, { recursive: true });
      const specs = (
        await readdir(join(folder, '.kiro/specs'), { withFileTypes: true }).catch(() => [])
      ).filter((entry) => entry.isDirectory());
      const window = await editor.open({ folder });
      await window.openView('Earshot');
      for (const { name } of specs.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, 8))
        await window.treeRow(name).waitFor();
      if (specs.length === 0) await window.page.getByRole('button', { name: 'New Spec…' }).first().waitFor();
      const rows = await window.page
        .locator('.pane', { hasText: 'Specs' })
        .locator('.monaco-list-row[aria-level="1"]')
        .count();
      assert.ok(rows >= Math.min(specs.length, 8), `${project.name}: ${rows} rows of ${specs.length} specs`);
      assert.equal(await window.page.locator('.notification-toast .codicon-error').count(), 0, project.name);
      await window.screenshot(`corpus-${project.name}`);
      await window.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
