// Verifies: run-engine#3.5
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { WorktreeStore } from '../../../../src/core/tasks/run/worktrees';
import { createNodeWorktrees } from '../../../../src/node/worktrees/nodeWorktrees';
import {
  describeFolder,
  type Files,
  type GitFolder,
  makeGitFolder,
  writeFiles,
} from '../../../support/gitFolder';
import { runs } from '../../../support/soak';

const SILENT = { info: () => {}, warn: () => {}, error: (message: string) => assert.fail(message) };
const LINES = Array.from({ length: 40 }, (_, line) => `line ${line}`);
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

describe('what tasks did in worktrees', function () {
  // Git is asked many times.
  this.timeout(60_000);
  let folder: GitFolder;
  let store: WorktreeStore;
  let isAlive = true;
  const worktrees = () =>
    createNodeWorktrees({
      folder: folder.own,
      processes: { owner: isAlive ? 'me' : 'another', isAlive: () => isAlive },
      log: SILENT,
    });

  before(async () => {
    folder = await makeGitFolder({
      'shared.txt': text(LINES),
      'a.txt': 'a\n',
      'b.bin': Buffer.from([0, 1]),
      'd.txt': 'd\n',
    });
    store = await worktrees().open(folder.top, 'run');
  });
  beforeEach(async () => {
    folder.git('checkout', '-q', '-f', '.');
    folder.git('clean', '-q', '-f', '-d');
  });
  after(() => folder.remove());

  /** Two tasks begin side by side, work, and are brought in one after the other. */
  async function sideBySide(...tasks: readonly Files[]) {
    const begun = [];
    for (const [index, files] of tasks.entries())
      begun.push({ files, worktree: await store.take(String(index)) });
    const conflicts = [];
    for (const { files, worktree } of begun) {
      await writeFiles(worktree.root, files);
      const [ours, theirs] = [await store.snapshot(), await store.capture(worktree)];
      const merged = await store.merge(worktree.base, ours, theirs);
      conflicts.push(...merged.conflicts);
      assert.deepEqual(await store.apply(ours, merged.tree), []);
      await store.remove(worktree);
    }
    return conflicts;
  }

  it('are in the workspace as if they had worked one after the other', async () => {
    const edit = fc.record({
      task: fc.nat(1),
      kind: fc.constantFrom('line', 'own', 'mode', 'delete', 'link', 'bytes'),
      at: fc.nat(9),
      words: fc.string({ maxLength: 12 }).map((words) => words.replace(/[\r\n]/g, ' ')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 10 }), async (edits) => {
        folder.git('checkout', '-q', '-f', '.');
        folder.git('clean', '-q', '-f', '-d');
        const lines = [LINES, LINES].map((all) => [...all]);
        const tasks: [Record<string, Files[string]>, Record<string, Files[string]>] = [{}, {}];
        for (const { task, kind, at, words } of edits) {
          const mine = task === 0 ? tasks[0] : tasks[1];
          const own = `own-${task}/${at}`;
          // Lines of two tasks lie apart: neighbours are a conflict, and rightly.
          if (kind === 'line') (lines[task] ?? []).splice(at + task * 20, 1, `${words} by ${task}`);
          else if (kind === 'own') mine[own] = words;
          else if (kind === 'mode') mine[own] = { run: words };
          else if (kind === 'link') mine[own] = { link: 'somewhere' };
          else if (kind === 'bytes') mine[own] = Buffer.from([0, at, 13, 10]);
          else mine[task === 0 ? 'a.txt' : 'd.txt'] = undefined;
        }
        const both = lines[0]?.map((line, index) => (index < 20 ? line : (lines[1]?.[index] ?? '')));
        const files = (side: 0 | 1) =>
          edits.some(({ task, kind }) => task === side && kind === 'line')
            ? { ...tasks[side], 'shared.txt': text(lines[side] ?? []) }
            : tasks[side];
        assert.deepEqual(await sideBySide(files(0), files(1)), []);
        const parallel = await describeFolder(folder.top);
        folder.git('checkout', '-q', '-f', '.');
        folder.git('clean', '-q', '-f', '-d');
        await folder.write({ ...tasks[0], ...tasks[1], 'shared.txt': text(both ?? []) });
        assert.deepEqual(parallel, await describeFolder(folder.top));
      }),
      runs(2),
    );
  });

  it('keep what the person changed meanwhile in the same file', async () => {
    const worktree = await store.take('p');
    await folder.write({ 'shared.txt': text(['typed', ...LINES]), 'person.txt': 'mine\n' });
    await writeFiles(worktree.root, { 'shared.txt': text([...LINES, 'done']) });
    const [ours, theirs] = [await store.snapshot(), await store.capture(worktree)];
    const { tree, conflicts } = await store.merge(worktree.base, ours, theirs);
    assert.deepEqual(conflicts, []);
    assert.deepEqual(await store.apply(ours, tree), []);
    assert.equal(await readFile(join(folder.top, 'shared.txt'), 'utf8'), text(['typed', ...LINES, 'done']));
    assert.equal(await readFile(join(folder.top, 'person.txt'), 'utf8'), 'mine\n');
    await store.remove(worktree);
  });

  it('are a conflict where both changed what cannot be put together, and nothing else is', async () => {
    const first = {
      'a.txt': 'one\n',
      'b.bin': Buffer.from([0, 2]),
      'd.txt': undefined,
      'x/y': '1\n',
      'n.txt': '1\n',
      'l.txt': { link: 'd.txt' },
      'same/new.txt': 'same\n',
    };
    const second = {
      'a.txt': 'two\n',
      'b.bin': Buffer.from([0, 3]),
      'd.txt': 'two\n',
      x: '2\n',
      'n.txt': '2\n',
      'l.txt': 'two\n',
      'same/new.txt': 'same\n',
    };
    assert.deepEqual(
      Object.fromEntries((await sideBySide(first, second)).map(({ path, kind }) => [path, kind])),
      {
        'a.txt': 'lines',
        'b.bin': 'whole',
        'd.txt': 'lines',
        'l.txt': 'whole',
        'n.txt': 'lines',
        x: 'whole',
      },
    );
    // What is no conflict of lines stays as it is in the workspace.
    const { 'b.bin': bytes, 'x/y': below, 'l.txt': link } = await describeFolder(folder.top);
    assert.deepEqual([bytes, below, link], ['"\\u0000\\u0002"', '"1\\n"', '-> d.txt']);
  });

  it('are not written over what changed since it was looked at: nothing of it is', async () => {
    const worktree = await store.take('late');
    await writeFiles(worktree.root, { 'a.txt': 'task\n', 'd.txt': 'task\n', 'ignored-now.txt': 'task\n' });
    const [ours, theirs] = [await store.snapshot(), await store.capture(worktree)];
    await folder.write({ 'd.txt': 'typed just now\n', 'ignored-now.txt': 'typed\n' });
    const before = await describeFolder(folder.top);
    assert.deepEqual(await store.apply(ours, theirs), ['d.txt', 'ignored-now.txt']);
    assert.deepEqual(await describeFolder(folder.top), before);
    await store.remove(worktree);
  });

  it('are not written through a link that leads out of the repository', async () => {
    const worktree = await store.take('link');
    await writeFiles(worktree.root, { 'place/new.txt': 'task\n' });
    const [ours, theirs] = [await store.snapshot(), await store.capture(worktree)];
    await mkdir(join(folder.own, 'outside'), { recursive: true });
    await folder.write({ place: { link: join(folder.own, 'outside') } });
    assert.deepEqual(await store.apply(ours, theirs), ['place/new.txt']);
    assert.deepEqual(await describeFolder(join(folder.own, 'outside')), {});
    await store.remove(worktree);
  });

  it('are taken back where the process died in the middle, but for what the person changed since', async () => {
    const before = await describeFolder(folder.top);
    const worktree = await store.take('crash');
    await writeFiles(worktree.root, {
      'a.txt': 'task\n',
      'd.txt': 'task\n',
      'new/n.txt': 'task\n',
      'z.txt': 'task\n',
    });
    const [ours, theirs] = [await store.snapshot(), await store.capture(worktree)];
    // As far as it came: two of four, and one of them was edited after the crash.
    await writeFile(
      join(worktree.root, '..', '..', '..', 'run', 'merge.json'),
      JSON.stringify({ from: ours, to: theirs }),
    );
    await folder.write({ 'a.txt': 'task\n', 'new/n.txt': 'task\n', 'z.txt': 'typed after the crash\n' });
    isAlive = false;
    await worktrees().settle(folder.top);
    assert.deepEqual(await describeFolder(folder.top), { ...before, 'z.txt': '"typed after the crash\\n"' });
    isAlive = true;
    // It can be brought in again, as often as one likes.
    await folder.write({ 'z.txt': undefined });
    for (const _ of [1, 2]) {
      const now = await store.snapshot();
      const { tree, conflicts } = await store.merge(worktree.base, now, theirs);
      assert.deepEqual([conflicts, await store.apply(now, tree)], [[], []]);
    }
    assert.equal(await readFile(join(folder.top, 'new/n.txt'), 'utf8'), 'task\n');
    await store.remove(worktree);
  });

  it('are taken back where something stands in the way that only shows in the middle', async () => {
    const worktree = await store.take('way');
    await writeFiles(worktree.root, {
      'a.txt': 'task\n',
      'd.txt': undefined,
      out: 'a file\n',
      'z.txt': 'task\n',
    });
    const [ours, theirs] = [await store.snapshot(), await store.capture(worktree)];
    await folder.write({ '.git/info/exclude': 'out/\n', 'out/ignored.txt': 'ignored\n' });
    const before = await describeFolder(folder.top);
    assert.deepEqual(await store.apply(ours, theirs), ['out']);
    assert.deepEqual(await describeFolder(folder.top), before);
    await folder.write({ out: undefined });
    await store.remove(worktree);
  });
});
