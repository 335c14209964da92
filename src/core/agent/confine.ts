/** Keeps tools inside the workspace folder: by the canonical path, so that `..`, absolute paths and links all count. */
import type { FileSystem } from '../ports';
import { isInside, joinPath, normalizePath, relativePath } from '../util/path';
import { ToolRefusal } from './tool';

/**
 * Folders that no tool writes: version control, the editor's settings, and what stands above the agent (specs,
 * approvals, hooks, steering). At any depth: a nested folder may be opened as a workspace, too.
 */
const PROTECTED = new Set(['.git', '.kiro', '.vscode', '.earshot']);
const PROTECTED_FILES = new Set(['.gitmodules', '.gitattributes', '.kiroignore']);

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
  for (const place of await linkedPlaces(files, root)) {
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

/** The protected folder or file that a relative path goes through or names. */
function protectedPart(relative: string): string | undefined {
  const segments = relative.split(/[\\/]/).map(plainName);
  const last = segments.at(-1) ?? '';
  return segments.find((segment) => PROTECTED.has(segment)) ?? (PROTECTED_FILES.has(last) ? last : undefined);
}

/**
 * What the most lenient disk takes a name for: letter case and invisible characters do not count (macOS), nor
 * do trailing dots and spaces, nor what follows a colon (a stream of the same file on Windows).
 */
function plainName(segment: string): string {
  return segment
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');
}

/** Where links in `.kiro` lead: teams keep specs elsewhere in the repository, and they are no less theirs there. */
async function linkedPlaces(files: FileSystem, root: string): Promise<readonly string[]> {
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

function climbs(path: string): boolean {
  let depth = 0;
  for (const part of path.replace(/\\/g, '/').split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

function refuse(path: string): never {
  throw new ToolRefusal(`${path} is outside the workspace. Only files inside it can be used.`);
}
