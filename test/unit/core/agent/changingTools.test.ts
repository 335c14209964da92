/** What the agent changes: edit_file, delete_file and move_file. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAbort } from '../../../../src/core/util/abort';
import { createNodeFiles } from '../../../../src/node/nodeFiles';
import { createMemoryFiles, type MemoryFiles } from '../../../support/memoryFiles';
import { createWorkspace } from '../../../support/workspaceBuilder';
import { type ToolUser, toolUser } from './toolHarness';

function project(files: Readonly<Record<string, string>>): ToolUser & { readonly memory: MemoryFiles } {
  const memory = createMemoryFiles({ root: '/w', files });
  return { ...toolUser(memory), memory };
}

describe('edit_file', () => {
  const edit = (oldText: string, newText: string) => ({ oldText, newText });

  it('makes several edits of the text as it was, in any order, or none', async () => {
    const { output, refusal, memory } = project({ 'a.txt': 'one two three' });
    const wrong: readonly [readonly object[], RegExp][] = [
      [[edit('one', '1'), edit('four', '4')], /oldText 2 does not occur in a\.txt\. Read the file/],
      [[edit('one', '1'), edit('t', 'T')], /oldText 2 occurs more than once .* Add lines/],
      [[edit('one two', '1'), edit('two three', '2')], /oldText 2 overlaps .* Make one edit/],
      [[edit('', '1'), edit('one', '2')], /oldText 1 is empty\. Use write_file/],
      [[], /nothing to do: give oldText/],
    ];
    for (const [edits, why] of wrong) {
      assert.match(await refusal('edit_file', { path: 'a.txt', edits }), why);
      assert.equal(memory.text('/w/a.txt'), 'one two three');
    }
    // The new text of one may be the old text of another.
    const edits = [edit('three', 'one'), edit('one', 'three')];
    assert.equal(await output('edit_file', { path: 'a.txt', edits }), 'Changed a.txt.');
    assert.equal(memory.text('/w/a.txt'), 'three two one');
    await output('edit_file', { path: 'a.txt', ...edit('two', '2') });
    assert.equal(memory.text('/w/a.txt'), 'three 2 one');
    assert.match(await refusal('edit_file', { path: 'a.txt', oldText: '2' }), /together/);
  });

  it('finds lines whatever they end with, and keeps their ends', async () => {
    const { output, memory } = project({ 'dos.txt': 'a\r\nb\r\nc\r\n', 'both.txt': 'a\nb\r\nc\n' });
    await output('edit_file', { path: 'dos.txt', ...edit('a\nb', 'x\ny\nz') });
    assert.equal(memory.text('/w/dos.txt'), 'x\r\ny\r\nz\r\nc\r\n');
    await output('edit_file', { path: 'dos.txt', ...edit('c', 'c\nd') });
    assert.equal(memory.text('/w/dos.txt'), 'x\r\ny\r\nz\r\nc\r\nd\r\n');
    await output('edit_file', { path: 'both.txt', ...edit('a\nb', 'x\ny') });
    assert.equal(memory.text('/w/both.txt'), 'x\ny\r\nc\n');
  });
});

describe('delete_file and move_file', () => {
  it('ask as writes do and show what they change', async () => {
    const { prepare, memory } = project({ 'src/a.txt': 'text' });
    const deleting = await prepare('delete_file', { path: 'src/a.txt' });
    assert.equal(deleting.question?.capability, 'write');
    assert.equal(deleting.question?.why, 'Deletes this file');
    assert.deepEqual(deleting.edit, { path: 'src/a.txt', before: 'text', after: undefined });
    const moving = await prepare('move_file', { path: 'src/a.txt', newPath: 'lib/b.txt' });
    assert.deepEqual([moving.question?.subject, moving.question?.capability], ['lib/b.txt', 'write']);
    assert.deepEqual([moving.question?.why, moving.question?.from], ['Moves src/a.txt here', 'src/a.txt']);
    assert.deepEqual(moving.edit, { path: 'lib/b.txt', from: 'src/a.txt', before: undefined, after: 'text' });
    assert.deepEqual(memory.journal, [], 'nothing happens before the answer');
  });

  it('do it, and tell of every file that changed', async () => {
    const { output, writes, memory } = project({ 'a.txt': 'A', 'b.txt': 'B' });
    assert.equal(
      await output('move_file', { path: 'a.txt', newPath: 'x/y/c.txt' }),
      'Moved a.txt to x/y/c.txt.',
    );
    assert.equal(await output('delete_file', { path: 'b.txt' }), 'Deleted b.txt.');
    assert.deepEqual(memory.snapshot(), { '/w/x/y/c.txt': 'A' });
    assert.deepEqual(writes, [
      ['/w/a.txt', undefined],
      ['/w/x/y/c.txt', 'A'],
      ['/w/b.txt', undefined],
    ]);
  });

  it('refuse what cannot be done, and say what to do', async () => {
    const files = {
      'a.txt': 'A',
      'b.txt': 'B',
      'src/c.txt': 'C',
      '.kiro/specs/x.md': 'S',
      '.kiroignore': '*.pem',
      'k.pem': 'K',
    };
    const { refusal, memory } = project(files);
    const before = memory.snapshot();
    const move = (path: string, newPath: string) => refusal('move_file', { path, newPath });
    const remove = (path: string) => refusal('delete_file', { path });
    assert.match(await remove('none.txt'), /There is no file none\.txt/);
    assert.match(await remove('src'), /is a folder\. Name a file/);
    assert.match(await remove('.kiro/specs/x.md'), /protected/);
    assert.match(await remove('../a.txt'), /outside the workspace/);
    assert.match(await remove('k.pem'), /kept from you/);
    assert.match(await move('a.txt', 'b.txt'), /already\. Choose another path/);
    assert.match(await move('a.txt', 'src'), /is a folder\. Give the whole new path/);
    assert.match(await move('a.txt', '.kiro/a.txt'), /protected/);
    assert.match(await move('.kiro/specs/x.md', 'x.md'), /protected/);
    assert.match(await move('a.txt', '/etc/a.txt'), /outside the workspace/);
    assert.match(await move('k.pem', 'k.txt'), /kept from you/);
    assert.deepEqual(memory.snapshot(), before);
  });

  it('do nothing when a file changed while the person thought', async () => {
    const { prepare, memory } = project({ 'a.txt': 'A', 'b.txt': 'B' });
    const { signal } = createAbort();
    const deleting = await prepare('delete_file', { path: 'a.txt' });
    const moving = await prepare('move_file', { path: 'b.txt', newPath: 'c.txt' });
    await memory.writeText('/w/a.txt', 'mine');
    await memory.writeText('/w/c.txt', 'mine');
    await assert.rejects(deleting.perform(signal), /a\.txt was changed by somebody else/);
    await assert.rejects(moving.perform(signal), /c\.txt was changed by somebody else/);
    assert.deepEqual(memory.snapshot(), { '/w/a.txt': 'mine', '/w/b.txt': 'B', '/w/c.txt': 'mine' });
  });

  it('keep bytes and mode of what is not text', async function () {
    if (process.platform === 'win32') this.skip();
    const workspace = createWorkspace();
    const at = (name: string) => join(workspace.native, name);
    const bytes = Buffer.from([0, 0xff, 0xe9, 1]);
    writeFileSync(at('tool.bin'), bytes);
    chmodSync(at('tool.bin'), 0o755);
    const { prepare, output } = toolUser(createNodeFiles(), workspace.root);
    const moving = await prepare('move_file', { path: 'tool.bin', newPath: 'bin/tool' });
    assert.deepEqual([moving.edit, moving.question?.from], [undefined, 'tool.bin'], 'rules judge both ends');
    await output('move_file', { path: 'tool.bin', newPath: 'bin/tool' });
    assert.deepEqual(readFileSync(at('bin/tool')), bytes);
    assert.equal(statSync(at('bin/tool')).mode & 0o777, 0o755);
    await output('delete_file', { path: 'bin/tool' });
    assert.ok(!existsSync(at('bin/tool')));
    assert.ok(!existsSync(at('tool.bin')));
  });
});
