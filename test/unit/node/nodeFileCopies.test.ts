import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeBack } from '../../../src/core/agent/changes/takeBack';
import { createNodeFileCopies } from '../../../src/node/nodeFileCopies';
import { createNodeFiles } from '../../../src/node/nodeFiles';
import { nodeHasher } from '../../../src/node/nodePorts';

const KINDS: Readonly<Record<string, Buffer>> = {
  'CRLF and no last line end': Buffer.from('one\r\ntwo\r\nthree'),
  'a byte order mark': Buffer.from('\uFEFFone\n'),
  'no text': Buffer.from([0, 1, 2, 255, 254, 0]),
  'no UTF-8': Buffer.from('caf\xe9\n', 'latin1'),
  nothing: Buffer.alloc(0),
  'emoji and combining marks': Buffer.from('e\u0301 👩‍👩‍👧 \u2028\n'),
};

describe('copies of files before they change', () => {
  async function place() {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-test-'));
    const store = join(folder, 'store');
    return { folder, store, file: join(folder, 'file'), copies: createNodeFileCopies(store) };
  }

  for (const [kind, bytes] of Object.entries(KINDS)) {
    it(`give back ${kind} to the byte, changed or deleted`, async () => {
      const { folder, file, copies } = await place();
      const ports = { files: createNodeFiles(), copies, hasher: nodeHasher };
      await writeFile(file, bytes);
      const kept = await copies.keep(file);
      assert.ok(kept);
      const before = kept.text === undefined ? { bytes: kept.id } : bytes.toString('utf8');
      const refuse = (after: string | undefined) =>
        takeBack(ports, folder, [{ path: 'file', before, after, kept }], { file: 'all' });
      await ports.files.writeText(file, 'by the agent\n');
      assert.deepEqual(await refuse('by the agent\n'), []);
      assert.ok((await readFile(file)).equals(bytes));
      await ports.files.remove(file);
      assert.deepEqual(await refuse(undefined), []);
      assert.ok((await readFile(file)).equals(bytes));
    });
  }

  it('keep in mind that a file may be run', async () => {
    if (process.platform === 'win32') return;
    const { file, copies } = await place();
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, 0o755);
    const kept = await copies.keep(file);
    assert.ok(kept);
    await createNodeFiles().remove(file);
    await copies.putBack(file, kept);
    assert.notEqual((await stat(file)).mode & 0o100, 0);
  });

  it('are none of what is not there, and made once of what is the same', async () => {
    const { folder, store, file, copies } = await place();
    assert.equal(await copies.keep(file), undefined);
    await writeFile(file, 'same');
    await writeFile(join(folder, 'other'), 'same');
    const [one, other] = await Promise.all([copies.keep(file), copies.keep(join(folder, 'other'))]);
    assert.equal(one?.id, other?.id);
    const names = await readdir(store, { recursive: true });
    assert.equal(names.filter((name) => name.endsWith(one?.id ?? '?')).length, 1);
  });

  it('that are damaged are not written', async () => {
    const { store, file, copies } = await place();
    await writeFile(file, 'good');
    const kept = await copies.keep(file);
    assert.ok(kept);
    await writeFile(join(store, kept.id.slice(0, 2), kept.id), 'bad');
    await writeFile(file, 'now');
    await assert.rejects(copies.putBack(file, kept));
    assert.equal(await readFile(file, 'utf8'), 'now');
  });

  it('that nobody needed for a month are deleted', async () => {
    const { store, file, copies } = await place();
    await writeFile(file, 'old');
    const old = await copies.keep(file);
    assert.ok(old);
    const copy = join(store, old.id.slice(0, 2), old.id);
    const then = new Date(Date.now() - 40 * 24 * 60 * 60_000);
    await utimes(copy, then, then);
    await writeFile(file, 'new');
    const later = createNodeFileCopies(store);
    await later.keep(file);
    while (await stat(copy).catch(() => undefined)) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(await later.keep(file), 'what is needed stays');
  });
});
