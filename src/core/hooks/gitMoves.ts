/** Does git move the files? A switch of branches, a rebase or a pull is not an edit. */
import type { FileSystem } from '../ports';
import { joinPath } from '../util/path';

const LOCK = 'index.lock';
/** What git writes when it moves files, relative to its folder. */
const MARKS = ['HEAD', 'index', LOCK, 'ORIG_HEAD', 'logs/HEAD', 'rebase-merge', 'rebase-apply'];
/** Milliseconds that may lie between a file and git's own. */
const NEAR = 1000;
/** Milliseconds. Git holds its lock as long as it moves files; one that is older was perhaps left behind. */
const OLD = 60_000;
/** Milliseconds; by then no git is at work. */
const DEAD = 10 * OLD;

const MOVED = 'Git moved these files: a branch was switched, rebased or pulled.';

/** Why files that changed since then are no edits: git holds its lock, or wrote something of its own, give or take. */
export async function gitMove(
  files: FileSystem,
  root: string,
  since: number,
  now: number,
): Promise<string | undefined> {
  const folder = await gitFolder(files, root);
  const timeOf = async (mark: string) =>
    (await files.stat(joinPath(folder, mark)).catch(() => undefined))?.modified;
  const locked = await timeOf(LOCK);
  const age = locked === undefined ? DEAD : now - locked;
  if (age < DEAD) return age < OLD ? MOVED : leftBehind(folder, Math.floor(age / OLD));
  const times = await Promise.all(MARKS.map(timeOf));
  // What lies ahead was written before the clock was put back.
  const isNow = (time: number | undefined) =>
    time !== undefined && time >= since - NEAR && time <= now + NEAR;
  return times.some(isNow) ? MOVED : undefined;
}

function leftBehind(folder: string, minutes: number): string {
  const since = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `${joinPath(folder, LOCK)} has been there for ${since}: git seems to move files. If no git is running, it was left behind: delete it, or wait until hooks fire again ${DEAD / OLD} minutes after it was made.`;
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
