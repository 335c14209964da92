/** Finds what a command wrote: the files that may fire a hook, before and after it. */
import { walkFiles } from '../agent/places/walkFiles';
import type { FileSystem } from '../ports';
import { inSlices } from '../util/inSlices';
import { joinPath } from '../util/path';
import type { WriteLedger } from './writeLedger';

/** Files looked at, besides those that fired the hook. */
const LIMIT = 5000;
/** What watchers leave out: nothing there fires a hook. Built folders count, but only after the sources. */
const UNWATCHED = new Set(['.git', 'node_modules']);

/** Size and time of each file below the folder, by absolute path. */
type FilesSnapshot = ReadonlyMap<string, string>;

async function snapshotFiles(
  files: FileSystem,
  root: string,
  named: readonly string[],
): Promise<FilesSnapshot> {
  const [sources, all] = await Promise.all([
    walkFiles(files, root, LIMIT),
    walkFiles(files, root, LIMIT, UNWATCHED),
  ]);
  const paths = [...new Set([...named, ...sources.paths, ...all.paths])];
  const stamps = await inSlices(paths, async (path) => {
    const full = joinPath(root, path);
    const stat = await files.stat(full).catch(() => undefined);
    return stat ? [[full, `${stat.size}:${stat.modified}`] as const] : [];
  });
  return new Map(stamps.flat());
}

/** Paths that are new, changed or gone. */
function changedFiles(before: FilesSnapshot, after: FilesSnapshot): readonly string[] {
  const touched = [...after].filter(([path, stamp]) => before.get(path) !== stamp).map(([path]) => path);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  return [...touched, ...gone];
}

export interface Attribution {
  readonly root: string;
  /** Paths that are looked at in any case, relative to the root. */
  readonly named: readonly string[];
  /** Hooks; the last one acts. */
  readonly chain: readonly string[];
}

/** Acts, and records as the chain's own what has changed on the disk meanwhile and was not somebody else's doing. */
export async function attributeWrites<T>(
  files: FileSystem,
  ledger: WriteLedger,
  { root, named, chain }: Attribution,
  act: () => Promise<T>,
): Promise<T> {
  const mark = ledger.mark();
  const before = await snapshotFiles(files, root, named);
  try {
    return await act();
  } finally {
    for (const path of changedFiles(before, await snapshotFiles(files, root, named))) {
      const text = await files.readText(path).catch(() => undefined);
      if (!ledger.isKnownSince(mark, path, text)) ledger.record(path, text, chain);
    }
  }
}
