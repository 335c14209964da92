/**
 * What git leaves out, brought into a worktree, so that commands find what they need there. Folders of dependencies are
 * linked, since nobody builds in them; the rest is copied as far as it is small, since what one task builds must not be
 * what another one tests. What is larger is left out: it is made again where it is needed.
 */
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { AbortSignal } from '../../core/util/abort';
import type { Ignored } from './listFiles';

const DEPENDENCIES = new Set([
  'node_modules',
  'bower_components',
  '.venv',
  'venv',
  '.yarn',
  'Pods',
  'vendor',
]);
/** Of all that is copied into one worktree. */
const MOST_FILES = 5000;
const MOST_BYTES = 100_000_000;

interface Budget {
  files: number;
  bytes: number;
}

interface Bringing {
  readonly top: string;
  readonly tree: string;
  readonly budget: Budget;
  readonly signal: AbortSignal | undefined;
}

/** @returns the paths that were brought, and those that were left out: no part of what a task did. */
export async function bringIgnored(
  top: string,
  tree: string,
  { folders, files }: Ignored,
  signal?: AbortSignal,
): Promise<{ readonly brought: readonly string[]; readonly left: readonly string[] }> {
  const bringing: Bringing = { top, tree, budget: { files: MOST_FILES, bytes: MOST_BYTES }, signal };
  const brought: string[] = [];
  const left: string[] = [];
  // The small ones first: a file of settings matters more than what was built.
  for (const path of [...files, ...folders]) {
    signal?.throwIfAborted();
    const isLinked = DEPENDENCIES.has(path.slice(path.lastIndexOf('/') + 1));
    const isThere = isLinked ? await linkFolder(bringing, path) : await copyWhole(bringing, path);
    (isThere ? brought : left).push(path);
  }
  return { brought, left };
}

/**
 * Packages of the workspace itself, which stand in it as links, must be those of the worktree: where there are such, each
 * entry is linked by itself.
 */
async function linkFolder({ top, tree }: Bringing, path: string): Promise<boolean> {
  const from = join(top, path);
  const to = join(tree, path);
  const entries = (await lstat(from)).isDirectory() ? await entriesOf(top, from) : [];
  await mkdir(dirname(to), { recursive: true });
  if (entries.every(({ own }) => own === undefined)) {
    await link(from, to, true);
    return true;
  }
  for (const { name, own, isFolder } of entries) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await link(own === undefined ? join(from, name) : join(tree, own), join(to, name), isFolder);
  }
  return true;
}

interface Entry {
  /** `name` or `@scope/name`. */
  readonly name: string;
  readonly isFolder: boolean;
  /** The place of the repository, below its top folder, that it leads to. */
  readonly own: string | undefined;
}

async function entriesOf(top: string, folder: string, scope = ''): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const entry of await readdir(join(folder, scope), { withFileTypes: true })) {
    const name = scope + entry.name;
    if (entry.isDirectory() && scope === '' && name.startsWith('@'))
      entries.push(...(await entriesOf(top, folder, `${name}/`)));
    else {
      const own = entry.isSymbolicLink() ? await placeBehind(top, folder, name) : undefined;
      entries.push({ name, own, isFolder: entry.isDirectory() || own !== undefined });
    }
  }
  return entries;
}

async function placeBehind(top: string, folder: string, name: string): Promise<string | undefined> {
  const target = resolve(dirname(join(folder, name)), await readlink(join(folder, name)));
  const inside = relative(top, target);
  const isElsewhere = !target.startsWith(folder + sep) && !inside.startsWith('..') && !isAbsolute(inside);
  return isElsewhere ? inside : undefined;
}

function link(target: string, at: string, isFolder: boolean): Promise<void> {
  // A junction needs no rights of an administrator.
  const kind = process.platform === 'win32' ? (isFolder ? 'junction' : 'file') : null;
  return symlink(target, at, kind);
}

/** Whole or not at all. */
async function copyWhole(bringing: Bringing, path: string): Promise<boolean> {
  const plan = await planCopy(bringing, path);
  if (!plan) return false;
  for (const file of plan) {
    bringing.signal?.throwIfAborted();
    const from = join(bringing.top, file);
    const to = join(bringing.tree, file);
    await mkdir(dirname(to), { recursive: true });
    if ((await lstat(from)).isSymbolicLink()) await symlink(await readlink(from, 'buffer'), to);
    else await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
  return true;
}

/** The files to copy; undefined where they are too many or cannot be read. */
async function planCopy({ top, budget }: Bringing, path: string): Promise<readonly string[] | undefined> {
  const plan: string[] = [];
  let { files, bytes } = budget;
  async function add(name: string): Promise<boolean> {
    const found = await lstat(join(top, name));
    if (found.isDirectory()) {
      for (const entry of await readdir(join(top, name)))
        if (entry !== '.git' && !(await add(`${name}/${entry}`))) return false;
      return true;
    }
    if (!found.isFile() && !found.isSymbolicLink()) return true;
    files -= 1;
    bytes -= found.size;
    plan.push(name);
    return files >= 0 && bytes >= 0;
  }
  const fits = await add(path).catch(() => false);
  if (!fits) return undefined;
  budget.files = files;
  budget.bytes = bytes;
  return plan;
}
