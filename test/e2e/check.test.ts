/** `earshot check` as it is shipped: the built program, its threads and its cache, on many specs and on real ones. */
// Verifies: spec-engine#8.4
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generateSpecs } from '../bench/generateSpecs';
import { corpusRoot } from '../support/corpus';

const CLI = resolve(__dirname, '../../dist/cli.js');

describe('the built “earshot check”', function () {
  this.timeout(60_000);
  let folder: string;
  const run = (cwd: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, [CLI, 'check', ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { PATH: process.env.PATH, EARSHOT_HOME: join(folder, 'home') },
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-built-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('says the same from its cache, on several threads, and after the cache was damaged', () => {
    generateSpecs(folder, { specs: 200, requirements: 5, criteria: 3, tasks: 4 });
    const cache = join(folder, 'home/cache/check.json');
    const cold = run(folder, '--format', 'json');
    assert.equal(cold.stderr, '');
    assert.ok(JSON.parse(cold.stdout).findings.length > 10, 'there is something to say');
    assert.ok(existsSync(cache));
    assert.equal(run(folder, '--format', 'json').stdout, cold.stdout, 'warm');
    assert.equal(run(folder, '--format', 'json', '--no-cache').stdout, cold.stdout, 'without a cache');

    writeFileSync(cache, '{"program": "', 'utf8');
    assert.equal(run(folder, '--format', 'json').stdout, cold.stdout, 'with a broken cache');
  });

  it('judges anew what changed, and only by what it says now', async () => {
    generateSpecs(folder, { specs: 3, requirements: 2, criteria: 2, tasks: 2 });
    const workspace = join(folder, 'kiro');
    const name = '.kiro/specs/feature-0002/requirements.md';
    const file = join(workspace, name);
    const before = readFileSync(file, 'utf8');
    // So that their times tell that they did not change, and they are not read again.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (let round = 0; round < 2; round++) assert.ok(!run(workspace).stdout.includes('placeholder'));
    // As long as before, so that only the time of the change tells of it.
    const { mtime, atime } = statSync(file);
    const edited = before.replace(/SHALL (\w+)/, (_, verb: string) => `SHALL ${'TBD'.padEnd(verb.length)}`);
    writeFileSync(file, edited);
    utimesSync(file, atime, mtime);
    assert.equal(statSync(file).size, Buffer.byteLength(before));
    const { status, stdout } = run(workspace, '--format', 'json');
    assert.equal(status, 1);
    assert.deepEqual(
      JSON.parse(stdout)
        .findings.filter(({ rule }: { rule: string }) => rule === 'placeholder')
        .map((finding: { file: string }) => finding.file),
      [name],
    );
    writeFileSync(file, before);
    assert.ok(!run(workspace).stdout.includes('placeholder'));
  });

  it('lists what is wrong in real specs, as often as was reviewed', function () {
    const root = corpusRoot();
    if (root === undefined) {
      console.log('    no corpus here (EARSHOT_CORPUS), so this test is skipped');
      this.skip();
    }
    const golden = resolve(__dirname, '../golden/corpus-counts.json');
    const counts: Record<string, Record<string, number>> = {};
    const { findings } = JSON.parse(run(root, '.', '--format', 'json', '--rules', 'incose-full').stdout);
    for (const { file, code, rule } of findings as { file: string; code: string; rule: string }[]) {
      const name = file.split('/')[0] ?? '';
      const key = `${code} ${rule}`;
      counts[name] = { ...counts[name], [key]: (counts[name]?.[key] ?? 0) + 1 };
    }
    const sorted = Object.fromEntries(
      Object.entries(counts).map(([project, own]) => [
        project,
        Object.fromEntries(Object.entries(own).sort()),
      ]),
    );
    if (process.env.UPDATE_GOLDENS === '1')
      writeFileSync(golden, `${JSON.stringify(sorted, undefined, 2)}\n`);
    assert.ok(
      existsSync(golden),
      'the golden is missing: UPDATE_GOLDENS=1 writes it, for a person to review',
    );
    assert.deepEqual(sorted, JSON.parse(readFileSync(golden, 'utf8')));
  });

  it('writes every format over real specs', function () {
    const root = corpusRoot();
    if (root === undefined) this.skip();
    const sarif = JSON.parse(run(root, '.', '--format', 'sarif').stdout);
    assert.ok(sarif.runs[0].results.length > 100);
    assert.match(run(root, '.', '--format', 'junit').stdout, /<\/testsuites>\n$/);
    assert.match(run(root, '.', '--format', 'markdown').stdout, /^\*\*Earshot:\*\* /);
    assert.match(run(root, '.').stdout, / in \d+ specs/);
  });

  it('reads from a pipe that closes early', () => {
    generateSpecs(folder, { specs: 30, requirements: 3, criteria: 3, tasks: 2 });
    const first = execFileSync('sh', ['-c', `"${process.execPath}" "${CLI}" check | head -1`], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, EARSHOT_HOME: join(folder, 'home') },
    });
    assert.ok(first.length > 0);
  });
});
