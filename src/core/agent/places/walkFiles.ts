/** The workspace's files, as a tool or a hook looks at them: not version control, not what was installed or built. */
import type { FileSystem, FolderEntry } from '../../ports';
import { basename, joinPath } from '../../util/path';

export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  '.git',
  'node_modules',
  '.venv',
  '__pycache__',
  'target',
  'dist',
  'build',
  '.next',
]);

/**
 * Paths relative to `root`, level by level in order of name; stops at `limit` files. Links are not followed, and
 * a folder that must not be read (a database's, owned by another user) counts as empty.
 */
export async function walkFiles(
  files: FileSystem,
  root: string,
  limit: number,
  skipped: ReadonlySet<string> = SKIPPED_FOLDERS,
): Promise<{ paths: string[]; whole: boolean }> {
  const paths: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const base = folder === '' ? '' : `${folder}/`;
    const entries = await files.list(joinPath(root, folder)).catch(() => []);
    folders.push(...namesOf(entries, 'folder', base).filter((path) => !skipped.has(basename(path))));
    paths.push(...namesOf(entries, 'file', base));
    if (paths.length > limit) return { paths: paths.slice(0, limit), whole: false };
  }
  return { paths, whole: true };
}

function namesOf(
  entries: readonly FolderEntry[],
  kind: FolderEntry['kind'],
  base: string,
): readonly string[] {
  return entries.filter((entry) => entry.kind === kind).map(({ name }) => base + name);
}
