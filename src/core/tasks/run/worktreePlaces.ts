/** Places beside each other: a worktree for each task, and what was done there brought in one after the other. */
import { ActError } from '../../actError';
import type { AbortSignal } from '../../util/abort';
import { Emitter } from '../../util/event';
import { createTurns } from '../../util/turns';
import type { Bringing, Brought } from './bringing';
import { copiesWithin, MOST_COPIED } from './copyLimits';
import type { RunTaskEntry } from './model';
import type { Copy, Place, PlaceOptions, Places } from './place';
import type { TreeConflict, TreeId, Worktree, WorktreeStore, Worktrees } from './worktrees';

/** Somebody else may write to the workspace between looking and writing; not for ever. */
const MOST_LOOKS = 5;

/** Rejects with an `ActError` where there can be no worktrees, or no two of them. */
export async function openWorktreePlaces(
  worktrees: Worktrees,
  { root, run, parallel, left, onDrop }: PlaceOptions,
): Promise<Places> {
  const store = await worktrees.open(root, run);
  const { most, why } = copiesWithin(await store.size(MOST_COPIED));
  if (most < 2) {
    await store.close();
    throw new ActError('refused', why);
  }
  const inTurn = createTurns();
  /** Copies in which somebody works, and those that are left for another try, oldest first. */
  const taken = new Set<string>();
  const kept = new Set(left);
  const order = createOrder();

  async function makeRoom(key: string): Promise<void> {
    kept.delete(key);
    taken.add(key);
    const tooMany = [...kept].slice(0, Math.max(0, taken.size + kept.size - most));
    for (const name of tooMany) {
      kept.delete(name);
      onDrop(name);
      await store.remove({ name });
    }
  }

  async function take({ key }: RunTaskEntry, signal: AbortSignal): Promise<Place> {
    await makeRoom(key);
    const worktree = await store.take(key, signal);
    return {
      root: worktree.root,
      isFresh: worktree.isFresh,
      copy: {
        base: worktree.base,
        states: statesOf(store, worktree),
        async merge(bringing, signal) {
          await orAborted(order.before(key), signal);
          return inTurn(() => bringIn(store, worktree, bringing, signal));
        },
      },
      async release(isOver) {
        taken.delete(key);
        if (isOver) await store.remove(worktree);
        else kept.add(key);
      },
    };
  }

  return {
    most: Math.min(most, parallel),
    fewer: most < parallel ? why : undefined,
    begin: order.begin,
    end: order.end,
    take,
    close: () => (kept.size > 0 ? store.leave() : store.close()),
  };
}

/** Who began before whom, and is not over yet. */
function createOrder() {
  const active: { readonly key: string; readonly ended: Emitter<void> }[] = [];
  return {
    begin: (key: string): void => void active.push({ key, ended: new Emitter() }),
    end(key: string): void {
      const index = active.findIndex((each) => each.key === key);
      for (const { ended } of index < 0 ? [] : active.splice(index, 1)) ended.fire();
    },
    async before(key: string): Promise<void> {
      const index = active.findIndex((each) => each.key === key);
      const earlier = active.slice(0, Math.max(0, index));
      await Promise.all(
        earlier.map(({ ended }) => new Promise<void>((resolve) => void ended.event(resolve))),
      );
    },
  };
}

/** By names of trees; nothing more is kept of a copy. */
function statesOf(store: WorktreeStore, worktree: Worktree): Copy['states'] {
  return {
    async diff(_, from, to) {
      return store.changes(from, to ?? (await store.capture(worktree)));
    },
    read: (_, tree, path) => store.read(tree, path),
  };
}

async function bringIn(
  store: WorktreeStore,
  worktree: Worktree,
  bringing: Bringing,
  signal: AbortSignal,
): Promise<Brought> {
  let { base } = worktree;
  let theirs = await store.finish(worktree, signal);
  let blocked: readonly string[] = [];
  for (let look = 0; look < MOST_LOOKS; look++) {
    const ours = await store.snapshot(signal);
    const { tree, conflicts } = await store.merge(base, ours, theirs, signal);
    let merged = tree;
    if (conflicts.length > 0 || (await isNew(store, theirs, tree))) {
      // As it will be in the workspace: for the checks, and for whoever puts it right.
      await store.capture(worktree, signal);
      await store.show(worktree, tree, signal);
      const resolved = await resolve(
        { store, worktree, bringing, signal, base, ours, theirs },
        merged,
        conflicts,
      );
      if (typeof resolved !== 'string') return resolved;
      merged = resolved;
      const worse = await bringing.check(signal);
      if (worse.length > 0) return { conflict: await pathsOf(store, base, theirs), reason: worse.join(' ') };
    }
    await bringing.beforeWriting();
    blocked = await store.apply(ours, merged);
    if (blocked.length === 0) return 'merged';
    base = ours;
    theirs = merged;
  }
  return { conflict: blocked, reason: 'These files changed again and again while they were to be written.' };
}

/** Is the merged tree another than that which the task's own checks saw? Specs and evidence are nothing to them. */
async function isNew(store: WorktreeStore, theirs: TreeId, merged: TreeId): Promise<boolean> {
  const changed = await pathsOf(store, theirs, merged);
  return changed.some((path) => !/^\.(?:kiro|earshot)\//.test(path));
}

async function pathsOf(store: WorktreeStore, from: TreeId, to: TreeId): Promise<readonly string[]> {
  return (await store.changes(from, to)).map(({ path }) => path);
}

async function textOf(store: WorktreeStore, tree: TreeId, path: string): Promise<string | undefined> {
  const text = await store.read(tree, path);
  return typeof text === 'string' ? text : undefined;
}

interface Clash {
  readonly store: WorktreeStore;
  readonly worktree: Worktree;
  readonly bringing: Bringing;
  readonly signal: AbortSignal;
  readonly base: TreeId;
  readonly ours: TreeId;
  readonly theirs: TreeId;
}

/** The tree in which conflicts are put right, or why there is none. */
async function resolve(
  clash: Clash,
  merged: TreeId,
  conflicts: readonly TreeConflict[],
): Promise<TreeId | Exclude<Brought, 'merged'>> {
  if (conflicts.length === 0) return merged;
  const { store, worktree, bringing, signal, base, ours, theirs } = clash;
  const whole = conflicts.filter(({ kind }) => kind === 'whole').map(({ path }) => path);
  if (whole.length > 0) return { conflict: whole, reason: 'They cannot be merged line by line.' };
  const paths = conflicts.map(({ path }) => path);
  const versions = await Promise.all(
    paths.map(async (path) => ({
      path,
      base: await textOf(store, base, path),
      ours: await textOf(store, ours, path),
      theirs: await textOf(store, theirs, path),
    })),
  );
  try {
    await bringing.resolve(versions, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ActError)) throw error;
    return { conflict: paths, reason: error.message };
  }
  const tree = await store.capture(worktree, signal);
  const texts = await Promise.all(paths.map((path) => textOf(store, tree, path)));
  const left = paths.filter((_, index) => /^(?:<{7} |>{7} )/m.test(texts[index] ?? ''));
  return left.length === 0 ? tree : { conflict: left, reason: 'They still hold the marks of a conflict.' };
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
