/** Archives of powers: what is plain comes out as it was, and of what is not nothing is written, wherever it would lead. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { ActError } from '../../../../src/core/actError';
import { MOST_BYTES } from '../../../../src/core/powers/archiveEntries';
import { createAbort } from '../../../../src/core/util/abort';
import { openPower } from '../../../../src/node/powers/openPower';
import { type Packed, tarOf, tgzOf, zipOf } from '../../../support/archives';
import { runs } from '../../../support/soak';

const PACKERS = { 'a.zip': zipOf, 'a.tgz': tgzOf, 'a.tar': tarOf } as const;
const POWER: Packed = { path: 'POWER.md', text: '---\nname: x\n---\nHello' };
const { signal } = createAbort();

describe('a power in an archive', () => {
  let folder: string;
  let temporary: string | undefined;

  // Each unpacks into a temporary folder of the test's own, so that all that is left can be seen.
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-test-'));
    temporary = process.env.TMPDIR;
    mkdirSync(join(folder, 'temporary'));
    process.env.TMPDIR = join(folder, 'temporary');
  });
  afterEach(() => {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (name: string, bytes: Buffer) => {
    writeFileSync(join(folder, name), bytes);
    return openPower(name, folder, signal);
  };
  const all = (at: string) =>
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(at.length + 1))
      .sort();
  const isClean = () => all(folder).filter((path) => !/^a\.\w+$/.test(path)).length === 0;

  for (const [name, pack] of Object.entries(PACKERS)) {
    it(`comes out of ${name} as it was, without the folder that all lies in, and goes`, async () => {
      const entries: readonly Packed[] = [
        { path: './', kind: 'folder' },
        { path: 'kit-main/', kind: 'folder' },
        { ...POWER, path: 'kit-main/POWER.md' },
        { path: 'kit-main/run.sh', text: '#!/bin/sh', executable: true },
        { path: 'kit-main/steering/größe.md', text: 'ä'.repeat(5000) },
      ];
      const power = await open(name, pack(name === 'a.zip' ? entries.slice(1) : entries));
      assert.deepEqual(all(power.folder), ['POWER.md', 'run.sh', 'steering/größe.md']);
      assert.equal(readFileSync(join(power.folder, 'steering/größe.md'), 'utf8'), 'ä'.repeat(5000));
      if (process.platform !== 'win32')
        assert.equal(statSync(join(power.folder, 'run.sh')).mode & 0o777, 0o755);
      await power.dispose();
      assert.ok(isClean());
    });

    const refused: readonly (readonly [what: string, entries: readonly Packed[], why: RegExp])[] = [
      ['a path that climbs', [POWER, { path: '../evil.md' }], /"\.\.\/evil\.md" leads out of it/],
      ['one that climbs further in', [POWER, { path: 'a/../../evil.md' }], /leads out/],
      ['an absolute path', [POWER, { path: '/etc/evil' }], /leads out/],
      ['a drive', [POWER, { path: 'C:/evil' }], /leads out|not every system/],
      ['a path of Windows that climbs', [POWER, { path: '..\\evil.md' }], /leads out|not every system/],
      ['a link', [POWER, { path: 'a', kind: 'symlink', target: '/etc' }], /is a link/],
      [
        'a link and a file through it',
        [
          { path: 'a', kind: 'symlink', target: '/tmp' },
          { path: 'a/b', text: 'x' },
        ],
        /is a link/,
      ],
      ['a device', [POWER, { path: 'a', kind: 'device' }], /is a link or no file/],
      ['a pipe', [POWER, { path: 'a', kind: 'fifo' }], /is a link or no file/],
      ['the same file twice', [POWER, { path: 'a' }, { path: 'a' }], /"a" is there twice/],
      ['two that differ by case alone', [POWER, { path: 'A.md' }, { path: 'a.md' }], /another spelling/],
      ['two folders that do', [POWER, { path: 'A/b' }, { path: 'a/c' }], /another spelling/],
      ['two that differ by composition', [POWER, { path: 'é' }, { path: 'e\u0301' }], /another spelling/],
      ['a file in a file', [POWER, { path: 'a' }, { path: 'a/b' }], /which is a file/],
      ['a folder that is a file', [POWER, { path: 'a/b' }, { path: 'a' }], /as a folder, too/],
      ['a name of a device', [POWER, { path: 'nul.txt' }], /not every system/],
      ['a name with a control sign', [POWER, { path: 'a\u0001b' }], /not every system/],
      ['too many', Array.from({ length: 2001 }, (_, at) => ({ path: `f${at}` })), /too much for a power/],
      ['too large', [POWER, { path: 'big', claims: MOST_BYTES + 1 }], /too much for a power/],
    ];
    for (const [what, entries, why] of refused)
      it(`is refused with ${what} in ${name}, and nothing is written`, async () => {
        await assert.rejects(open(name, pack(entries)), (error) => {
          assert.ok(error instanceof ActError, String(error));
          assert.match(error.message, why);
          return true;
        });
        assert.ok(isClean());
      });
  }

  it('comes out of a zip of Windows, where names are parted by \\, and of none that leads out by it', async () => {
    const power = await open(
      'a.zip',
      zipOf([
        { path: 'kit\\', kind: 'file' },
        { ...POWER, path: 'kit\\POWER.md' },
        { path: 'kit\\steering/deep\\a.md', text: 'x' },
      ]),
    );
    assert.deepEqual(all(power.folder), ['POWER.md', 'steering/deep/a.md']);
    await power.dispose();
    for (const path of [
      '..\\evil.md',
      'a\\..\\..\\evil.md',
      '\\evil.md',
      '\\\\host\\share\\evil.md',
      'C:\\evil.md',
      'a\\..',
      'a\\\\b',
    ])
      await assert.rejects(open('a.zip', zipOf([POWER, { path }])), /leads out of it/, path);
    for (const twice of ['a\\b.md', 'A\\b.md'])
      await assert.rejects(
        open('a.zip', zipOf([POWER, { path: 'a/b.md' }, { path: twice }])),
        /twice|another spelling/,
      );
    assert.ok(isClean());
  });

  it('is refused with a hard link in a tar', async () => {
    const entries: readonly Packed[] = [POWER, { path: 'a', kind: 'hardlink', target: '/etc/passwd' }];
    await assert.rejects(open('a.tgz', tgzOf(entries)), /is a link/);
    assert.ok(isClean());
  });

  it('is refused when it inflates to more than it says, or to far too much', async () => {
    const liar = zipOf([{ ...POWER, text: 'x'.repeat(5000), claims: 10 }]);
    await assert.rejects(open('a.zip', liar), /damaged/);
    await assert.rejects(open('a.tgz', gzipSync(Buffer.alloc(80_000_000))), /too much for a power/);
    assert.ok(isClean());
  });

  it('is refused where it is no archive, or nothing is there', async () => {
    await assert.rejects(open('a.txt', Buffer.from('hello')), /no archive that can be read/);
    await assert.rejects(openPower('none.zip', folder, signal), /There is nothing at/);
  });

  const name = fc.oneof(
    fc.constantFrom('a', 'A', 'b', '..', '.', '', 'C:', 'nul', 'é', 'e\u0301', 'x\\y', ' ', 'POWER.md', '~'),
    fc.string({ maxLength: 4 }),
  );
  const entry: fc.Arbitrary<Packed> = fc.record({
    path: fc
      .tuple(fc.boolean(), fc.array(name, { minLength: 1, maxLength: 4 }))
      .map(([isAbsolute, names]) => ((isAbsolute ? '/' : '') + names.join('/')).slice(0, 60) || 'x'),
    kind: fc.constantFrom('file', 'file', 'file', 'folder', 'symlink', 'hardlink', 'fifo' as const),
    text: fc.string({ maxLength: 20 }),
    target: fc.constantFrom('..', '/etc', 'a'),
  });

  it('is either wholly there or wholly refused, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(PACKERS) as (keyof typeof PACKERS)[])),
        fc.array(entry, { maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        async (file, entries, flips) => {
          const bytes = PACKERS[file](entries);
          for (const [at, value] of flips) bytes[at % bytes.length] = value;
          const power = await open(file, bytes).catch((error: unknown) => {
            if (!(error instanceof ActError)) throw error;
            return undefined;
          });
          if (power) {
            const written = all(power.folder).length;
            assert.ok(written <= entries.length);
            assert.ok(power.folder.startsWith(join(folder, 'temporary')));
            await power.dispose();
          }
          assert.ok(isClean(), all(folder).join(' '));
          assert.ok(!existsSync('/etc/a'));
        },
      ),
      runs(150),
    );
  });
});
