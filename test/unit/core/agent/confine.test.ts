// Feature: agent-engine, Property 7: Nothing leads out
// Verifies: agent-engine#4.1
/** Hostile paths against every tool that takes one, on a real disk with real links. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { confine } from '../../../../src/core/agent/places/confine';
import { type ToolContext, type ToolOutcome, ToolRefusal } from '../../../../src/core/agent/tool';
import { CODING_TOOLS } from '../../../../src/core/agent/tools/codingTools';
import { createAbort } from '../../../../src/core/util/abort';
import { createNodeFiles } from '../../../../src/node/nodeFiles';
import { createFakeProcesses } from '../../../support/fakeProcesses';
import { createMemoryFiles } from '../../../support/memoryFiles';
import type { Workspace } from '../../../support/workspaceBuilder';
import { ALLOWED, hostileWorkspace, OUTSIDE, PROTECTED, SECRET } from './hostilePaths';

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
    use('delete_file', { path }),
    use('move_file', { path, newPath: 'moved.txt' }),
    use('move_file', { path: 'src/a.txt', newPath: path }),
  ];

  it('refuses every path that leads out, for reading and for writing', async () => {
    const before = [contents(outside.native), contents(workspace.native)];
    for (const path of OUTSIDE.map(real)) {
      const outcomes = await Promise.all([
        ...writes(path),
        use('read_file', { path }),
        use('list_files', { path }),
        use('search', { pattern: 'secret', path }),
        use('glob', { pattern: `${path}/**` }),
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
