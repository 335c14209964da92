/** Paths that tools touched, as git may know them: where they really lie, if that is in the workspace. */
import { join, relative, sep } from 'node:path';
import { resolveLinks } from '../resolveLinks';
import { toRaw } from './git';

export async function touchedNames(workTree: string, paths: readonly string[]): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const path of paths) {
    const native = join(workTree, ...path.split('/'));
    // The link itself is kept, what it leads to only where that is here.
    const parent = await resolveLinks(join(native, '..')).catch(() => undefined);
    if (parent === undefined) continue;
    const way = relative(workTree, join(parent, native.slice(native.lastIndexOf(sep) + 1)));
    const parts = way.split(sep);
    if (way === '' || parts[0] === '..' || parts.some((part) => /^\.git$/i.test(part))) continue;
    names.add(toRaw(parts.join('/')));
  }
  return [...names];
}
