/** Packs the extension as users get it. The packaging tool wants a newer Node than the project: the host's is used. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installHost } from './host/install';
import { repoRoot } from './host/paths';
import { run } from './host/processes';
import { hostKind } from './host/runHostTests';

/** Builds, packs, and gives the path of the `.vsix`. */
export async function packageVsix(): Promise<string> {
  const node = hostKind() === 'server' ? (await installHost()).node : process.execPath;
  const vsix = join(repoRoot, 'test-results', 'earshot.vsix');
  mkdirSync(join(repoRoot, 'test-results'), { recursive: true });
  await run(process.execPath, ['esbuild.mjs', '--minify'], { cwd: repoRoot });
  const vsce = join(repoRoot, 'node_modules/@vscode/vsce/vsce');
  await run(node, [vsce, 'package', '--no-dependencies', '--skip-license', '--out', vsix], { cwd: repoRoot });
  return vsix;
}

if (require.main === module) {
  packageVsix().then(console.log, (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
