/** What one run keeps: its trees, and a folder for each task that works. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { PathChange } from '../../core/checkpoints/model';
import type { Logger } from '../../core/ports';
import type { TreeId, Worktree, WorktreeStore } from '../../core/tasks/run/worktrees';
import type { AbortSignal } from '../../core/util/abort';
import { joinPath } from '../../core/util/path';
import { createTurns } from '../../core/util/turns';
import { fromNativePath } from '../nativePath';
import { writeWhole } from '../writeWhole';
import { applyTree } from './applyTree';
import { bringIgnored } from './bringIgnored';
import { toActError } from './git';
import { listFiles, listIgnored, ownLister } from './listFiles';
import { mergeTrees } from './mergeTrees';
import { plantRepository } from './plantRepository';
import type { Repository } from './repository';
import { sizeOf } from './sizeOf';
import type { TreeChange, TreeStore } from './treeStore';

export interface RunStoreOptions {
  readonly place: string;
  readonly repository: Repository;
  readonly store: TreeStore;
  readonly log: Logger;
  /** Nobody works with it any more. */
  readonly onClose: () => void;
}

/** What is told about a worktree when it is whole. */
interface Made {
  readonly base: TreeId;
  readonly brought: readonly string[];
}

/** A file of text, as far as a model can read it. */
const MOST_TEXT = 1_000_000;

export function createRunStore({ place, repository, store, log, onClose }: RunStoreOptions): WorktreeStore {
  const { top, prefix } = repository;
  const made = new Map<string, Made>();
  const inTurn = createTurns();
  const folderOf = (name: string) =>
    join(place, createHash('sha256').update(name).digest('hex').slice(0, 12));
  const treeOf = (name: string) => join(folderOf(name), 'tree');
  const indexOf = (name: string) => join(folderOf(name), 'index');
  const shown = (path: string) => posix.relative(prefix === '' ? '' : prefix, path);
  const isTheirs = (path: string) =>
    !['.kiro', '.earshot'].some((own) => path === prefix + own || path.startsWith(`${prefix}${own}/`));
  const worktreeOf = (name: string, { base }: Made, isFresh: boolean): Worktree => ({
    name,
    base,
    isFresh,
    root: joinPath(fromNativePath(treeOf(name)), prefix),
  });

  /** One at a time: the workspace's index is one file, and nothing is looked at while it is written. */
  const snapshot = (signal?: AbortSignal) =>
    inTurn(async () =>
      store.keep(top, join(place, 'workspace.index'), (await listFiles(ownLister(signal), top)).files, {
        signal,
      }),
    );

  async function make(name: string, signal?: AbortSignal): Promise<Made> {
    const tree = treeOf(name);
    await rm(folderOf(name), { recursive: true, force: true });
    await mkdir(tree, { recursive: true, mode: 0o700 });
    const base = await snapshot(signal);
    await store.write(tree, indexOf(name), base, signal);
    const ignored = await listIgnored(ownLister(signal), top);
    const { brought, left } = await bringIgnored(top, tree, ignored, signal);
    if (left.length > 0) log.info(`Ignored and too large for a worktree: ${left.join(', ')}`);
    await plantRepository({ tree, repository, objects: store.objects, index: indexOf(name), brought });
    // The workspace folder may be empty but for what git ignores.
    await mkdir(join(tree, prefix), { recursive: true });
    await writeWhole(join(folderOf(name), 'made.json'), JSON.stringify({ base, brought }));
    return { base, brought };
  }

  async function capture({ name }: Worktree, signal?: AbortSignal): Promise<TreeId> {
    const brought = new Set((made.get(name) ?? (await readMade(folderOf(name))))?.brought);
    const listed = await listFiles(store.lister(treeOf(name), indexOf(name), signal), treeOf(name));
    const files = listed.files.filter((path) => !isWithin(brought, path));
    return store.keep(treeOf(name), indexOf(name), files, { differing: listed.differing, signal });
  }

  return guarded({
    size: async (most, signal) => sizeOf(top, (await listFiles(ownLister(signal), top)).files, most, signal),
    snapshot,
    async take(name, signal) {
      const known = made.get(name) ?? (await readMade(folderOf(name)));
      const worktree = known ?? (await make(name, signal));
      made.set(name, worktree);
      return worktreeOf(name, worktree, known === undefined);
    },
    capture,
    async finish(worktree, signal) {
      const told = join(folderOf(worktree.name), 'finished');
      const before = await readFile(told, 'utf8').catch(() => '');
      if (before !== '') return before;
      const tree = await capture(worktree, signal);
      await writeWhole(told, tree);
      return tree;
    },
    async merge(base, ours, theirs, signal) {
      const scratch = join(place, 'scratch');
      const merged = await mergeTrees(store, scratch, { base, ours, theirs, isTheirs }, signal);
      const conflicts = merged.conflicts.map(({ path, kind }) => ({ path: shown(path), kind }));
      return { tree: merged.tree, conflicts };
    },
    show: ({ name }, tree, signal) => store.write(treeOf(name), indexOf(name), tree, signal),
    apply: (from, to) =>
      inTurn(async () => {
        const blocked = await applyTree(store, { top, journal: join(place, 'merge.json'), from, to });
        return blocked.map(shown);
      }),
    changes: async (from, to) =>
      (await store.changes(from, to)).map((change) => ({ path: shown(change.path), change: kindOf(change) })),
    async read(tree, path) {
      const bytes = await store.read(tree, posix.join(prefix, path));
      if (!bytes) return undefined;
      const text = bytes.toString('utf8');
      return bytes.length <= MOST_TEXT && !/[\0\uFFFD]/.test(text) ? text : { binary: bytes.length };
    },
    async remove({ name }) {
      made.delete(name);
      await discard(folderOf(name));
    },
    close: () => inTurn(() => discard(place)).finally(onClose),
    leave: () => inTurn(async () => {}).finally(onClose),
  });

  async function discard(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) =>
      log.warn(`A worktree could not be removed: ${folder}`, error),
    );
  }
}

function kindOf({ from, to }: TreeChange): PathChange['change'] {
  if (!from) return 'added';
  if (!to) return 'deleted';
  return from.blob === to.blob ? 'mode' : 'changed';
}

/** What a person can mend is told as such, from each of them. */
function guarded(store: WorktreeStore): WorktreeStore {
  const guard =
    <A extends readonly unknown[], R>(act: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      act(...args).catch((error: unknown) => {
        throw toActError(error);
      });
  return {
    ...store,
    size: guard(store.size),
    snapshot: guard(store.snapshot),
    take: guard(store.take),
    capture: guard(store.capture),
    finish: guard(store.finish),
    merge: guard(store.merge),
    show: guard(store.show),
    apply: guard(store.apply),
  };
}

async function readMade(folder: string): Promise<Made | undefined> {
  try {
    const told: unknown = JSON.parse(await readFile(join(folder, 'made.json'), 'utf8'));
    if (typeof told !== 'object' || told === null || !('base' in told) || !('brought' in told))
      return undefined;
    const { base, brought } = told;
    if (typeof base !== 'string' || !Array.isArray(brought)) return undefined;
    return { base, brought: brought.filter((path) => typeof path === 'string') };
  } catch {
    return undefined;
  }
}

function isWithin(folders: ReadonlySet<string>, path: string): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (folders.has(path.slice(0, end))) return true;
  return false;
}
