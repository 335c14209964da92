import { concernsPowers } from '../powers/powerPlaces';
import { isInside, joinPath } from '../util/path';

export function hooksFolder(root: string): string {
  return joinPath(root, '.kiro/hooks');
}

/** Does a change of this path, of one of its parents or of a file in it concern the hooks? */
export function concernsHooks(root: string, path: string): boolean {
  const folder = hooksFolder(root);
  return isInside(folder, path) || isInside(path, folder) || concernsPowers(joinPath(root, '.kiro'), path);
}
