/** `earshot check` as it is shipped: the built program, its threads and its cache, on many specs and on real ones. */
// Verifies: spec-engine#8.4
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { generateSpecs } from '../bench/generateSpecs';
import { corpusRoot } from '../support/corpus';

const CLI = resolve(__dirname, '../../dist/cli.js');

describe('the built “earshot check”', function () {
  this.timeout(60_000);
  let folder: string;
  const runAt = (home: string, cwd: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, [CLI, 'check', ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { PATH: process.env.PATH, EARSHOT_HOME: home },
    });
  const run = (cwd: string, ...args: readonly string[]) => runAt(join(folder, 'home'), cwd, ...args);

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

  it('says again what it said only where nothing changed', async () => {
    const spec = (name: string) => `.kiro/specs/${name}`;
    const write = (path: string, text: string) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };
    const same = () => {};
    /** In a workspace of its own each: what is done to it, and how it is asked after that. */
    const cases: Readonly<Record<string, [change: (at: string) => void, ...args: readonly string[]]>> = {
      nothing: [same],
      'another format': [same, '--format', 'markdown'],
      'other rules': [same, '--rules', 'incose-full'],
      'another dialect': [same, '--dialect', 'strict'],
      'one spec alone': [same, spec('feature-0002')],
      'one document alone': [same, `${spec('feature-0002')}/requirements.md`],
      'a new spec': [
        (at) => write(join(at, spec('late'), 'requirements.md'), '# Requirements Document\n\nTBD\n'),
      ],
      'a new document': [(at) => write(join(at, spec('feature-0002'), 'design.md'), '# Design\n\nTBD\n')],
      'a document less': [(at) => rmSync(join(at, spec('feature-0002'), 'tasks.md'))],
      'a spec renamed': [(at) => renameSync(join(at, spec('feature-0002')), join(at, spec('feature-0009')))],
      'settings of the workspace': [
        (at) =>
          write(
            join(at, '.kiro/settings/earshot.json'),
            '{"lint": {"severities": {"repeated-criterion": "error"}}}',
          ),
      ],
      'words edited': [
        (at) => {
          const file = join(at, spec('feature-0001'), 'requirements.md');
          writeFileSync(file, readFileSync(file, 'utf8').replace(/SHALL (\w+)/, 'SHALL TBD'));
        },
      ],
    };
    const places = Object.keys(cases).map((_, nth) => join(folder, String(nth)));
    for (const place of places) generateSpecs(place, { specs: 3, requirements: 2, criteria: 2, tasks: 2 });
    const settled = () => new Promise((resolve) => setTimeout(resolve, 1100));
    await settled();
    const POISON = 'what was said before\n';
    Object.values(cases).forEach(([change], nth) => {
      const [home, workspace] = ['home', 'kiro'].map((name) => join(places[nth] ?? '', name)) as [
        string,
        string,
      ];
      runAt(home, workspace);
      const file = join(home, 'cache/lastCheck.json');
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), text: POISON }));
      change(workspace);
    });
    await settled();
    Object.entries(cases).forEach(([name, [, ...args]], nth) => {
      const [home, workspace] = ['home', 'kiro'].map((each) => join(places[nth] ?? '', each)) as [
        string,
        string,
      ];
      const { stdout } = runAt(home, workspace, ...args);
      if (name === 'nothing') assert.equal(stdout, POISON, 'nothing is judged where nothing changed');
      else assert.equal(stdout, runAt(home, workspace, ...args, '--no-cache').stdout, name);
    });
    // A file of it that is broken is as good as none.
    const [home, workspace] = ['home', 'kiro'].map((each) => join(places[0] ?? '', each)) as [string, string];
    writeFileSync(join(home, 'cache/lastCheck.json'), '{"asked": ');
    assert.equal(runAt(home, workspace).stdout, runAt(home, workspace, '--no-cache').stdout);
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
