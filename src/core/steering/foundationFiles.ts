/** What a repository says about itself: manifests, configuration, README, and which files there are. */
import { visibleFiles } from '../agent/places/visibleFiles';
import type { FileSystem } from '../ports';
import { createAbort } from '../util/abort';
import { basename, joinPath } from '../util/path';

export interface FoundFile {
  readonly name: string;
  readonly text: string;
}

export interface RepositoryMaterial {
  readonly files: readonly FoundFile[];
  /** Paths, and how many more there are in a folder that has too many. */
  readonly tree: readonly string[];
}

/** Characters. */
const MOST_OF_FILE = 6_000;
const MOST = 36_000;
/** Files that are looked at, lines of the tree, and files of one folder in it. */
const MOST_FILES = 5_000;
const MOST_LINES = 250;
const MOST_OF_FOLDER = 12;

/** The first are read first: what does not fit is left out. */
const TELLING: readonly RegExp[] = [
  /^readme(?:\.\w+)?$/i,
  /^(?:package\.json|pyproject\.toml|cargo\.toml|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|gemfile|composer\.json|mix\.exs|deno\.jsonc?|pubspec\.yaml|cmakelists\.txt|.+\.csproj)$/i,
  /^(?:agents|contributing|architecture)\.md$/i,
  /^(?:tsconfig\.json|makefile|justfile|dockerfile|(?:docker-)?compose\.ya?ml|requirements\.txt|setup\.cfg|tox\.ini)$/i,
  /^(?:biome\.jsonc?|\.editorconfig|\.?eslint.*|\.prettierrc.*|ruff\.toml|rustfmt\.toml|\.golangci\.ya?ml)$/i,
];
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
/** Deeper, a file tells of a part and not of the whole. */
const DEEPEST = 3;

/** @param files As the agent may read them: what is ignored or denied is not told. */
export async function repositoryMaterial(files: FileSystem, root: string): Promise<RepositoryMaterial> {
  const paths: string[] = [];
  for await (const path of visibleFiles(files, root, '', createAbort().signal)) {
    if (!path.startsWith('.kiro/')) paths.push(path);
    if (paths.length === MOST_FILES) break;
  }
  return { files: await readTelling(files, root, paths), tree: treeOf(paths) };
}

async function readTelling(
  files: FileSystem,
  root: string,
  paths: readonly string[],
): Promise<readonly FoundFile[]> {
  const ranked = paths
    .map((path) => ({ path, rank: rankOf(path) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const found: FoundFile[] = [];
  let room = MOST;
  for (const { path } of ranked) {
    const text = await files.readText(joinPath(root, path)).catch(() => undefined);
    if (text === undefined || text.trim() === '' || text.includes('\0')) continue;
    const part = text.length > MOST_OF_FILE ? `${text.slice(0, MOST_OF_FILE)}\n[the rest is left out]` : text;
    if (part.length > room) continue;
    room -= part.length;
    found.push({ name: path, text: part });
  }
  return found;
}

/** Lower is read earlier; undefined for what tells nothing of the whole. */
function rankOf(path: string): number | undefined {
  const depth = path.split('/').length;
  if (WORKFLOW.test(path)) return TELLING.length * DEEPEST;
  const rank = TELLING.findIndex((pattern) => pattern.test(basename(path)));
  return rank === -1 || depth > DEEPEST ? undefined : (depth - 1) * TELLING.length + rank;
}

function treeOf(paths: readonly string[]): readonly string[] {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  const lines = [...folders].flatMap(([folder, own]) => {
    const more = own.length - MOST_OF_FOLDER;
    return more > 0 ? [...own.slice(0, MOST_OF_FOLDER), `${folder}/ (${more} more files)`] : own;
  });
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `(${rest} more lines)`] : lines;
}
