import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repoRoot } from './paths';

/** Folder the bundled tests go to; `index.js` in it exports `run()`. */
export const bundledTests = join(repoRoot, 'dist', 'test', 'host');

/**
 * Bundles `test/host/index.ts` and each `*.test.ts` beside it to CommonJS, which is what the extension host loads.
 * `vscode` comes from the host, mocha from node_modules. Old bundles are removed, so that a deleted test is gone.
 */
export async function buildHostTests(
  from = join(repoRoot, 'test', 'host'),
  to = bundledTests,
): Promise<string> {
  const names = (await readdir(from)).filter((name) => name === 'index.ts' || name.endsWith('.test.ts'));
  await rm(to, { recursive: true, force: true });
  await build({
    absWorkingDir: repoRoot,
    entryPoints: names.map((name) => join(from, name)),
    outdir: to,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    // A package's `module` entry first: its CommonJS twin is often the one that does not bundle.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return join(to, 'index.js');
}
