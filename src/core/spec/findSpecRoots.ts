/**
 * Folders below a workspace folder that have specs of their own, as the packages of a monorepo do. Looked for within
 * bounds: a few levels down, not in what was installed or built, links not followed.
 */
import { SKIPPED_FOLDERS } from '../agent/places/walkFiles';
import type { FileSystem } from '../ports';
import { joinPath, relativePath } from '../util/path';

/** Levels below the workspace folder: `packages/group/name`. */
export const DEEPEST_ROOT = 3;
const MOST_FOLDERS = 2000;
const AT_ONCE = 16;
const LEFT_OUT: ReadonlySet<string> = new Set([...SKIPPED_FOLDERS, 'vendor', 'out', 'coverage']);

/** Sorted; without the workspace folder itself. */
export async function findSpecRoots(files: FileSystem, root: string): Promise<readonly string[]> {
  const found: string[] = [];
  let looked = 0;
  async function look(folder: string): Promise<readonly string[]> {
    const entries = await files.list(folder).catch(() => []);
    const folders = entries.filter(({ kind }) => kind === 'folder').map(({ name }) => name);
    if (folder !== root && folders.includes('.kiro')) {
      const inside = await files.list(joinPath(folder, '.kiro')).catch(() => []);
      if (inside.some(({ name }) => name === 'specs')) found.push(folder);
    }
    return folders.filter((name) => maySearch(name)).map((name) => joinPath(folder, name));
  }
  let level: readonly string[] = [root];
  for (let depth = 0; depth <= DEEPEST_ROOT && looked < MOST_FOLDERS; depth++) {
    const next: string[] = [];
    for (let at = 0; at < level.length && looked < MOST_FOLDERS; at += AT_ONCE) {
      const some = level.slice(at, at + AT_ONCE);
      looked += some.length;
      next.push(...(await Promise.all(some.map(look))).flat());
    }
    level = next;
  }
  return found.sort();
}

function maySearch(name: string): boolean {
  return !name.startsWith('.') && !LEFT_OUT.has(name);
}

/** The folder that a file below its `.kiro/specs` makes a root of specs; undefined where nobody would look for one. */
export function specRootOf(workspace: string, path: string): string | undefined {
  const end = `${path}/`.lastIndexOf('/.kiro/specs/');
  const root = end === -1 ? undefined : path.slice(0, end);
  const parts = root === undefined ? undefined : relativePath(workspace, root)?.split('/');
  if (root === workspace || parts === undefined) return undefined;
  return parts.length <= DEEPEST_ROOT && parts.every(maySearch) ? root : undefined;
}
