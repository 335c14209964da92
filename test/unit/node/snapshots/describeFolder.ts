import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder: what it is, its bytes, whether it may be run. Empty folders count for nothing. */
export function describeFolder(
  folder: string,
  isLeftOut: (path: string) => boolean = () => false,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  function walk(path: string): void {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const below = path === '' ? name : `${path}/${name}`;
      if (isLeftOut(below)) continue;
      const place = join(folder, below);
      const stats = lstatSync(place);
      if (stats.isDirectory()) walk(below);
      else if (stats.isSymbolicLink()) found[below] = `link ${readlinkSync(place)}`;
      else if (stats.isFile())
        found[below] = `${(stats.mode & 0o100) === 0 ? 'file' : 'program'} ${hash(readFileSync(place))}`;
      else found[below] = 'something else';
    }
  }
  walk('');
  return found;
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

export const isGit = (path: string): boolean => path.split('/').includes('.git');
