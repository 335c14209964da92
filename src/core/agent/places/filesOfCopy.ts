/** The files of a copy of the workspace folder, in which folders of dependencies are links into the workspace. */
import type { FileSystem } from '../../ports';
import { joinPath, relativePath } from '../../util/path';

/**
 * What leads into the workspace counts as the same place of the copy, so that tools find dependencies there as they do in
 * the workspace.
 */
export function filesOfCopy(files: FileSystem, root: string, copy: string): FileSystem {
  if (root === copy) return files;
  return {
    ...files,
    async realPath(path) {
      const [real, realRoot] = await Promise.all([files.realPath(path), files.realPath(root)]);
      const inside = relativePath(realRoot, real);
      return inside === undefined ? real : joinPath(await files.realPath(copy), inside);
    },
  };
}
