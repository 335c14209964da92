/** Where links in `.kiro` lead: teams keep specs elsewhere in the repository, and they are no less theirs there. */
import type { FileSystem } from '../../ports';
import { joinPath, relativePath } from '../../util/path';

export async function personsPlaces(files: FileSystem, root: string): Promise<readonly string[]> {
  const realRoot = await files.realPath(root);
  const places: string[] = [];
  for (const folder of ['.kiro', '.kiro/specs', '.kiro/steering', '.kiro/hooks']) {
    const path = joinPath(root, folder);
    const links = (await files.list(path))
      .filter(({ kind }) => kind === 'link')
      .map(({ name }) => joinPath(path, name));
    const real = await Promise.all([path, ...links].map((link) => files.realPath(link)));
    places.push(
      ...real.flatMap((place) => relativePath(realRoot, place) || []).map((place) => joinPath(root, place)),
    );
  }
  return places;
}
