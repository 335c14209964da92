/** Which specs a command line names: a file, a spec's folder, a workspace, or any folder that holds some. */
import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { UsageError } from '../command';
import { SPEC_FILES, type SpecFile } from './specFiles';

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
 * Throws `UsageError` for a path that is not there, or holds no spec: a mistyped one must not pass for ever.
 * @param named Empty: the workspace, which may hold none yet
 */
export function findSpecs(
  named: readonly string[],
  cwd: string,
  workspace: () => string,
): readonly FoundSpec[] {
  const paths = named.length > 0 ? named : [workspace()];
  const found = paths.flatMap((given) => {
    const specs = specsAt(resolve(cwd, given), given);
    if (named.length > 0 && specs.length === 0) throw new UsageError(`There is no spec in ${given}.`);
    return specs;
  });
  const whole = new Set(found.filter(({ only }) => only === undefined).map(({ path }) => path));
  const once = new Map<string, FoundSpec>();
  for (const spec of found) {
    const { path, only = '' } = spec;
    const key = whole.has(path) ? path : path + sep + only;
    if (!once.has(key)) once.set(key, whole.has(path) ? { ...spec, only: undefined } : spec);
  }
  return [...once.values()];
}

function specsAt(path: string, given: string): readonly FoundSpec[] {
  // What a person names may be a link; those below it are not followed.
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`There is no file or folder ${given}.`);
  const real = lstatSync(path).isSymbolicLink() ? realpathSync.native(path) : path;
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
  if (specs !== undefined) addSpec(dirname(dirname(specs)), real, found);
  else if (isSpecsFolder(real)) addSpecs(real, found);
  else walk(real, found);
  return found;
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

function walk(folder: string, found: FoundSpec[]): void {
  for (const entry of entriesOf(folder)) {
    if (!entry.isDirectory() || LEFT_OUT.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (isSpecsFolder(path)) addSpecs(path, found);
    else walk(path, found);
  }
}

function addSpecs(specs: string, found: FoundSpec[]): void {
  const root = dirname(dirname(specs));
  for (const entry of entriesOf(specs))
    if (entry.isDirectory()) addSpec(root, specs + sep + entry.name, found);
}

/** The spec in a folder, and those that lie in it: a folder that holds nothing but folders is a group. */
function addSpec(root: string, path: string, found: FoundSpec[], level = 1): void {
  const names = namesIn(path);
  const folders = names.every((name) => isOfSpec(name)) ? [] : foldersIn(path);
  const isSpec = names.some((name) => DOCUMENTS.has(name));
  if (isSpec || (level === 1 && folders.length === 0)) found.push({ root, path, files: filesOf(names) });
  if (level < DEEPEST) for (const name of folders) addSpec(root, path + sep + name, found, level + 1);
}

/** What needs no closer look whether it is a folder: nearly always all that is in a spec. */
function isOfSpec(name: string): boolean {
  return name.startsWith('.') || (SPEC_FILES as readonly string[]).includes(name);
}

function filesOf(names: readonly string[]): readonly SpecFile[] {
  return SPEC_FILES.filter((name) => names.includes(name));
}

function foldersIn(path: string): readonly string[] {
  return entriesOf(path).flatMap((entry) =>
    entry.isDirectory() && !entry.name.startsWith('.') ? entry.name : [],
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that may not be read holds nothing that could be checked.
    return [];
  }
}
