/** What `.gitignore` and `.kiroignore` say: one file a folder at any depth, the nearest first, negation included. */
import ignore from 'ignore';
import type { FileSystem, FolderEntry } from '../../ports';
import { dirname, joinPath } from '../../util/path';
import { ToolRefusal } from '../turn/toolRefusal';

interface Layer {
  /** The folder of the ignore file, below the workspace folder; '' is that itself. */
  readonly folder: string;
  readonly rules: ignore.Ignore;
}

/** The ignore files that count in a folder, outermost first. */
export interface IgnoreLayers {
  readonly git: readonly Layer[];
  readonly kiro: readonly Layer[];
}

export const NO_LAYERS: IgnoreLayers = { git: [], kiro: [] };

/** Bytes; a larger file is no list of patterns. */
const MAX_SIZE = 500_000;

/** The layers of a folder's parent and its own. */
export async function layersIn(
  files: FileSystem,
  root: string,
  folder: string,
  above: IgnoreLayers,
  entries: readonly FolderEntry[],
): Promise<IgnoreLayers> {
  const [git, kiro] = await Promise.all(
    ['.gitignore', '.kiroignore'].map(async (name) => {
      // Not through links: they may lead out of the workspace, and git does not follow them either.
      if (!entries.some((entry) => entry.name === name && entry.kind === 'file')) return [];
      const text = await readRules(files, joinPath(root, folder, name));
      return text === undefined ? [] : [{ folder, rules: ignore().add(text) }];
    }),
  );
  return { git: [...above.git, ...(git ?? [])], kiro: [...above.kiro, ...(kiro ?? [])] };
}

async function readRules(files: FileSystem, path: string): Promise<string | undefined> {
  try {
    if (((await files.stat(path))?.size ?? 0) > MAX_SIZE) return undefined;
    return (await files.readText(path))?.replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

/** The layers of the workspace folder and of every folder on the way to `folder`, that one not included. */
export async function layersAbove(files: FileSystem, root: string, folder: string): Promise<IgnoreLayers> {
  let layers = NO_LAYERS;
  for (const above of foldersAbove(folder)) {
    const entries = await files.list(joinPath(root, above)).catch(() => []);
    layers = await layersIn(files, root, above, layers, entries);
  }
  return layers;
}

/** Is it hidden, given that the folder it lies in is not? */
export function isHidden({ git, kiro }: IgnoreLayers, path: string, isFolder: boolean): boolean {
  return hides(git, path, isFolder) || hides(kiro, path, isFolder);
}

function hides(layers: readonly Layer[], path: string, isFolder: boolean): boolean {
  for (const { folder, rules } of layers.toReversed()) {
    const name = folder === '' ? path : path.slice(folder.length + 1);
    if (!ignore.isPathValid(name)) continue;
    const { ignored, unignored } = rules.test(isFolder ? `${name}/` : name);
    if (unignored) return false;
    // By its folder only: a nearer file, or the one who named that folder, had the last word about it.
    if (ignored && !(name.includes('/') && rules.test(`${dirname(name)}/`).ignored)) return true;
  }
  return false;
}

/** Refuses what `.kiroignore` keeps from the agent, even by its exact path. @param path Canonical. */
export async function requireVisible(
  files: FileSystem,
  root: string,
  path: string,
  name: string,
): Promise<void> {
  const relative = path.slice(root.length).replace(/^\//, '');
  if (relative === '') return;
  const { kiro } = await layersAbove(files, root, relative);
  if (kiro.length === 0) return;
  const isFolder = (await files.stat(path))?.kind === 'folder';
  const folders = foldersAbove(relative).slice(1);
  if (folders.some((folder) => hides(kiro, folder, true)) || hides(kiro, relative, isFolder)) {
    throw new ToolRefusal(
      `${name} is kept from you by .kiroignore. Do the task without it, or say why you need it.`,
    );
  }
}

/** `a/b/c`: '', `a`, `a/b`. */
function foldersAbove(path: string): readonly string[] {
  if (path === '') return [];
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/'));
}
