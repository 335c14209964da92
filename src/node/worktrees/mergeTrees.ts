/** Three trees to one, file by file. What both sides changed is merged by lines; what cannot be stays the workspace's. */
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeId } from '../../core/tasks/run/worktrees';
import type { AbortSignal } from '../../core/util/abort';
import { git, OWN_CONFIGURATION } from './git';
import type { TreeEntry, TreeStore } from './treeStore';

export interface Merge {
  readonly base: TreeId;
  readonly ours: TreeId;
  readonly theirs: TreeId;
  /** Paths that only `ours` decides about. */
  readonly isTheirs: (path: string) => boolean;
}

export interface RawConflict {
  readonly path: string;
  readonly kind: 'lines' | 'whole';
}

interface Both {
  readonly base: TreeEntry | undefined;
  readonly ours: TreeEntry | undefined;
  readonly theirs: TreeEntry | undefined;
}

/** As git takes a file for text: by its beginning. */
const LOOKED_AT = 8000;

export async function mergeTrees(
  store: TreeStore,
  scratch: string,
  { base, ours, theirs, isTheirs }: Merge,
  signal?: AbortSignal,
): Promise<{ readonly tree: TreeId; readonly conflicts: readonly RawConflict[] }> {
  const done = (await store.changes(base, theirs, signal)).filter(({ path }) => isTheirs(path));
  const other = new Map((await store.changes(base, ours, signal)).map((change) => [change.path, change]));
  const result = new Map<string, TreeEntry | undefined>();
  const conflicts: RawConflict[] = [];
  for (const { path, from, to } of done) {
    const beside = other.get(path);
    if (!beside) result.set(path, to);
    else if (!isSame(beside.to, to)) {
      const merged = await mergeFile(store, scratch, { base: from, ours: beside.to, theirs: to }, signal);
      if (merged === 'impossible') conflicts.push({ path, kind: 'whole' });
      else {
        result.set(path, merged.entry);
        if (merged.marked) conflicts.push({ path, kind: 'lines' });
      }
    }
  }
  for (const path of await inTheWay(store, ours, result, signal)) {
    result.delete(path);
    conflicts.push({ path, kind: 'whole' });
  }
  return { tree: result.size === 0 ? ours : await store.change(ours, result), conflicts };
}

function isSame(a: TreeEntry | undefined, b: TreeEntry | undefined): boolean {
  return a?.mode === b?.mode && a?.blob === b?.blob;
}

async function mergeFile(
  store: TreeStore,
  scratch: string,
  { base, ours, theirs }: Both,
  signal?: AbortSignal,
): Promise<{ readonly entry: TreeEntry; readonly marked: boolean } | 'impossible'> {
  const sides = [ours, base, theirs];
  if (sides.some((side) => side && !side.mode.startsWith('100'))) return 'impossible';
  const texts = await Promise.all(sides.map(async (side) => side && (await store.blob(side.blob))));
  if (texts.some((bytes) => bytes?.subarray(0, LOOKED_AT).includes(0))) return 'impossible';
  const mode = (theirs && theirs.mode !== base?.mode ? theirs : (ours ?? theirs))?.mode ?? '100644';
  if (ours && theirs && ours.blob === theirs.blob) return { entry: { mode, blob: ours.blob }, marked: false };
  const folder = join(scratch, randomBytes(6).toString('hex'));
  await mkdir(folder, { recursive: true });
  try {
    const names = ['ours', 'base', 'theirs'];
    await Promise.all(names.map((name, at) => writeFile(join(folder, name), texts[at] ?? Buffer.alloc(0))));
    const labels = ['-L', 'the workspace', '-L', 'before', '-L', 'this task'];
    const { code, stdout } = await git(['merge-file', '-p', '-q', ...labels, ...names], {
      cwd: folder,
      env: { ...OWN_CONFIGURATION, GIT_CEILING_DIRECTORIES: scratch },
      signal,
      accept: (conflicts) => conflicts < 128,
    });
    return { entry: { mode, blob: await store.addBlob(stdout) }, marked: code !== 0 || !ours || !theirs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files that would have to be a folder as well, or lie below a file. */
async function inTheWay(
  store: TreeStore,
  ours: TreeId,
  result: ReadonlyMap<string, TreeEntry | undefined>,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  if (![...result.values()].some((entry) => entry)) return [];
  const all = new Set(await store.paths(ours, signal));
  for (const [path, entry] of result) {
    if (entry) all.add(path);
    else all.delete(path);
  }
  const folders = new Set([...all].flatMap(foldersOf));
  return [...result.keys()].filter(
    (path) => result.get(path) && (folders.has(path) || foldersOf(path).some((folder) => all.has(folder))),
  );
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
