/** Does git move the files? A switch of branches, a rebase or a pull is not an edit. */
import type { FileSystem } from '../ports';
import { joinPath } from '../util/path';

/** What git writes when it moves files, relative to its folder. */
const MARKS = ['HEAD', 'index', 'index.lock', 'ORIG_HEAD', 'logs/HEAD', 'rebase-merge', 'rebase-apply'];
/** Milliseconds that may lie between a file and git's own. */
const NEAR = 1000;

/** Did git write anything of its own since then, give or take? */
export async function gitMoved(files: FileSystem, root: string, since: number): Promise<boolean> {
  const folder = await gitFolder(files, root);
  const stats = await Promise.all(
    MARKS.map((mark) => files.stat(joinPath(folder, mark)).catch(() => undefined)),
  );
  return stats.some((stat) => stat !== undefined && stat.modified >= since - NEAR);
}

/** In a linked worktree, `.git` is a file that names it. */
export async function gitFolder(files: FileSystem, root: string): Promise<string> {
  const own = joinPath(root, '.git');
  const stat = await files.stat(own).catch(() => undefined);
  if (stat?.kind !== 'file') return own;
  const text = await files.readText(own).catch(() => undefined);
  const target = /^gitdir: (.+)$/m
    .exec(text ?? '')?.[1]
    ?.trim()
    .replaceAll('\\', '/');
  if (target === undefined) return own;
  return /^(\/|[a-z]:)/i.test(target) ? target : joinPath(root, target);
}
