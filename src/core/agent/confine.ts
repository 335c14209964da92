/** Keeps tools inside the workspace folder: by the canonical path, so that `..`, absolute paths and links all count. */
import type { FileSystem } from '../ports';
import { isInside, joinPath, normalizePath, relativePath } from '../util/path';
import { ToolRefusal } from './tool';

/**
 * Folders that no tool writes: version control, the editor's settings, and what stands above the agent (specs,
 * approvals, hooks, steering). Matched without case, at any depth: a case-blind disk must not open them.
 */
const PROTECTED = new Set(['.git', '.kiro', '.vscode', '.earshot']);
const PROTECTED_FILES = new Set(['.gitmodules', '.gitattributes', '.kiroignore']);

/** The canonical absolute path of what the model named, or a refusal that tells it why. */
export async function confine(files: FileSystem, root: string, path: string): Promise<string> {
  if (path.includes('\0')) throw new ToolRefusal('The path contains a NUL character.');
  const isAbsolute = path.startsWith('/') || /^[a-zA-Z]:[\\/]/.test(path);
  const lexical = isAbsolute ? normalizePath(path) : joinPath(root, climbs(path) ? refuse(path) : path);
  const [realRoot, real] = await Promise.all([files.realPath(root), files.realPath(lexical)]);
  if (!isInside(realRoot, real)) refuse(path);
  return joinPath(root, relativePath(realRoot, real) ?? '');
}

/** As `confine`, and refuses what only a person may change. */
export async function confineWrite(files: FileSystem, root: string, path: string): Promise<string> {
  const real = await confine(files, root, path);
  const segments = (relativePath(root, real) ?? '').toLowerCase().split('/');
  const last = segments.at(-1) ?? '';
  // Windows drops trailing dots and spaces of a name: `.git.` is `.git` there.
  const hit = segments.find((segment) => PROTECTED.has(segment.replace(/[. ]+$/, '')));
  if (hit || PROTECTED_FILES.has(last)) {
    throw new ToolRefusal(`${path} is protected: only the person changes ${hit ?? last}. Do the task without it.`);
  }
  if (real === root) throw new ToolRefusal(`${path} is the workspace folder itself.`);
  return real;
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
