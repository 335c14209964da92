/** Which specs a command line names: a file, a spec's folder, a workspace, or any folder that holds some. */
import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { UsageError } from '../command';

/** A spec's folder, and the workspace that it belongs to. Native paths. */
export interface FoundSpec {
  readonly root: string;
  readonly path: string;
  /** Only this document; all where undefined. */
  readonly only?: string;
}

const DOCUMENTS = new Set(['requirements.md', 'bugfix.md', 'design.md', 'tasks.md']);
const LEFT_OUT = new Set(['node_modules', '.git', '.hg', '.svn']);

/** In the order of the paths, each once. Links are not followed. Throws `UsageError` for a path that is not there. */
export function findSpecs(paths: readonly string[], cwd: string): readonly FoundSpec[] {
  const found = new Map<string, FoundSpec>();
  for (const given of paths) {
    for (const spec of specsAt(resolve(cwd, given), given)) {
      const key = `${spec.path}${sep}${spec.only ?? ''}`;
      if (!found.has(spec.path)) found.set(key, spec);
    }
  }
  return [...found.values()];
}

function specsAt(path: string, given: string): readonly FoundSpec[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`There is no file or folder ${given}.`);
  const real = stat.isSymbolicLink() ? realpathSync.native(path) : path;
  if (stat.isFile()) {
    const folder = dirname(real);
    if (!DOCUMENTS.has(basename(real)))
      throw new UsageError(
        `${given} is no spec document: requirements.md, bugfix.md, design.md or tasks.md.`,
      );
    return [{ root: rootOf(folder), path: folder, only: basename(real) }];
  }
  if (isSpecsFolder(dirname(real))) return [{ root: rootOf(real), path: real }];
  const found: FoundSpec[] = [];
  if (isSpecsFolder(real)) addSpecs(real, found);
  else walk(real, found);
  return found;
}

/** The folder that holds `.kiro`; the spec's own where it lies elsewhere. */
function rootOf(spec: string): string {
  const specs = dirname(spec);
  return isSpecsFolder(specs) ? dirname(dirname(specs)) : spec;
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
    if (entry.isDirectory()) found.push({ root, path: specs + sep + entry.name });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that may not be read holds nothing that could be checked.
    return [];
  }
}
