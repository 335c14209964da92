/** Which specs a command line names: a file, a spec's folder, a workspace, or any folder that holds some. */
import { type Dirent, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { UsageError } from '../command';
import { type NamesIn, namesIn } from './readFolder';
import { filesOf, isOfSpec, type SpecFile } from './specFiles';

/** A spec's folder, and the workspace that it belongs to. Native paths. */
export interface FoundSpec {
  readonly root: string;
  readonly path: string;
  /** What lay in it when it was found. */
  readonly files: readonly SpecFile[];
  /** Only this document; all where undefined. */
  readonly only?: string | undefined;
}

const DOCUMENTS = new Set(['requirements.md', 'bugfix.md', 'design.md', 'tasks.md']);
/** Folders in one another below the folder of specs. */
const DEEPEST = 4;
const LEFT_OUT = new Set(['node_modules', '.git', '.hg', '.svn']);

/**
 * In the order of the paths, each once: a spec that is named as a whole has its documents in it. Links are not followed.
 * Throws `UsageError` for a path that is not there.
 * @param namesOfSpec May leave out what only lies beside the files of a spec
 */
export function findSpecs(
  paths: readonly string[],
  cwd: string,
  namesOfSpec: NamesIn = namesIn,
): readonly FoundSpec[] {
  const found = paths.flatMap((given) => specsAt(resolve(cwd, given), given, namesOfSpec));
  const whole = new Set(found.filter(({ only }) => only === undefined).map(({ path }) => path));
  const once = new Map<string, FoundSpec>();
  for (const spec of found) {
    const { path, only = '' } = spec;
    const key = whole.has(path) ? path : path + sep + only;
    if (!once.has(key)) once.set(key, whole.has(path) ? { ...spec, only: undefined } : spec);
  }
  return [...once.values()];
}

function specsAt(path: string, given: string, namesOfSpec: NamesIn): readonly FoundSpec[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`There is no file or folder ${given}.`);
  const real = stat.isSymbolicLink() ? realpathSync.native(path) : path;
  if (stat.isFile()) {
    const folder = dirname(real);
    if (!DOCUMENTS.has(basename(real)))
      throw new UsageError(
        `${given} is no spec document: requirements.md, bugfix.md, design.md or tasks.md.`,
      );
    return [{ root: rootOf(folder), path: folder, files: filesOf(namesIn(folder)), only: basename(real) }];
  }
  const specs = specsFolderOf(dirname(real));
  const found: FoundSpec[] = [];
  const search = { found, namesOfSpec };
  if (specs !== undefined) addSpec(dirname(dirname(specs)), real, search);
  else if (isSpecsFolder(real)) addSpecs(real, search);
  else walk(real, search);
  return found;
}

interface Search {
  readonly found: FoundSpec[];
  readonly namesOfSpec: NamesIn;
}

/** The folder that holds `.kiro`; the spec's own where it lies elsewhere. */
function rootOf(spec: string): string {
  const specs = specsFolderOf(dirname(spec));
  return specs === undefined ? spec : dirname(dirname(specs));
}

/** The folder of specs that a folder is, or lies in: specs may stand in groups. */
function specsFolderOf(path: string): string | undefined {
  let folder = path;
  for (let level = 0; level < DEEPEST; level++, folder = dirname(folder))
    if (isSpecsFolder(folder)) return folder;
  return undefined;
}

function isSpecsFolder(path: string): boolean {
  return basename(path) === 'specs' && basename(dirname(path)) === '.kiro';
}

function walk(folder: string, search: Search): void {
  for (const entry of entriesOf(folder)) {
    if (!entry.isDirectory() || LEFT_OUT.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (isSpecsFolder(path)) addSpecs(path, search);
    else walk(path, search);
  }
}

function addSpecs(specs: string, search: Search): void {
  const root = dirname(dirname(specs));
  for (const entry of entriesOf(specs))
    if (entry.isDirectory()) addSpec(root, specs + sep + entry.name, search);
}

/** The spec in a folder, and those that lie in it: a folder that holds nothing but folders is a group. */
function addSpec(root: string, path: string, search: Search, level = 1): void {
  const names = search.namesOfSpec(path);
  const folders = names.every((name) => isOfSpec(name)) ? [] : foldersIn(path);
  const isSpec = names.some((name) => DOCUMENTS.has(name));
  if (isSpec || (level === 1 && folders.length === 0))
    search.found.push({ root, path, files: filesOf(names) });
  if (level < DEEPEST) for (const name of folders) addSpec(root, path + sep + name, search, level + 1);
}

function foldersIn(path: string): readonly string[] {
  return entriesOf(path).flatMap((entry) =>
    entry.isDirectory() && !entry.name.startsWith('.') ? entry.name : [],
  );
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that may not be read holds nothing that could be checked.
    return [];
  }
}
