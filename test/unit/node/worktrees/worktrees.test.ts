import assert from 'node:assert/strict';
import { access, appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worktrees } from '../../../../src/core/tasks/run/worktrees';
import { createNodeWorktrees } from '../../../../src/node/worktrees/nodeWorktrees';
import {
  describeFolder,
  type Files,
  type GitFolder,
  makeGitFolder,
  runGit,
  writeFiles,
} from '../../../support/gitFolder';

const SILENT = { info: () => {}, warn: () => {}, error: (message: string) => assert.fail(message) };

describe('worktrees of tasks', function () {
  // Git is asked many times.
  this.timeout(60_000);
  let folder: GitFolder;
  let isAlive = true;
  let owner = 'me';
  let worktrees: Worktrees;

  async function begin(files?: Files): Promise<void> {
    isAlive = true;
    owner = 'me';
    folder = await makeGitFolder(files);
    const processes = {
      get owner() {
        return owner;
      },
      isAlive: () => isAlive,
    };
    worktrees = createNodeWorktrees({ folder: folder.own, processes, log: SILENT });
  }
  afterEach(() => folder.remove());

  it('hold the workspace as it is now, to the byte, and leave its repository alone', async () => {
    await begin({
      'lines.txt': 'a\r\nb\nc',
      '.gitattributes': '* text=auto\n*.lfs filter=lfs\n*.u16 working-tree-encoding=UTF-16\n',
      'run.sh': { run: '#!/bin/sh\n' },
      link: { link: 'lines.txt' },
      'bytes.bin': Buffer.from([0, 255, 13, 10, 0]),
      'gone.txt': 'soon gone\n',
      'folder/now-a-file': 'x',
      '.gitignore': 'out/\n',
      'tracked-though-ignored/out/kept.txt': 'kept\n',
      'ünï cödé "quoted".txt': 'ö\n',
      '.kiro/specs/s/tasks.md': '- [ ] 1 One\n',
    });
    folder.git('add', '-f', 'tracked-though-ignored/out/kept.txt');
    folder.git('commit', '-q', '-m', 'forced');
    await folder.write({
      'gone.txt': undefined,
      folder: 'a file now\n',
      'new/untracked.txt': 'new\n',
      'staged.txt': 'staged\n',
      'lines.txt': 'a\r\nb\nc\r\nedited',
      'big.lfs': 'not a pointer\r\n',
      'wide.u16': Buffer.from('\ufeffw\u00efde\n', 'utf16le'),
    });
    folder.git('add', 'staged.txt');
    const [files, repository] = [
      await describeFolder(folder.top),
      await describeFolder(join(folder.top, '.git'), true),
    ];
    const store = await worktrees.open(folder.top, 'run');
    const { root } = await store.take('1');
    assert.deepEqual(await describeFolder(root), files);
    assert.match(runGit(root, 'log', '--oneline'), /forced/);
    assert.doesNotMatch(runGit(root, 'status', '--porcelain'), /\?\?/);
    await store.close();
    assert.deepEqual(await describeFolder(join(folder.top, '.git'), true), repository);
    assert.deepEqual(await describeFolder(folder.own), {});
  });

  it('run nothing that the repository brings, and nothing of what an agent plants in a worktree', async () => {
    await begin({ 'a.x': 'one\n', '.gitattributes': '*.x filter=evil diff=evil merge=evil\n' });
    const mark = join(folder.own, '..', 'ran');
    const plant = async (top: string) => {
      const script = join(top, '.git', 'evil.sh');
      await writeFile(script, `#!/bin/sh\necho "$0" >> ${mark}\ncat\n`, { mode: 0o755 });
      const settings = `
[core]
  fsmonitor = ${script}
  sshCommand = ${script}
  pager = ${script}
  editor = ${script}
[filter "evil"]
  clean = ${script}
  smudge = ${script}
  process = ${script}
[diff]
  external = ${script}
[diff "evil"]
  command = ${script}
  textconv = ${script}
[merge "evil"]
  driver = ${script}
`;
      await appendFile(join(top, '.git', 'config'), settings);
      await mkdir(join(top, '.git', 'hooks'), { recursive: true });
      for (const hook of [
        'post-checkout',
        'pre-commit',
        'post-index-change',
        'reference-transaction',
        'post-merge',
      ])
        await writeFile(join(top, '.git', 'hooks', hook), `#!/bin/sh\necho ${hook} >> ${mark}\n`, {
          mode: 0o755,
        });
    };
    await plant(folder.top);
    const store = await worktrees.open(folder.top, 'run');
    const worktree = await store.take('1');
    await plant(worktree.root);
    await writeFiles(worktree.root, { 'a.x': 'two\n', 'b.x': 'new\n' });
    await folder.write({ 'a.x': 'zero\none\n' });
    const [ours, theirs] = [await store.snapshot(), await store.capture(worktree)];
    const merged = await store.merge(worktree.base, ours, theirs);
    await store.show(worktree, merged.tree);
    await store.apply(ours, merged.tree);
    await assert.rejects(access(mark));
    assert.equal(await readFile(join(folder.top, 'b.x'), 'utf8'), 'new\n');
  });

  it('tell what a copy takes, without what is linked into it, and count no further than to what is allowed', async () => {
    await begin({ '.gitignore': 'node_modules/\n', 'a.txt': '12345', 'b/c.txt': '123', gone: 'x' });
    await folder.write({ 'new.txt': '12', gone: undefined, 'node_modules/dep/index.js': 'x'.repeat(1000) });
    const store = await worktrees.open(folder.top, 'run');
    const size = (files: number, bytes: number) => store.size({ files, bytes });
    assert.deepEqual(await size(100, 1000), { files: 4, bytes: 5 + 3 + 2 + 'node_modules/\n'.length });
    assert.deepEqual(await size(3, 1000), { files: 4, bytes: 0 });
    await store.close();
  });

  it('find dependencies and small ignored files, and bring none of them back', async () => {
    await begin({
      '.gitignore': 'node_modules/\n.env\ndist/\n',
      'packages/lib/package.json': '{"name":"lib"}',
      'packages/lib/index.js': 'module.exports = 1;\n',
    });
    await folder.write({
      'node_modules/dep/index.js': 'module.exports = "dep";\n',
      'node_modules/lib': { link: '../packages/lib' },
      'packages/lib/node_modules/inner/index.js': 'module.exports = "inner";\n',
      '.env': 'A=1\n',
      'dist/built.js': 'built\n',
    });
    const before = await describeFolder(folder.top);
    const store = await worktrees.open(folder.top, 'run');
    const worktree = await store.take('1');
    const at = (path: string) => readFile(join(worktree.root, path), 'utf8');
    assert.equal(await at('node_modules/dep/index.js'), 'module.exports = "dep";\n');
    assert.equal(await at('packages/lib/node_modules/inner/index.js'), 'module.exports = "inner";\n');
    assert.equal(await at('.env'), 'A=1\n');
    // A package of the workspace is that of the worktree, and what is built here is not what is built there.
    await writeFiles(worktree.root, {
      'packages/lib/index.js': '2\n',
      'dist/built.js': 'again\n',
      '.env': 'A=2\n',
    });
    assert.equal(await at('node_modules/lib/index.js'), '2\n');
    assert.equal(runGit(worktree.root, 'status', '--porcelain').trim(), 'M packages/lib/index.js');
    const theirs = await store.capture(worktree);
    assert.deepEqual(
      (await store.changes(worktree.base, theirs)).map(({ path }) => path),
      ['packages/lib/index.js'],
    );
    assert.deepEqual(await store.apply(worktree.base, theirs), []);
    assert.deepEqual(await describeFolder(folder.top), { ...before, 'packages/lib/index.js': '"2\\n"' });
  });

  it('hold submodules and repositories within, also one without a commit, and take their changes back', async () => {
    await begin();
    const other = await makeGitFolder({ 'sub.txt': 'sub\n' });
    folder.git('submodule', 'add', '-q', other.top, 'module');
    await folder.write({ 'inner/fresh.txt': 'fresh\n', 'module/untracked.txt': 'u\n' });
    runGit(join(folder.top, 'inner'), 'init', '-q');
    const before = await describeFolder(folder.top, true);
    const store = await worktrees.open(folder.top, 'run');
    const worktree = await store.take('1');
    assert.deepEqual(await describeFolder(worktree.root), await describeFolder(folder.top));
    await writeFiles(worktree.root, {
      'module/sub.txt': 'changed\n',
      'inner/fresh.txt': undefined,
      'mine/x': 'x',
    });
    runGit(join(worktree.root, 'mine'), 'init', '-q');
    const theirs = await store.capture(worktree);
    await store.apply(worktree.base, theirs);
    const { 'inner/fresh.txt': _, ...rest } = before;
    assert.deepEqual(await describeFolder(folder.top, true), {
      ...rest,
      'module/sub.txt': '"changed\\n"',
      'mine/x': '"x"',
    });
    await other.remove();
  });

  it('stand for a workspace folder below the top of its repository', async () => {
    await begin({
      'shared/s.txt': 's\n',
      'packages/a/a.txt': 'a\n',
      'packages/a/.kiro/specs/x/tasks.md': 't\n',
    });
    const store = await worktrees.open(join(folder.top, 'packages/a'), 'run');
    const worktree = await store.take('1');
    assert.equal(await readFile(join(worktree.root, 'a.txt'), 'utf8'), 'a\n');
    await writeFiles(worktree.root, {
      'b.txt': 'b\n',
      '../../shared/s.txt': 'S\n',
      '.kiro/specs/x/tasks.md': 'mine\n',
    });
    const [ours, theirs] = [await store.snapshot(), await store.capture(worktree)];
    const { tree } = await store.merge(worktree.base, ours, theirs);
    assert.deepEqual(
      (await store.changes(ours, tree)).map(({ path }) => path),
      ['b.txt', '../../shared/s.txt'],
    );
    assert.equal(await store.read(tree, 'b.txt'), 'b\n');
    assert.deepEqual(await store.apply(ours, tree), []);
    assert.equal(await readFile(join(folder.top, 'packages/a/.kiro/specs/x/tasks.md'), 'utf8'), 't\n');
    assert.equal(await readFile(join(folder.top, 'shared/s.txt'), 'utf8'), 'S\n');
  });

  /** Two branches that changed one file, each its own way. */
  async function diverge({ git, write }: GitFolder): Promise<void> {
    git('checkout', '-q', '-b', 'other');
    await write({ 'a.txt': 'other\n' });
    git('commit', '-q', '-am', 'other');
    git('checkout', '-q', 'main');
    await write({ 'a.txt': 'main\n' });
    git('commit', '-q', '-am', 'main');
  }

  const REFUSED: readonly (readonly [string, RegExp, (folder: GitFolder) => Promise<string>])[] = [
    [
      'no repository',
      /is in no Git repository/,
      async ({ own }) => mkdir(own, { recursive: true }).then(() => own),
    ],
    [
      'a merge that is not finished',
      /a merge is not finished/,
      async (given) => {
        await diverge(given);
        assert.throws(() => given.git('merge', 'other'));
        return given.top;
      },
    ],
    [
      'a rebase that is not finished',
      /a rebase is not finished/,
      async (given) => {
        await diverge(given);
        assert.throws(() => given.git('rebase', 'other'));
        return given.top;
      },
    ],
    [
      'a folder that its repository ignores',
      /ignores/,
      async ({ top, write }) => {
        await write({ '.gitignore': 'private\n', 'private/x': 'x' });
        return join(top, 'private');
      },
    ],
  ];
  for (const [what, message, make] of REFUSED) {
    it(`are refused with the reason: ${what}`, async () => {
      await begin();
      await assert.rejects(worktrees.open(await make(folder), 'run'), { name: 'ActError', message });
    });
  }

  it('can be had beside a lock that git left behind, which stays', async () => {
    await begin();
    await folder.write({ '.git/index.lock': '', 'b.txt': 'new\n' });
    const store = await worktrees.open(folder.top, 'run');
    const { root } = await store.take('1');
    assert.deepEqual(await describeFolder(root), { 'a.txt': '"one\\n"', 'b.txt': '"new\\n"' });
    await store.close();
    await access(join(folder.top, '.git/index.lock'));
  });

  it('can be had before the first commit', async () => {
    await begin();
    const fresh = join(folder.own, '..', 'fresh');
    await writeFiles(fresh, { 'a.txt': 'one\n' });
    runGit(fresh, 'init', '-q');
    const { root } = await (await worktrees.open(fresh, 'run')).take('1');
    assert.deepEqual(await describeFolder(root), { 'a.txt': '"one\\n"' });
  });

  it('go with any other run that begins, and not with one that is gone on with', async () => {
    await begin();
    const left = await worktrees.open(folder.top, 'stopped');
    const { root } = await left.take('1');
    await left.leave();
    await worktrees.settle(folder.top);
    await worktrees.settle(folder.top, 'stopped');
    await access(root);
    await worktrees.settle(folder.top, 'next');
    await assert.rejects(access(root));
  });

  it('are found again by the run that made them, and go with another run once nobody works in them', async () => {
    await begin();
    const store = await worktrees.open(folder.top, 'run');
    const first = await store.take('1');
    await writeFiles(first.root, { 'work.txt': 'half\n' });
    await worktrees.open(folder.top, 'beside');
    await store.leave();
    const again = await (await worktrees.open(folder.top, 'run')).take('1');
    assert.deepEqual([first.isFresh, again], [true, { ...first, isFresh: false }]);
    assert.equal(await readFile(join(again.root, 'work.txt'), 'utf8'), 'half\n');
    owner = 'another process';
    await worktrees.open(folder.top, 'other');
    await access(first.root);
    isAlive = false;
    await worktrees.open(folder.top, 'third');
    await assert.rejects(access(first.root));
  });
});
