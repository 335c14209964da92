/** Keeps tools inside the workspace folder: by the canonical path, so that `..`, absolute paths and links all count. */
import type { FileSystem } from '../../ports';
import { climbs, isInside, joinPath, normalizePath, relativePath } from '../../util/path';
import { personsPlaces } from '../permissions/personsPlaces';
import { ToolRefusal } from '../turn/toolRefusal';
import { protectedPart } from './protectedPlaces';

/** The canonical absolute path of what the model named, or a refusal that tells it why. */
export async function confine(files: FileSystem, root: string, path: string): Promise<string> {
  const lexical = lexicalPath(root, path);
  const [realRoot, real] = await Promise.all([files.realPath(root), files.realPath(lexical)]);
  if (!isInside(realRoot, real)) refuse(path);
  return joinPath(root, relativePath(realRoot, real) ?? '');
}

/** As `confine`, and refuses what only a person may change. */
export async function confineWrite(files: FileSystem, root: string, path: string): Promise<string> {
  const real = await confine(files, root, path);
  const hit =
    protectedPart(relativePath(root, lexicalPath(root, path)) ?? '') ??
    protectedPart(relativePath(root, real) ?? '');
  if (hit)
    throw new ToolRefusal(`${path} is protected: only the person changes ${hit}. Do the task without it.`);
  if (real === root) throw new ToolRefusal(`${path} is the workspace folder itself.`);
  for (const place of await personsPlaces(files, root)) {
    if (isInside(place, real))
      throw new ToolRefusal(`${path} is protected: .kiro links to it. Do the task without it.`);
  }
  return real;
}

function lexicalPath(root: string, path: string): string {
  if (path.includes('\0')) throw new ToolRefusal('The path contains a NUL character.');
  const isAbsolute = path.startsWith('/') || /^[a-zA-Z]:[\\/]/.test(path);
  if (!isAbsolute && climbs(path)) refuse(path);
  return isAbsolute ? normalizePath(path) : joinPath(root, path);
}

function refuse(path: string): never {
  throw new ToolRefusal(`${path} is outside the workspace. Only files inside it can be used.`);
}
