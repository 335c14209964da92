import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repoRoot } from '../support/host/paths';

export const BARE_TITLE = 'Bench: Bare Loop';

const MANIFEST = {
  name: 'bench',
  publisher: 'bench',
  version: '0.0.1',
  engines: { vscode: '^1.101.0' },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
  contributes: {
    commands: [{ command: 'bench.bareLoop', title: BARE_TITLE }],
    views: { earshot: [{ id: 'bench.names', name: 'Names' }] },
  },
};

/** @returns its folder, below the one given */
export async function buildBareExtension(into: string): Promise<string> {
  const folder = join(into, 'bench');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(MANIFEST));
  await build({
    absWorkingDir: repoRoot,
    entryPoints: [join(repoRoot, 'test/bench/bareExtension.ts')],
    outfile: join(folder, 'extension.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return folder;
}
