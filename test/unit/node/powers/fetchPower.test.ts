import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAbort } from '../../../../src/core/util/abort';
import { fetchPower } from '../../../../src/node/powers/fetchPower';

describe('a power from git', () => {
  it('is fetched by real git, and gone when it is no longer needed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-test-'));
    try {
      const git = (...args: readonly string[]) =>
        execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
          cwd: folder,
        });
      git('init', '-q');
      writeFileSync(join(folder, 'POWER.md'), '---\nname: x\n---\n');
      git('add', '.');
      git('commit', '-qm', 'One');
      const fetched = await fetchPower(`file://${folder}`, createAbort().signal, ['file']);
      assert.equal(readFileSync(join(fetched.folder, 'POWER.md'), 'utf8'), '---\nname: x\n---\n');
      assert.equal(existsSync(join(fetched.folder, '.git', 'hooks')), false, 'it brings no hooks of git');
      await fetched.dispose();
      assert.equal(existsSync(fetched.folder), false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is refused from any other kind of address', async () => {
    for (const address of [
      'ext::sh -c id',
      'ext://x',
      'file:///tmp',
      'https://--upload-pack=x',
      'http://x',
      'https://a b',
    ])
      await assert.rejects(fetchPower(address, createAbort().signal), /no address that powers/, address);
  });
});
