/**
 * The tree of a workspace in which a few files are not as the index has them. It is made without git, and the index stays
 * as it is: to read and write it, twice, is most of what a checkpoint costs that is taken after a small change.
 */
import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeEntry } from './compare';
import { eachEntry, entryAt, type IndexEntry, type IndexFolder, treesIn } from './indexFile';
import { type GitObject, objectOf, writeObject } from './looseObject';
import { parentOf, placeOf } from './names';
import type { Scan } from './scan';
import type { Store } from './store';

/** They are read each time until the index follows. */
const FEW = 64;
const SMALL = 2_000_000;

/**
 * @param last The tree of the index
 * @returns undefined where it is not that simple, and git has to do it
 */
export async function treeNear(
  store: Store,
  last: string,
  { changed, gone, bytes, isHidden }: Scan,
): Promise<string | undefined> {
  if (isHidden || bytes > SMALL || changed.length + gone.length > FEW) return undefined;
  if (!(await tellsModes(store))) return undefined;
  const file = await readFile(join(store.folder, 'index')).catch(() => undefined);
  const coming = new Map<string, TreeEntry | undefined>(gone.map((name) => [name, undefined]));
  const folders = new Set([...changed, ...gone].flatMap(foldersAbove));
  const entries = file && entriesIn(file, folders);
  if (!entries || entries.root.id !== last) return undefined;
  const read = await Promise.all(changed.map((name) => readEntry(store, name)));
  for (const [at, name] of changed.entries()) {
    const entry = read[at];
    if (entry === 'unreadable') return undefined;
    coming.set(name, entry);
  }
  const trees = treesOf(entries, coming);
  await Promise.all((trees ?? []).map((tree) => writeObject(store.folder, tree)));
  return trees?.at(-1)?.id;
}

/** Where the disk does not tell programs and links from other files, git goes by what it knows of before. */
async function tellsModes({ folder }: Store): Promise<boolean> {
  const config = await readFile(join(folder, 'config'), 'utf8').catch(() => '');
  return /^\s*filemode = true$/m.test(config) && !/^\s*symlinks = false$/m.test(config);
}

function foldersAbove(name: string): string[] {
  const parent = parentOf(name);
  return parent === '' ? [''] : [parent, ...foldersAbove(parent)];
}

interface Known {
  readonly root: IndexFolder;
  /** By folder: what lies in it, of those asked for. */
  readonly files: ReadonlyMap<string, readonly IndexEntry[]>;
}

function entriesIn(file: Buffer, folders: ReadonlySet<string>): Known | undefined {
  const files = new Map<string, IndexEntry[]>([...folders].map((folder) => [folder, []]));
  let isMerged = true;
  const end = eachEntry(file, (path, at) => {
    const found = files.get(parentOf(path));
    if (!found) return;
    const entry = entryAt(file, path, at);
    if (entry.stage !== 0) isMerged = false;
    found.push(entry);
  });
  const root = end === undefined ? undefined : treesIn(file, end);
  return root && isMerged ? { root, files } : undefined;
}

/** Undefined: it is not there. */
async function readEntry(
  { folder, workTree }: Store,
  name: string,
): Promise<TreeEntry | 'unreadable' | undefined> {
  const place = placeOf(workTree, name);
  const stats = await lstat(place).catch(() => undefined);
  if (!stats) return undefined;
  const isLink = stats.isSymbolicLink();
  if (!isLink && !stats.isFile()) return 'unreadable';
  const content = await (isLink ? readlink(place, { encoding: 'buffer' }) : readFile(place)).catch(
    () => undefined,
  );
  if (!content) return 'unreadable';
  const mode = isLink ? '120000' : stats.mode & 0o100 ? '100755' : '100644';
  const blob = objectOf('blob', content);
  await writeObject(folder, blob);
  return { mode, id: blob.id };
}

/** Those that differ, the one of all last. Undefined where a file and a folder are of one name. */
function treesOf(
  { root, files }: Known,
  coming: ReadonlyMap<string, TreeEntry | undefined>,
): readonly GitObject[] | undefined {
  const trees: GitObject[] = [];
  let isClear = true;

  function filesIn(folder: string): Map<string, TreeEntry> {
    const entries = new Map<string, TreeEntry>();
    for (const { path, mode, id } of files.get(folder) ?? [])
      entries.set(nameOf(path), { mode: mode.toString(8), id });
    for (const [path, entry] of coming) {
      if (parentOf(path) !== folder) continue;
      if (entry) entries.set(nameOf(path), entry);
      else entries.delete(nameOf(path));
    }
    return entries;
  }

  /** A folder with nothing in it is none. */
  function foldersIn(folder: string, known: IndexFolder['folders']): Map<string, TreeEntry> {
    const entries = new Map<string, TreeEntry>();
    for (const [name, { id }] of known) entries.set(name, { mode: TREE, id });
    for (const path of files.keys()) {
      if (path === '' || parentOf(path) !== folder) continue;
      const id = add(path, known.get(nameOf(path))?.folders);
      if (id === undefined) entries.delete(nameOf(path));
      else entries.set(nameOf(path), { mode: TREE, id });
    }
    return entries;
  }

  function add(folder: string, known: IndexFolder['folders'] = new Map()): string | undefined {
    const inFiles = filesIn(folder);
    const inFolders = foldersIn(folder, known);
    if ([...inFiles.keys()].some((name) => inFolders.has(name))) isClear = false;
    if (inFiles.size + inFolders.size === 0 && folder !== '') return undefined;
    const tree = objectOf('tree', contentOf([...inFiles, ...inFolders]));
    trees.push(tree);
    return tree.id;
  }

  add('', root.folders);
  return isClear ? trees : undefined;
}

const TREE = '40000';

/** A folder has its place as if its name ended with a slash. */
function contentOf(entries: readonly (readonly [name: string, TreeEntry])[]): Buffer {
  const key = ([name, { mode }]: readonly [string, TreeEntry]) => (mode === TREE ? `${name}/` : name);
  const sorted = [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return Buffer.concat(
    sorted.flatMap(([name, { mode, id }]) => [
      Buffer.from(`${mode} ${name}\0`, 'latin1'),
      Buffer.from(id, 'hex'),
    ]),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
