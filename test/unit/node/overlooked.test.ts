// Verifies: hook-engine#2.10
/** A stand-in for an editor's watcher tells of some of what there is; the disk and the own watcher are real. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createOverlooked } from '../../../src/node/overlooked';
import { own } from '../../support/testStore';
import { createWorkspace } from '../../support/workspaceBuilder';

const MOMENT = 60;

function start() {
  const workspace = createWorkspace();
  const told: string[] = [];
  const overlooked = own(
    createOverlooked(({ path, kind }) => {
      told.push(`${kind} ${path.slice(workspace.root.length + 1)}`);
    }, MOMENT),
  );
  const created = (...names: string[]) => names.map((name) => overlooked.created(workspace.path(name)));
  return { workspace, told, created, overlooked };
}

async function comes(told: readonly string[], expected: readonly string[]): Promise<void> {
  for (let round = 0; round < 200 && !expected.every((each) => told.includes(each)); round++) await delay(20);
  assert.deepEqual([...new Set(told)].sort(), [...expected].sort());
}

describe('what an editor’s watcher overlooks', () => {
  // Elsewhere the system watches whole trees.
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('is told: what was put into a new folder before anybody watched it', async () => {
    const { workspace, told, created } = start();
    workspace.file('a/one.md').file('a/heard.md').file('a/b/c/two.md');
    created('a', 'a/heard.md');
    await comes(told, ['created a/one.md', 'created a/b/c/two.md']);
  });

  it('goes on being told, wherever in a folder that was missed', async () => {
    const { workspace, told, created } = start();
    workspace.file('a/b/c/one.md');
    created('a');
    await comes(told, ['created a/b/c/one.md']);
    told.length = 0;
    workspace.file('a/b/c/later.md').file('a/b/d/e/deep.md');
    await comes(told, ['created a/b/c/later.md', 'created a/b/d/e/deep.md']);
  });

  it('is told once, though the editor tells of it late', async () => {
    const { workspace, told, created } = start();
    workspace.file('a/one.md', '1').file('a/b/two.md');
    created('a');
    await comes(told, ['created a/one.md', 'created a/b/two.md']);
    assert.deepEqual(created('a/one.md', 'a/b', 'a/b/two.md'), [false, true, true]);
    workspace.file('a/one.md', 'another');
    assert.deepEqual(created('a/one.md'), [true], 'a change is no repetition');
  });

  it('is nothing where the editor told of all, and nothing of what is installed or built', async () => {
    const { workspace, told, created } = start();
    workspace.file('a/b/one.md').file('a/dist/x.js').file('a/node_modules/x/y.js');
    created('a', 'a/b', 'a/b/one.md');
    await delay(MOMENT * 6);
    assert.deepEqual(told, []);
  });

  it('is silent after its end', async () => {
    const { workspace, told, created, overlooked } = start();
    workspace.file('a/b/one.md');
    created('a');
    overlooked.dispose();
    await delay(MOMENT * 6);
    assert.deepEqual(told, []);
  });
});
