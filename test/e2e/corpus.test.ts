/**
 * Other people's real workspaces open: every spec listed, no error, and the view answers. Each costs a window, so in the
 * long run alone: always “earshot spec list” (cli.test.ts) and unit tests read all of them, and the journey looks at the view.
 */
import assert from 'node:assert/strict';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { corpusRoot } from '../support/corpus';
import { inLongRun } from '../support/soak';
import { startEditor } from './editor';

describe('real workspaces', function () {
  this.timeout(240_000);

  inLongRun('open with every spec listed and no error', async () => {
    const root = corpusRoot();
    if (!root) return console.log('      the corpus is not here');
    const editor = await startEditor({ workspace: 'empty' });
    try {
      for (const project of await readdir(root, { withFileTypes: true })) {
        if (!project.isDirectory()) continue;
        const folder = join(editor.folder, project.name);
        await cp(join(root, project.name), folder, { recursive: true });
        const specs = (
          await readdir(join(folder, '.kiro/specs'), { withFileTypes: true }).catch(() => [])
        ).filter((entry) => entry.isDirectory());
        const window = await editor.open({ folder });
        await window.openView('Earshot');
        for (const { name } of specs.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, 8))
          await window.treeRow(name).waitFor();
        if (specs.length === 0)
          await window.page.getByRole('button', { name: 'New Spec…' }).first().waitFor();
        const rows = await window.page
          .locator('.pane', { hasText: 'Specs' })
          .locator('.monaco-list-row[aria-level="1"]')
          .count();
        assert.ok(
          rows >= Math.min(specs.length, 8),
          `${project.name}: ${rows} rows of ${specs.length} specs`,
        );
        assert.equal(
          await window.page.locator('.notification-toast .codicon-error').count(),
          0,
          project.name,
        );
        await window.screenshot(`corpus-${project.name}`);
        await window.close();
        await rm(folder, { recursive: true, force: true });
      }
    } finally {
      await editor.stop();
    }
  });
});
