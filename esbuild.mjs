// Builds dist/: the extension, the CLI in chunks and one bundle per webview. `--watch` rebuilds, `--minify` for release.
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
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

/** @type {Record<string, import('esbuild').BuildOptions>} */
const bundles = {
  extension: {
    ...common,
    entryPoints: { extension: 'src/extension.ts' },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    outdir: 'dist',
  },
  // In chunks, so that a command loads what it needs: the whole takes longer to read than most commands take to run.
  cli: {
    ...common,
    entryPoints: { main: 'src/cli/main.ts', checkThread: 'src/cli/check/checkThread.ts' },
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    // Some packages are CommonJS, and ask Node for its modules by `require`.
    banner: {
      js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
    },
    outdir: 'dist/cli',
  },
  webview: {
    ...common,
    entryPoints: { review: 'src/webview/review/main.tsx', agent: 'src/webview/agent/main.tsx' },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    outdir: 'dist/webview',
  },
};

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
if (!watch && !only) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/meta', { recursive: true });

for (const [name, options] of Object.entries(bundles)) {
  if (only && only !== name) continue;
  if (watch) {
    await (await esbuild.context(options)).watch();
    continue;
  }
  // A chunk has another name whenever its content changes.
  if (name === 'cli') rmSync('dist/cli', { recursive: true, force: true });
  const { metafile } = await esbuild.build(options);
  writeFileSync(`dist/meta/${name}.json`, JSON.stringify(metafile));
}
if (existsSync('dist/cli')) {
  writeFileSync('dist/cli.js', "#!/usr/bin/env node\nimport('./cli/main.mjs');\n");
  chmodSync('dist/cli.js', 0o755);
}
