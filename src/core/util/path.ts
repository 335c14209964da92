/**
 * Paths in the core are absolute, with forward slashes (`/home/a/b`, `c:/a/b`); adapters translate.
 * Nothing here touches a disk: links are resolved by `FileSystem.realPath`.
 */

/** Joins and normalises: `joinPath('/a', '../b')` is `/b`. `..` never climbs above the root. */
export function joinPath(base: string, ...parts: readonly string[]): string {
  return normalizePath([base, ...parts].join('/'));
}

/** Removes `.`, `..`, doubled and trailing slashes; backslashes become slashes on a drive path only. */
export function normalizePath(path: string): string {
  const drive = /^[a-zA-Z]:/.exec(path)?.[0] ?? '';
  const rest = drive ? path.slice(drive.length).replace(/\\/g, '/') : path;
  const out: string[] = [];
  for (const part of rest.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return `${drive.toLowerCase()}/${out.join('/')}`;
}

export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Is `path` the folder itself or below it? Both normalised. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` relative to `folder`, or undefined when it is not inside. The folder itself is ''. */
export function relativePath(folder: string, path: string): string | undefined {
  if (path === folder) return '';
  return isInside(folder, path) ? path.slice(folder.length + (folder.endsWith('/') ? 0 : 1)) : undefined;
}

/** Does a relative path leave, at any step, the folder that it begins in? Backslashes count as slashes. */
export function climbs(path: string): boolean {
  let depth = 0;
  for (const part of path.replace(/\\/g, '/').split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}
