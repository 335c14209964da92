import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository: the folder whose package.json describes the extension. */
export const repoRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/**
 * Where downloaded editors and browsers are kept. It is git-ignored and lies outside node_modules because
 * `npm ci` would wipe it there. EARSHOT_HOST_CACHE moves it, so that several checkouts can share one.
 */
export const hostCache = resolve(process.env.EARSHOT_HOST_CACHE ?? join(repoRoot, '.vscode-host'));

/** Where screenshots and test reports go (git-ignored). */
export const resultsDir = join(repoRoot, 'test-results');

/** Full path of the first of `names` found on PATH, or undefined. */
export function onPath(...names: string[]): string | undefined {
  const dirs = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    const hit = dirs.map((dir) => join(dir, name)).find((file) => existsSync(file));
    if (hit) return hit;
  }
  return undefined;
}
