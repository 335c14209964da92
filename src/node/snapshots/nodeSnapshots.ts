/** The `SnapshotStore` port: a private repository of git for each workspace folder, under Earshot's home. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ActError } from '../../core/actError';
import type { Snapshot, SnapshotLimits, SnapshotStore } from '../../core/ports';
import { type AbortSignal, createAbort } from '../../core/util/abort';
import { toNativePath } from '../nativePath';
import { areKnown, entriesOf, isId, rawChanges, readFrom, toPathChange } from './compare';
import { GitFailure, toRaw, toText } from './git';
import { guardRoot } from './guardRoot';
import { addReference, referencesIn } from './references';
import { obstaclesTo, restoreFiles } from './restore';
import { ignoredOf } from './scan';
import { openStore, type Store, storeAt } from './store';
import { WANTED, withStoreLock } from './storeLock';
import { takeTree } from './takeTree';
import { isFull, isTidyDue, tidy } from './tidy';
import { toActError } from './toActError';
import { touchedNames } from './touchedNames';
import { headOf, underwayIn } from './userRepository';

export interface NodeSnapshotsOptions {
  readonly now?: () => number;
  /** Milliseconds without work after which the store is tidied; 0: never. */
  readonly idle?: number;
}

const GONE = 'This checkpoint is not kept any more.';

const IDLE = 30_000;
/** How often it is looked whether somebody waits while the store is tidied. */
const LOOK = 200;

export function createNodeSnapshots(folder: string, options: NodeSnapshotsOptions = {}): SnapshotStore {
  const { now = Date.now, idle = IDLE } = options;
  const tidying = new Map<string, { cancel(): void }>();

  const folderOf = (root: string) =>
    join(folder, createHash('sha256').update(root).digest('hex').slice(0, 16));

  /**
   * Only reads; without the lock, since what is kept does not change. That something is not kept any more is found out
   * when git fails: a question more to it each time is what reading costs most.
   */
  async function reading<T>(
    root: string,
    ids: readonly string[],
    act: (store: Store) => Promise<T>,
  ): Promise<T> {
    const store = storeAt(folderOf(root), toNativePath(root), undefined);
    const isThere = await stat(join(store.folder, 'ready')).catch(() => undefined);
    if (!isThere || !ids.every(isId)) throw new ActError('notFound', GONE);
    try {
      return await act(store);
    } catch (error) {
      const isOfGit = error instanceof GitFailure && !error.missing;
      throw isOfGit && !(await areKnown(store, ids))
        ? new ActError('notFound', GONE, error)
        : toActError(root, error);
    }
  }

  async function locked<T>(
    root: string,
    signal: AbortSignal | undefined,
    act: (store: Store) => Promise<T>,
  ): Promise<T> {
    tidying.get(root)?.cancel();
    try {
      const workTree = await guardRoot(toNativePath(root), folder);
      const place = folderOf(root);
      // What others of this machine may not read must not be readable here.
      await mkdir(place, { recursive: true, mode: 0o700 });
      return await withStoreLock(place, signal, async () => act(await openStore(place, workTree, signal)));
    } catch (error) {
      throw toActError(root, error);
    }
  }

  async function takeIn(
    store: Store,
    { touched, ignored = false, limits, keep }: Parameters<SnapshotStore['take']>[1],
    signal: AbortSignal,
  ): Promise<Snapshot> {
    if (await isFull(store, limits))
      throw new ActError(
        'refused',
        `The checkpoints of this workspace need more than ${Math.round(limits.store / 1e6)} MB. Ignore large folders in .gitignore, or raise “earshot.checkpointStoreSize”.`,
      );
    const { repository, folder: place } = store;
    const names = await touchedNames(store.workTree, touched);
    const [{ id, left }, head, underway] = await Promise.all([
      takeTree(store, { touched: names, ignored, limits }, signal),
      repository && headOf(repository),
      repository && underwayIn(repository),
    ]);
    if (keep && (await referencesIn(place)).at(-1)?.tree !== id)
      await addReference(place, { at: now(), tree: id });
    return { id, head, underway, left };
  }

  /** Later, when nobody works. */
  function tidyLater(root: string, limits: SnapshotLimits): void {
    if (idle <= 0) return;
    const abort = createAbort();
    let looking: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => {
      const place = folderOf(root);
      looking = setInterval(() => {
        void stat(join(place, WANTED)).then(
          () => abort.abort(),
          () => {},
        );
      }, LOOK);
      void isTidyDue(place, now())
        .then(async (isDue) => {
          if (!isDue) return;
          await withStoreLock(place, abort.signal, async () => {
            const store = storeAt(place, toNativePath(root), undefined);
            await tidy(store, limits, now(), abort.signal);
          });
        })
        // It is tried again after the next snapshot.
        .catch(() => {})
        .finally(() => clearInterval(looking));
    }, idle);
    timer.unref();
    tidying.get(root)?.cancel();
    tidying.set(root, {
      cancel() {
        clearTimeout(timer);
        abort.abort();
      },
    });
  }

  return {
    async take(root, wanted, signal) {
      const { limits } = wanted;
      const abort = createAbort(signal);
      const timer = setTimeout(
        () =>
          abort.abort(
            new ActError(
              'limit',
              `It was not ready after ${Math.round(limits.deadline / 1000)} seconds. The next one goes on from there; large folders that nobody needs can be ignored in .gitignore.`,
            ),
          ),
        limits.deadline,
      );
      try {
        return await locked(root, abort.signal, (store) => takeIn(store, wanted, abort.signal));
      } finally {
        clearTimeout(timer);
        abort.release();
        tidyLater(root, limits);
      }
    },
    async known(root) {
      return new Set((await referencesIn(folderOf(root))).map(({ tree }) => tree));
    },
    diff: (root, from, to) =>
      reading(root, [from, to], async (store) => (await rawChanges(store, from, to)).map(toPathChange)),
    read: (root, id, path) => reading(root, [id], (store) => readFrom(store, id, path)),
    async ignoredIn(root, id, paths) {
      if (id !== undefined) return reading(root, [id], (store) => ignoredThen(store, id, paths));
      const store = storeAt(folderOf(root), toNativePath(root), undefined);
      const names = await touchedNames(store.workTree, paths);
      return new Set([...(await ignoredOf(store, names, undefined))].map(toText));
    },
    obstacles: (root, at, paths) => reading(root, [at], (store) => obstaclesTo(store, at, paths)),
    restore: (root, wanted) => locked(root, undefined, (store) => restoreFiles(store, wanted, undefined)),
  };
}

/** By the ignore files of then, put where git can see them. */
async function ignoredThen(store: Store, id: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  const workTree = await mkdtemp(join(tmpdir(), 'earshot-rules-'));
  try {
    for (const { name, id: blob, mode } of await entriesOf(store, id)) {
      if (!/(^|\/)\.gitignore$/.test(name) || mode === '120000') continue;
      const place = join(workTree, toText(name));
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, await store.run(['cat-file', 'blob', blob]));
    }
    const ignored = await ignoredOf(store, paths.map(toRaw), undefined, workTree);
    return new Set([...ignored].map(toText));
  } finally {
    await rm(workTree, { recursive: true, force: true });
  }
}
