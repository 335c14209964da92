// Builds dist/: the extension and the CLI, of chunks that they share, and one bundle per webview. `--watch` rebuilds, `--minify` for release.
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const minify = process.argv.includes('--minify');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify,
  sourcemap: minify ? false : 'linked',
  metafile: true,
  logLevel: 'warning',
  // ES modules where a package has both: they shake, and UMD's computed `require` cannot be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'none',
};

/**
 * Parts of packages that are not shipped: Mermaid's other layout (elkjs is under the EPL and 1.5 MB) and formulas in
 * labels (katex). A diagram that asks for one is shown as its source, with this reason.
 * @param {RegExp} filter @returns {import('esbuild').Plugin}
 */
function leaveOut(filter) {
  return {
    name: 'leave-out',
    setup(build) {
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'left-out' }));
      build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
        contents: `export default class {
          constructor() { throw new Error('${path} is not part of Earshot, so this kind of diagram is not drawn.'); }
        }`,
      }));
    },
  };
}

/** @type {Record<string, import('esbuild').BuildOptions>} */
const bundles = {
  // In chunks, so that a window or a command loads what it needs: most of both is there for when a model works.
  node: {
    ...common,
    entryPoints: {
      extension: 'src/extension.ts',
      'cli/main': 'src/cli/main.ts',
      'cli/checkThread': 'src/cli/check/checkThread.ts',
    },
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    external: ['vscode'],
    sourcemap: minify ? false : 'inline',
    write: false,
    outdir: 'dist',
  },
  webview: {
    ...common,
    entryPoints: {
      review: 'src/webview/review/main.tsx',
      trace: 'src/webview/trace/main.tsx',
      run: 'src/webview/run/main.tsx',
      agent: 'src/webview/agent/main.tsx',
      mcp: 'src/webview/mcp/main.tsx',
      preview: 'src/webview/preview/main.tsx',
      // Beside the preview, which loads it with the first diagram.
      diagrams: 'src/webview/preview/diagrams.ts',
    },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    plugins: [leaveOut(/^(elkjs|katex)(\/|$)/)],
    outdir: 'dist/webview',
  },
};

const OWN_URL = "const chunkUrl = require('node:url').pathToFileURL(__filename).href;";

const OWN_CHUNKS = `const { Module } = require('node:module');
  const { dirname, join } = require('node:path');
  const own = (name, run) => {
    const path = join(__dirname, '..', name);
    const chunk = Object.assign(new Module(path), { filename: path, loaded: true });
    require.cache[path] = chunk;
    run(chunk.exports, (id) => chunk.require(id), chunk, path, dirname(path));
  };`;

/**
 * A program with the small chunks that it begins with in it: to open twenty files takes longer than to read one. Chunks that
 * are loaded later find them under their own names.
 * @param {string} name @param {ReadonlyMap<string, string>} codes @param {import('esbuild').Metafile} metafile
 */
function withOwnChunks(name, codes, metafile) {
  const needed = [];
  const look = (file) => {
    if (needed.includes(file)) return;
    for (const { path, kind, external } of metafile.outputs[`dist/${file}`].imports)
      if (kind === 'import-statement' && !external) look(relative('dist', path));
    needed.push(file);
  };
  look(name);
  const own = needed
    .slice(0, -1)
    .map(
      (chunk) =>
        `own('${chunk}', (exports, require, module, __filename, __dirname) => {${codes.get(chunk)}\n});`,
    );
  return ['{', OWN_CHUNKS, ...own, '}', codes.get(name)].join('\n');
}

/**
 * esbuild splits ES modules alone, but Node starts a CommonJS program in two thirds of the time.
 * @param {readonly import('esbuild').OutputFile[]} chunks @param {import('esbuild').Metafile} metafile
 */
async function writeAsCommonJs(chunks, metafile) {
  for (const folder of ['dist/cli', 'dist/chunks']) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const codes = new Map();
  for (const { path, text } of chunks) {
    const { code } = await esbuild.transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      supported: { 'dynamic-import': false },
      define: { 'import.meta.url': 'chunkUrl' },
      ...(text.includes('import.meta.url') ? { banner: OWN_URL } : {}),
      minify,
      sourcemap: minify ? false : 'inline',
    });
    codes.set(relative('dist', path), code);
  }
  const main = 'cli/main.js';
  codes.set(main, withOwnChunks(main, codes, metafile));
  for (const [name, code] of codes) writeFileSync(join('dist', name), code);
  // A small program that the sandbox looks for beside its own code.
  cpSync('node_modules/@anthropic-ai/sandbox-runtime/vendor/seccomp', 'dist/chunks/vendor/seccomp', {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  // Node asks which kind of modules these are: an answer beside them saves it from reading the extension's long manifest.
  writeFileSync('dist/package.json', '{"type":"commonjs"}\n');
  writeFileSync('dist/cli.js', "#!/usr/bin/env node\nrequire('./cli/main.js');\n");
  chmodSync('dist/cli.js', 0o755);
}

/** @param {string} name @param {import('esbuild').BuildResult} result */
async function finish(name, { metafile, outputFiles }) {
  if (name === 'node') await writeAsCommonJs(outputFiles ?? [], metafile);
  writeFileSync(`dist/meta/${name}.json`, JSON.stringify(metafile));
}

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
if (!watch && !only) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/meta', { recursive: true });

for (const [name, options] of Object.entries(bundles)) {
  if (only && only !== name) continue;
  if (watch) {
    const plugin = { name: 'finish', setup: (build) => build.onEnd((result) => finish(name, result)) };
    await (await esbuild.context({ ...options, plugins: [plugin] })).watch();
  } else {
    await finish(name, await esbuild.build(options));
  }
}
