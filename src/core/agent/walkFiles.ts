/** The workspace's files, as a tool or a hook looks at them: not version control, not what was installed or built. */
import type { FileSystem } from '../ports';
import { joinPath } from '../util/path';

const SKIPPED = new Set(['.git', 'node_modules', '.venv', '__pycache__', 'target', 'dist', 'build', '.next']);

/** Paths relative to `root`, folders first visited in order of name; stops at `limit` files. Links are not followed. */
export async function walkFiles(files: FileSystem, root: string, limit: number): Promise<{ paths: string[]; whole: boolean }> {
  const paths: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of await files.list(joinPath(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.kind === 'folder' && !SKIPPED.has(entry.name)) folders.push(path);
      if (entry.kind === 'file') paths.push(path);
      if (paths.length >= limit) return { paths, whole: false };
    }
  }
  return { paths, whole: true };
}
