/** The editor's own ripgrep, beside a reading of each file: whatever the agent would find, it must find, too. */
import * as assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { createAbort } from '../../src/core/util/abort';
import { fromNativePath } from '../../src/node/nativePath';
import { createNodeFiles } from '../../src/node/nodeFiles';
import { createRipgrep, findRipgrep } from '../../src/node/ripgrep';
import { toolUser } from '../unit/core/agent/toolHarness';

const FILES: Readonly<Record<string, string | Buffer>> = {
  'a.ts': 'const Needle = 1;\nneedle\n',
  'deep/er/b.md': 'a NEEDLE, and a second needle\r\n',
  '.hidden/c.txt': 'needle',
  '.gitignore': 'built/\n*.log\n!keep.log\n',
  'built/d.js': 'needle',
  'e.log': 'needle',
  'keep.log': 'needle',
  '.ignore': 'a.ts\n',
  '.rgignore': 'deep\n',
  'sub/.gitignore': 'f.txt\n',
  'sub/f.txt': 'needle',
  'sub/g.txt': '-e needle $(x) "y"',
  'bytes.bin': Buffer.from([0, 1, 2, ...Buffer.from('needle')]),
  'latin.txt': Buffer.from([0xe9, 0x20, ...Buffer.from('needle')]),
};

describe('the editor’s ripgrep', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-rg-'));
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await symlink(join(folder, 'a.ts'), join(folder, 'link.ts'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('finds what reading each file finds, and nothing runs but itself', async () => {
    const program = findRipgrep(vscode.env.appRoot, {});
    assert.ok(program?.startsWith(vscode.env.appRoot), String(program));
    const [files, root] = [createNodeFiles(), fromNativePath(folder)];
    const { signal } = createAbort();
    let told = 0;
    const ripgrep = createRipgrep(() => program);
    const counting: typeof ripgrep = {
      async find(...asked) {
        const found = await ripgrep.find(...asked);
        if (found) told++;
        return found;
      },
    };
    const [slow, fast] = [toolUser(files, root), toolUser(files, root, { textSearch: counting })];
    const asked = [
      ...['needle', 'NEEDLE', '-e needle', '$(x) "y"', 'nowhere', 'a needle, and'].map((pattern) => ({
        pattern,
      })),
      { pattern: 'needle', path: 'built' },
      { pattern: 'needle', path: 'sub', glob: '*.txt' },
    ];
    for (const input of asked)
      assert.equal(
        await fast.output('search', input),
        await slow.output('search', input),
        JSON.stringify(input),
      );
    assert.equal(told, asked.length, 'each was answered by it');
    assert.equal(await ripgrep.find(root, 'größe', signal), undefined, 'letters that it folds otherwise');
    const gone = createRipgrep(() => undefined);
    assert.equal(await gone.find(root, 'needle', signal), undefined);
  });
});
