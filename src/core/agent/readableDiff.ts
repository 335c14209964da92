/** Of what the person has at hand, a diff for instance, the part that the agent may read. */
import type { FileSystem } from '../ports';
import { createAbort } from '../util/abort';
import { isInside, joinPath, relativePath } from '../util/path';
import { requireVisible } from './places/ignoreRules';

export interface ReadableDiff {
  /** One a file. */
  readonly parts: readonly string[];
  /** How many files are left out. */
  readonly left: number;
}

/**
 * @param files those that rules let the agent read
 * @param base the folder that the diff's names begin at; what lies outside of `root` is left out
 */
export async function readableDiff(
  files: FileSystem,
  root: string,
  diff: string,
  base = root,
): Promise<ReadableDiff> {
  const parts: string[] = [];
  // Git says where a folder really lies; the workspace may have been opened through a link.
  const [from, to] = await Promise.all([files.realPath(root), files.realPath(base)]);
  let left = 0;
  for (const part of diff.split(/^(?=diff --git )/m).filter((each) => each.trim() !== '')) {
    const names = namesIn(part);
    const all = await Promise.all(
      names.map(async (name) => {
        const path = relativePath(from, joinPath(to, name));
        return path !== undefined && isReadable(files, root, joinPath(root, path));
      }),
    );
    if (all.length > 0 && all.every(Boolean)) parts.push(part);
    else left++;
  }
  return { parts, left };
}

const PROBE = { first: 1, last: 1, lineLength: 1, characters: 1 };

/** Neither hidden by `.kiroignore`, nor denied by a rule, nor outside of the workspace folder. */
export async function isReadable(files: FileSystem, root: string, path: string): Promise<boolean> {
  if (!isInside(root, path)) return false;
  try {
    await requireVisible(files, root, path, path);
    await files.readLines(path, PROBE, createAbort().signal);
    return true;
  } catch {
    return false;
  }
}

/** Both names of a file that was moved; none where nobody can tell here what a name stands for. */
function namesIn(part: string): readonly string[] {
  const head = part.split('\n@@')[0] ?? '';
  // Git had to quote it.
  if (/^diff --git .*"/.test(head)) return [];
  const names = [...head.matchAll(/^(?:---|\+\+\+) [ab]\/(.+?)\s*$|^rename (?:from|to) (.+?)\s*$/gm)].flatMap(
    ([, changed, renamed]) => changed ?? renamed ?? [],
  );
  const first = /^diff --git a\/(.+) b\/\1$/m.exec(head)?.[1];
  return names.length > 0 ? names : first === undefined ? [] : [first];
}
