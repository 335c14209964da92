import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { FileChange } from '../../../src/core/ports';
import { createNodeFiles } from '../../../src/node/nodeFiles';
import { createNodeWatcher } from '../../../src/node/nodeWatcher';
import { own } from '../../support/testStore';
import { createWorkspace } from '../../support/workspaceBuilder';

describe('nodeWatcher', () => {
  it('tells what changes, also in folders that are new, and nothing of what is left out', async () => {
    const workspace = createWorkspace()
      .file('a.md', 'a')
      .file('gone.md')
      .folder('node_modules/x')
      .folder('.git');
    const changes: FileChange[] = [];
    own(createNodeWatcher({ debounceMs: 20 }).watch(workspace.root, (change) => changes.push(change)));
    await delay(50);
    await createNodeFiles().writeText(workspace.path('a.md'), 'b');
    rmSync(`${workspace.native}/gone.md`);
    mkdirSync(`${workspace.native}/new/deep`, { recursive: true });
    workspace.file('new/deep/b.md', 'b').file('node_modules/x/c.js').file('.git/index');
    await delay(150);
    workspace.file('new/deep/late.md', 'b');
    await delay(150);
    const kinds = new Map(changes.map(({ path, kind }) => [path.slice(workspace.root.length + 1), kind]));
    assert.equal(kinds.get('gone.md'), 'deleted');
    assert.ok(
      kinds.has('a.md') && kinds.has('new/deep/b.md') && kinds.has('new/deep/late.md'),
      inspectKeys(kinds),
    );
    assert.equal(kinds.size, 4, inspectKeys(kinds));
  });

  it('is silent after its end', async () => {
    const workspace = createWorkspace();
    const changes: FileChange[] = [];
    const watch = createNodeWatcher({ debounceMs: 10 }).watch(workspace.root, (change) =>
      changes.push(change),
    );
    workspace.file('a.md', 'a');
    watch.dispose();
    watch.dispose();
    await delay(50);
    assert.deepEqual(changes, []);
  });

  it('reports a folder that cannot be watched', () => {
    const errors: unknown[] = [];
    const watcher = createNodeWatcher({ onError: (error) => errors.push(error) });
    own(watcher.watch('/none/of/this', () => {}));
    assert.equal(errors.length, 1);
  });
});

function inspectKeys(map: ReadonlyMap<string, unknown>): string {
  return [...map.keys()].join(', ');
}
