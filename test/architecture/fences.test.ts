/** Each fence holds for the whole tree, and fails when it is crossed: a trespass is planted and must be found. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { importsOf, trespasses } from './importRules';

const root = join(__dirname, '../..');
const src = join(root, 'src');

function sources(folder = src): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

describe('fences', () => {
  it('nobody in src imports what their folder may not', () => {
    const found = sources().flatMap((file) =>
      trespasses(file, importsOf(readFileSync(join(root, file), 'utf8'))),
    );
    assert.deepEqual(found, []);
  });

  const crossings: readonly (readonly [file: string, line: string])[] = [
    ['src/core/x.ts', "import * as vscode from 'vscode';"],
    ['src/core/x.ts', "import { readFile } from 'node:fs/promises';"],
    ['src/core/x.ts', "import Anthropic from '@anthropic-ai/sdk';"],
    ['src/core/x.ts', "import { nodeClock } from '../node/nodePorts';"],
    ['src/core/agent/x.ts', "export { x } from '../../vscode/host';"],
    ['src/protocol/x.ts', "import { joinPath } from '../core/util/path';"],
    ['src/node/x.ts', "import * as vscode from 'vscode';"],
    ['src/node/x.ts', "import { x } from '../vscode/manifest';"],
    ['src/vscode/features/hooks/x.ts', "import { reviewModel } from '../review/reviewModel';"],
    ['src/vscode/x.ts', "import { x } from '../webview/review/main';"],
    ['src/webview/review/x.tsx', "import { joinPath } from '../../core/util/path';"],
    ['src/webview/review/x.tsx', "import { readFile } from 'node:fs';"],
    ['src/webview/review/x.tsx', "import { Agent } from '../agent/main';"],
    ['src/cli/x.ts', "import { Host } from '../vscode/host';"],
    ['src/cli/x.ts', "import * as vscode from 'vscode';"],
    ['src/core/x.ts', "import { createTestPorts } from '../../test/support/testPorts';"],
    ['src/core/x.ts', "const fs = await import('node:fs');"],
    ['src/core/x.ts', "const fs = require('fs');"],
  ];
  for (const [file, line] of crossings) {
    it(`finds ${line} in ${file}`, () => {
      assert.equal(trespasses(file, importsOf(line)).length, 1);
    });
  }

  it('a page takes the focus by the one function that never takes it from the rest of the window', () => {
    const takes = (text: string) => /\.focus\(/.test(text.replaceAll('roving.focus(', ''));
    assert.ok(takes('box.current?.focus()'));
    const found = sources(join(src, 'webview')).filter((file) =>
      takes(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(found, ['src/webview/shared/focus.ts']);
  });

  it('the compiler knows neither Node, nor the DOM, nor VS Code in the core', () => {
    const lines = [
      'process.exit()',
      'setTimeout(() => {}, 1)',
      'document.title',
      'Buffer.from("")',
      "fetch('')",
    ];
    const said = compileInCore([...lines, '1'].map((line) => `export const x = ${line};\n`));
    const refused = new Set(
      [...said.matchAll(/(\d+)\.ts\(\d+,\d+\): error TS/g)].map(([, file]) => Number(file)),
    );
    assert.deepEqual([...refused].sort(), [0, 1, 2, 3, 4], said);
  }).timeout(60_000);

  it('the bundler finds no host in the core', async () => {
    const { metafile } = await build({
      entryPoints: [join(src, 'core/index.ts')],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    const own = inputs.filter((file) => !file.startsWith('node_modules/') && !file.startsWith('src/core/'));
    assert.deepEqual(own, []);
    const packages = new Set(
      inputs.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
    );
    const allowed = ['diff', 'ignore', 'jsonc-parser', 'picomatch', 'unbash', 'yaml', 'zod'];
    assert.deepEqual([...packages].sort(), allowed);
  });

  it('a window that opens loads nothing that only working with a model needs', async () => {
    const packages = new Set((await startOf('extension')).flatMap(packageOf));
    const known = ['diff', 'jsonc-parser'];
    const more = [...packages].filter((name) => !known.includes(name));
    assert.deepEqual(more, [], 'these belong behind core/later.ts, or another `await import()`');
  });

  it('a command that starts loads nothing that only another command needs', async () => {
    const inputs = await startOf('cli/main');
    const heavy = /^src\/core\/(?:agent|ears|language|markdown|spec|trace)\//;
    const more = inputs.filter((input) => packageOf(input).length > 0 || heavy.test(input));
    assert.deepEqual(more, [], 'these belong behind an `await import()` in the command');
  });

  it('the bundler refuses Node in the core', async () => {
    const entry = { contents: "import 'node:fs';", resolveDir: join(src, 'core') };
    await assert.rejects(
      build({ stdin: entry, bundle: true, write: false, platform: 'neutral', logLevel: 'silent' }),
    );
  });

  it('the linter finds each forbidden import where it was planted, and nothing beside it', () => {
    const planted: readonly (readonly [file: string, text: string, rule?: string])[] = [
      [
        'src/core/a.ts',
        "import * as vscode from 'vscode';\nexport const x = vscode;\n",
        'noRestrictedImports',
      ],
      [
        'src/core/b.ts',
        "import { join } from 'node:path/posix';\nexport const x = join;\n",
        'noRestrictedImports',
      ],
      [
        'src/cli/a.ts',
        "import * as vscode from 'vscode';\nexport const x = vscode;\n",
        'noRestrictedImports',
      ],
      ['src/webview/a.ts', "import * as fs from 'node:fs';\nexport const x = fs;\n", 'noRestrictedImports'],
      ['src/core/c.ts', "import { d } from './d';\nexport const c = () => d;\n", 'noImportCycles'],
      ['src/core/d.ts', "import { c } from './c';\nexport const d = () => c;\n", 'noImportCycles'],
      ['src/core/e.ts', "import { c } from './c';\nexport const e = c;\n"],
    ];
    const said = lint(Object.fromEntries(planted.map(([file, text]) => [file, text])));
    for (const [file, , rule] of planted) {
      const rules = [...said.matchAll(new RegExp(`^(?:\\./)?${file}:\\S* lint/\\w+/(\\w+)`, 'gm'))];
      assert.deepEqual(
        rules.map(([, name]) => name),
        rule ? [rule] : [],
        `${file}\n${said}`,
      );
    }
  });
});

let programs: Promise<Metafile> | undefined;

/** The sources that a program loads before it does anything. */
async function startOf(entry: 'extension' | 'cli/main'): Promise<readonly string[]> {
  programs ??= bundlePrograms();
  return loadedAtOnce(await programs, `dist/${entry}.js`);
}

/** As they are built: of chunks that they share. */
async function bundlePrograms(): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: { extension: join(src, 'extension.ts'), 'cli/main': join(src, 'cli/main.ts') },
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    outdir: 'dist',
    metafile: true,
    platform: 'node',
    external: ['vscode'],
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  return metafile;
}

/** The sources of a bundle and of all that it imports statically. */
function loadedAtOnce({ outputs }: Metafile, entry: string): readonly string[] {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && path in outputs) loaded.add(path);
  }
  return [...loaded].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
}

function packageOf(input: string): readonly string[] {
  const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
  return name === undefined ? [] : [name];
}

/** What the compiler says of files of the core, which are called by their number. */
function compileInCore(texts: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-fence-'));
  try {
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `${index}.ts`), text);
    const config = { extends: join(src, 'core/tsconfig.json'), include: [join(folder, '*.ts')] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [compiler, '-p', folder, '--singleThreaded'], { encoding: 'utf8' });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What our lint configuration says of files in a tree of their own. */
function lint(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-lint-'));
  try {
    cpSync(join(root, '.biome.json'), join(folder, '.biome.json'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
