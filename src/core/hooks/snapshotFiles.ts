/** Finds what a command wrote: the files that may fire a hook, before and after it. */
import { walkFiles } from '../agent/walkFiles';
import type { FileSystem } from '../ports';
import { joinPath } from '../util/path';

/** Files looked at; beyond it a command's writes in the rest are not known as its own. */
const LIMIT = 5000;

/** Size and time of each file below the folder, by absolute path. */
export type FilesSnapshot = ReadonlyMap<string, string>;

export async function snapshotFiles(files: FileSystem, root: string): Promise<FilesSnapshot> {
  const { paths } = await walkFiles(files, root, LIMIT);
  const stamps = await Promise.all(
    paths.map(async (path) => {
      const full = joinPath(root, path);
      const stat = await files.stat(full);
      return [full, stat ? `${stat.size}:${stat.modified}` : ''] as const;
    }),
  );
  return new Map(stamps);
}

/** Paths that are new, changed or gone. */
export function changedFiles(before: FilesSnapshot, after: FilesSnapshot): readonly string[] {
  const touched = [...after].filter(([path, stamp]) => before.get(path) !== stamp).map(([path]) => path);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  return [...touched, ...gone];
}
