/** The workspace's files, as a tool or a hook looks at them: not version control, not what was installed or built. */
import type { FileSystem } from '../ports';
import { joinPath } from '../util/path';

const SKIPPED = new Set(['.git', 'node_modules', '.venv', '__pycache__', 'target', 'dist', 'build', '.next']);

/**
 * Paths relative to `root`, level by level in order of name; stops at `limit` files. Links are not followed, and
 * a folder that must not be read (a database's, owned by another user) counts as empty.
 */
export async function walkFiles(
  files: FileSystem,
  root: string,
  limit: number,
  skipped: ReadonlySet<string> = SKIPPED,
): Promise<{ paths: string[]; whole: boolean }> {
  const paths: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of await files.list(joinPath(root, folder)).catch(() => [])) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.kind === 'folder' && !skipped.has(entry.name)) folders.push(path);
      if (entry.kind !== 'file') continue;
      if (paths.length >= limit) return { paths, whole: false };
      paths.push(path);
    }
  }
  return { paths, whole: true };
}
