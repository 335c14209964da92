/** A spec that really lies elsewhere is not moved: its folder, or one above it, is a link. */
import { ActError } from '../actError';
import type { FileSystem } from '../ports';
import { basename, joinPath, relativePath } from '../util/path';

export async function refuseOutside(files: FileSystem, root: string, path: string): Promise<void> {
  const [realRoot, real] = await Promise.all([files.realPath(root), files.realPath(path)]);
  const expected = joinPath(realRoot, relativePath(root, path) ?? '..');
  if (real !== expected)
    throw new ActError(
      'invalid',
      `“${basename(path)}” really lies at ${real}, where a link leads. Earshot leaves it there: move it by hand.`,
    );
}
