/** Hostile paths against every tool that takes one, on a real disk with real links. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { confine } from '../../../../src/core/agent/confine';
import { type ToolContext, type ToolOutcome, ToolRefusal } from '../../../../src/core/agent/tool';
import { CODING_TOOLS } from '../../../../src/core/agent/tools/codingTools';
import { createAbort } from '../../../../src/core/util/abort';
import { createNodeFiles } from '../../../../src/node/nodeFiles';
import { createFakeProcesses } from '../../../support/fakeProcesses';
import { createMemoryFiles } from '../../../support/memoryFiles';
import { createWorkspace, type Workspace } from '../../../support/workspaceBuilder';

const SECRET = 'top secret words';

/** A workspace beside a folder that is none of the agent's business. */
function hostileWorkspace(): { workspace: Workspace; outside: Workspace } {
  const outside = createWorkspace().file('secret.txt', SECRET).file('folder/secret.txt', SECRET);
  const workspace = createWorkspace()
    .file('src/a.txt', 'inside')
    .file('src/target.txt', 'inside')
    .file('.git/config', '[core]')
    .file('.vscode/settings.json', '{}')
    .file('sub/.git/config', '[core]')
    .spec('links', { tasks: '- [ ] 1. X\n' })
    .file('shared/specs/team/tasks.md', '- [ ] 1. X\n')
    .file('shared/steering/tech.md', 'Tech')
    .link('linkFile', `${outside.native}/secret.txt`)
    .link('linkFolder', outside.native)
    .link('src/deepLink', `${outside.native}/folder`)
    .link('relativeLink', `../${outside.native.split('/').at(-1)}`)
    .link('dangling', `${outside.native}/new.txt`)
    .link('danglingFolder', `${outside.native}/newFolder`)
    .link('rootLink', '/')
    .link('parent', '..')
    .link('chain', 'chain2')
    .link('chain2', 'linkFolder')
    .link('loop', 'loop')
    .link('toGit', '.git')
    .link('toSpecs', '.kiro/specs')
    .link('.kiro/specs/team', '../../shared/specs/team')
    .link('.kiro/steering', '../shared/steering')
    .link('inside.txt', 'src/target.txt')
    .link('insideFolder', 'src');
  return { workspace, outside };
}

/** Refused for reading and for writing. `OUT` stands for the folder outside, `ROOT` for the workspace. */
const OUTSIDE: readonly string[] = [
  '..',
  '../',
  '../x',
  '../../x',
  '../../../../../../etc/passwd',
  './../x',
  'src/../../x',
  'src/../../../x',
  'a/b/../../../x',
  '..//x',
  './/..//x',
  'src/./../../x',
  '..\\x',
  'src\\..\\..\\x',
  '..\\..\\windows',
  'src/..\\../x',
  '/',
  '/etc/passwd',
  '//etc/passwd',
  '/../etc/passwd',
  '/tmp',
  'C:\\Windows\\x',
  'c:/windows/x',
  'OUT',
  'OUT/secret.txt',
  'ROOT/../x',
  'ROOT/src/../../x',
  'ROOTx',
  'ROOT-other/x',
  'ROOT/linkFolder/secret.txt',
  'linkFile',
  'linkFolder',
  'linkFolder/secret.txt',
  'linkFolder/new.txt',
  'linkFolder/folder/secret.txt',
  'linkFolder/../secret.txt2/../../x',
  'src/deepLink',
  'src/deepLink/secret.txt',
  'src/deepLink/new/deep.txt',
  'relativeLink/secret.txt',
  'rootLink/etc/passwd',
  'rootLink',
  'parent/x',
  'parent',
  'chain/secret.txt',
  'chain2/secret.txt',
  'dangling',
  'danglingFolder/x',
  'insideFolder/deepLink/secret.txt',
  'x\0.txt',
  '\0',
  'src/a.txt\0.md',
  'loop',
  'loop/x',
];

/** May be read, never written: what only the person changes. */
const PROTECTED: readonly string[] = [
  '.git',
  '.git/config',
  '.git/hooks/pre-commit',
  '.GIT/config',
  '.Git/config',
  '.gIt',
  'sub/.git/config',
  'sub/.GIT/x',
  '.git./config',
  '.git /config',
  '.git. ./config',
  '.git::$INDEX_ALLOCATION/config',
  '.git:x/config',
  '.g\u200cit/config',
  '.git\u200b/config',
  '\ufeff.git/config',
  '.\u{fe0f}git/config',
  '.ｇｉｔ/config',
  '.GİT/config',
  '.kiro',
  '.kiro/specs/links/tasks.md',
  '.kiro/specs/new/requirements.md',
  '.KIRO/specs/links/tasks.md',
  '.\u212Airo/x',
  '.kiro./x',
  '.kiro /x',
  '.kiro/hooks/evil.json',
  '.kiro/settings/mcp.json',
  'packages/a/.kiro/hooks/x.json',
  './.kiro/../.kiro/x',
  'src/../.kiro/specs/links/tasks.md',
  '.kiro/specs/links/.earshot/approvals.jsonl',
  '.earshot/x',
  'src/.earshot/x',
  '.EARSHOT/x',
  'ROOT/.kiro/x',
  'ROOT/./.git/config',
  '.vscode/settings.json',
  '.VSCODE/settings.json',
  '.v\u017fcode/tasks.json',
  '.vscode/tasks.json',
  '.vscode.',
  '.gitmodules',
  '.gitattributes',
  '.GITATTRIBUTES',
  'sub/.gitattributes',
  '.kiroignore',
  '.gitattributes.',
  '.gitattributes ',
  '.kiro\\specs\\links\\tasks.md',
  '.git\\config',
  'src\\..\\.git\\config',
  'toGit/config',
  'toGit/hooks/pre-commit',
  'toSpecs/links/tasks.md',
  'toSpecs/new/tasks.md',
  '.kiro/specs/team/tasks.md',
  'shared/specs/team/tasks.md',
  'shared/steering/tech.md',
  '.kiro/steering/tech.md',
  'shared/specs/team/new.md',
];

const ALLOWED: readonly string[] = [
  'src/a.txt',
  './src/a.txt',
  'src/../src/a.txt',
  'src//a.txt',
  'ROOT/src/a.txt',
  'inside.txt',
  'insideFolder/a.txt',
  'new/deep/file.txt',
  '..foo/x',
  'a..b',
  '...',
  '.gitignore',
  '.github/workflows/ci.yml',
  'git/config',
  'kiro/x',
  '.env.example',
  'ünïcödé/文件.txt',
  'with space/x y.txt',
  'shared/other.txt',
  '.gitlab-ci.yml',
  "quote'$(x).txt",
];

const files = createNodeFiles();

describe('the tools stay inside the workspace', () => {
  const { signal } = createAbort();
  let workspace: Workspace;
  let outside: Workspace;
  let context: ToolContext;

  beforeEach(() => {
    ({ workspace, outside } = hostileWorkspace());
    context = {
      root: workspace.root,
      files,
      processes: createFakeProcesses(),
      onOutput: () => {},
      onWrite: () => {},
    };
  });

  const real = (path: string) => path.replace('ROOT', workspace.root).replace('OUT', outside.root);

  async function use(name: string, input: object): Promise<ToolOutcome> {
    const tool = CODING_TOOLS.find(({ definition }) => definition.name === name);
    assert.ok(tool);
    try {
      return await (await tool.prepare(input, context)).perform(signal);
    } catch (error) {
      assert.ok(error instanceof Error && error.message !== '', 'the model is told why');
      return { ok: false, output: error.message };
    }
  }

  const writes = (path: string) => [
    use('write_file', { path, content: 'pwned' }),
    use('edit_file', { path, oldText: 'inside', newText: 'pwned' }),
    use('edit_file', { path, oldText: 'c', newText: 'pwned' }),
  ];

  it('refuses every path that leads out, for reading and for writing', async () => {
    const before = [contents(outside.native), contents(workspace.native)];
    for (const path of OUTSIDE.map(real)) {
      const outcomes = await Promise.all([
        ...writes(path),
        use('read_file', { path }),
        use('list_files', { path }),
        use('search', { pattern: 'secret', path }),
      ]);
      for (const { ok, output } of outcomes) {
        assert.equal(ok, false, `${JSON.stringify(path)}: ${output}`);
        assert.ok(!output.includes(SECRET), JSON.stringify(path));
      }
    }
    assert.deepEqual([contents(outside.native), contents(workspace.native)], before);
    assert.ok(OUTSIDE.length >= 50);
  });

  it('refuses to write what only the person changes', async () => {
    const before = contents(workspace.native);
    for (const path of PROTECTED.map(real)) {
      for (const outcome of await Promise.all(writes(path))) {
        assert.equal(outcome.ok, false, JSON.stringify(path));
      }
      const refusal = await use('write_file', { path, content: 'pwned' });
      assert.match(refusal.output, /protected: /, JSON.stringify(path));
    }
    assert.deepEqual(contents(workspace.native), before);
  });

  it('lets everything else be written, through links that stay inside, too', async () => {
    for (const path of ALLOWED.map(real)) {
      const { ok, output } = await use('write_file', { path, content: `for ${path}` });
      assert.ok(ok, `${path}: ${output}`);
      const read = await use('read_file', { path });
      assert.equal(read.output, `1\tfor ${path}`);
    }
    assert.equal(readFileSync(join(workspace.native, 'src/target.txt'), 'utf8'), 'for inside.txt');
    assert.ok(existsSync(join(workspace.native, 'insideFolder/a.txt')));
  });

  it('does not find what links lead to when it lists or searches', async () => {
    const listed = await use('list_files', { path: '.' });
    assert.ok(!listed.output.includes('secret'));
    const found = await use('search', { pattern: SECRET });
    assert.match(found.output, /^No hit/);
  });

  it('refuses what is no ordinary file instead of waiting for it', async function () {
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [join(workspace.native, 'pipe')]);
    assert.match((await use('read_file', { path: 'pipe' })).output, /not an ordinary file/);
    assert.match((await use('write_file', { path: 'pipe', content: '' })).output, /not an ordinary file/);
    assert.match((await use('write_file', { path: 'src', content: '' })).output, /is a folder/);
    assert.match((await use('read_file', { path: 'src' })).output, /is a folder/);
  });
});

describe('a workspace folder that is itself a link', () => {
  it('is the same workspace by both names', async () => {
    const memory = createMemoryFiles({ files: { '/real/src/a.txt': 'a', '/etc/x': 'x' } });
    memory.link('/project', '/real');
    assert.equal(await confine(memory, '/project', 'src/a.txt'), '/project/src/a.txt');
    assert.equal(await confine(memory, '/project', '/real/src/a.txt'), '/project/src/a.txt');
    await assert.rejects(confine(memory, '/project', '/etc/x'), ToolRefusal);
  });
});

describe('search and list', () => {
  it('go on past files and folders that cannot be read', async () => {
    const memory = createMemoryFiles({
      files: { '/w/a.txt': 'needle', '/w/b.txt': 'needle', '/w/db/c.txt': 'needle' },
    });
    memory.fail('/w/a.txt', 'read', 'permission', 9);
    memory.fail('/w/db', 'list', 'permission', 9);
    const context = {
      root: '/w',
      files: memory,
      processes: createFakeProcesses(),
      onOutput: () => {},
      onWrite: () => {},
    };
    const outputOf = async (name: string, input: object) => {
      const tool = CODING_TOOLS.find(({ definition }) => definition.name === name);
      return (await (await tool?.prepare(input, context))?.perform(createAbort().signal))?.output;
    };
    assert.equal(await outputOf('search', { pattern: 'needle' }), 'b.txt:1: needle');
    assert.equal(await outputOf('list_files', {}), 'a.txt\nb.txt');
  });

  it('reading past the end says how long the file is', async () => {
    const memory = createMemoryFiles({ files: { '/w/a.txt': '1\n2\n3' } });
    const context = {
      root: '/w',
      files: memory,
      processes: createFakeProcesses(),
      onOutput: () => {},
      onWrite: () => {},
    };
    const [tool] = CODING_TOOLS;
    const read = async (input: object) =>
      (await (await tool?.prepare(input, context))?.perform(createAbort().signal))?.output;
    assert.equal(await read({ path: 'a.txt', startLine: 9 }), '[no such lines; the file has 3]');
    assert.equal(
      await read({ path: 'a.txt', startLine: 2, endLine: 2 }),
      '2\t2\n[1 more lines; go on with startLine 3]',
    );
  });
});

/** Path → text of every file, links not followed. */
function contents(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, `${statSync(path).size} ${readFileSync(path, 'utf8')}`] as const)
      .sort(),
  );
}
