/** What a task did and others did not, where others worked between two of its tries. */
import type { Checkpoints } from '../../checkpoints/checkpoints';
import type { PathChange, Pause } from '../../checkpoints/model';

/** A path that differs between two checkpoints. */
export interface OwnChange extends PathChange {
  readonly from: string;
  /** Undefined: the workspace as it is now. */
  readonly to: string | undefined;
}

/** What a spec says, and what is proved of it, is no part of the work. */
export const OUTSIDE = /^\.(?:kiro|earshot)\//;

/** Paths that others changed while the task lay still. */
export async function changedInPause(
  checkpoints: Pick<Checkpoints, 'diff'>,
  root: string,
  { left, again }: Pause,
): Promise<readonly string[]> {
  // What is not kept any more tells nothing.
  const changes = await checkpoints.diff(root, left, again).catch(() => []);
  return changes.flatMap(({ path }) => (OUTSIDE.test(path) ? [] : [path]));
}

/** Rejects where `before` is not kept any more. */
export async function ownChanges(
  checkpoints: Pick<Checkpoints, 'diff'>,
  root: string,
  before: string,
  pauses: readonly Pause[],
): Promise<readonly OwnChange[]> {
  /** Since when a path that others changed is looked at, and what the task had done to it by then. */
  const since = new Map<string, { readonly from: string; readonly done: OwnChange | undefined }>();

  async function until(to: string | undefined): Promise<ReadonlyMap<string, OwnChange>> {
    const found = new Map<string, OwnChange>();
    const isFrom = (from: string, path: string) => (since.get(path)?.from ?? before) === from;
    for (const from of new Set([before, ...[...since.values()].map((each) => each.from)])) {
      const changes = await checkpoints.diff(root, from, to);
      for (const change of changes.filter(({ path }) => isFrom(from, path)))
        found.set(change.path, { ...change, from, to });
    }
    for (const [path, { done }] of since) if (done && !found.has(path)) found.set(path, done);
    return found;
  }

  for (const pause of pauses) {
    const others = await changedInPause(checkpoints, root, pause);
    if (others.length === 0) continue;
    const done = await until(pause.left);
    // What was restored, or taken back by hand, is as if it had never been done.
    const left = new Set((await checkpoints.diff(root, before, pause.again)).map(({ path }) => path));
    for (const path of others)
      since.set(path, { from: pause.again, done: left.has(path) ? done.get(path) : undefined });
  }
  return [...(await until(undefined)).values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
