/** Where powers lie, below `~/.kiro` or a workspace folder's `.kiro`, and what their files mean by their own place. */
import type { FileSystem } from '../ports';
import { basename, isInside, joinPath } from '../util/path';

export function powersFolder(base: string): string {
  return joinPath(base, 'powers');
}

/** Does a change of this path, of one of its parents or of a file in it concern powers? */
export function concernsPowers(base: string, path: string): boolean {
  const folder = powersFolder(base);
  if (isPowersData(base, path)) return false;
  return isInside(folder, path) || isInside(path, folder);
}

/** What powers write themselves: nothing of theirs is read from it. */
export function isPowersData(base: string, path: string): boolean {
  return isInside(joinPath(powersFolder(base), DATA_FOLDER), path);
}

const MOST_POWERS = 200;
const DATA_FOLDER = '.data';

/** The folders that may be powers; links are not followed. @param base `~/.kiro` or `.kiro` of a workspace folder */
export async function powerFolders(files: FileSystem, base: string): Promise<readonly string[]> {
  const folder = powersFolder(base);
  const entries = await files.list(folder).catch(() => []);
  return entries
    .filter(({ name, kind }) => kind === 'folder' && !name.startsWith('.'))
    .slice(0, MOST_POWERS)
    .map(({ name }) => joinPath(folder, name));
}

/** Kiro's names for the folder of a plugin and for one that it may write in, and Claude Code's for the same. */
const ROOT = /\$\{(?:CLAUDE_)?PLUGIN_ROOT\}/g;
const DATA = /\$\{(?:CLAUDE_)?PLUGIN_DATA\}/g;

export function withPlace(text: string, folder: string): string {
  // A function: `$&` in a path is no pattern.
  return text.replace(ROOT, () => folder).replace(DATA, () => dataOf(folder));
}

/** Beside the power, so that it stays when the power is installed again. */
function dataOf(folder: string): string {
  return joinPath(folder, '..', DATA_FOLDER, basename(folder));
}

/** The folder that it may write in, where it is named in anything of a configuration, as written. */
export function dataNamedIn(value: unknown, folder: string): { readonly data?: string } {
  const isNamed = new RegExp(DATA.source).test(JSON.stringify(value) ?? '');
  return isNamed ? { data: dataOf(folder) } : {};
}

/** There before anything runs that names it. What lies in it is for this machine: git leaves it alone. */
export async function makeData(files: FileSystem, data: string | undefined): Promise<void> {
  if (data === undefined || (await files.stat(data)) !== undefined) return;
  await files.writeText(joinPath(data, '.gitignore'), '*\n');
}

/** The same in every text of a configuration. */
export function withPlaceIn(value: unknown, folder: string): unknown {
  if (typeof value === 'string') return withPlace(value, folder);
  if (Array.isArray(value)) return value.map((each) => withPlaceIn(each, folder));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withPlaceIn(each, folder)]));
}
