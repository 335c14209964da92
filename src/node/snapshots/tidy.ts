/**
 * What nobody waits for: old snapshots go, the rest is packed, and objects that the first snapshot borrowed from the person's
 * repository are copied, since its own `gc` may drop what only we refer to. Gives way to whoever wants the store.
 */
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SnapshotLimits } from '../../core/ports';
import type { AbortSignal } from '../../core/util/abort';
import { referencesIn, removeReference } from './references';
import { borrowsObjects, exists, forgetLast, type Store, stopBorrowing } from './store';

const DAY = 24 * 60 * 60_000;
/** Loose objects. */
const MANY = 2000;
const FULL = 'full';

/** Under the lock. */
export async function tidy(
  store: Store,
  limits: SnapshotLimits,
  now: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { folder } = store;
  const dropped = await dropOld(folder, limits, now);
  const { loose } = await sizeOf(store);
  const isBorrowing = await borrowsObjects(folder);
  if (isBorrowing || dropped > 0 || loose > MANY) await pack(store, signal);
  if (isBorrowing) await stopBorrowing(folder);
  await shrink(store, limits, signal);
  await writeFile(join(folder, 'tidied'), '');
}

export async function isTidyDue(folder: string, now: number): Promise<boolean> {
  if (await borrowsObjects(folder)) return true;
  const found = await stat(join(folder, 'tidied')).catch(() => undefined);
  return !found || now - found.mtimeMs > DAY;
}

/** Does what is kept need more than it may, though only the newest is left? */
export async function isFull(store: Store, limits: SnapshotLimits): Promise<boolean> {
  if (!(await exists(join(store.folder, FULL)))) return false;
  if ((await sizeOf(store)).bytes > limits.store) return true;
  await rm(join(store.folder, FULL), { force: true });
  return false;
}

async function dropOld(folder: string, { keep, age }: SnapshotLimits, now: number): Promise<number> {
  const all = await referencesIn(folder);
  const old = all.filter(({ at }, index) => index < all.length - keep || now - at > age);
  for (const reference of old) await removeReference(folder, reference);
  return old.length;
}

async function shrink(store: Store, limits: SnapshotLimits, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if ((await sizeOf(store)).bytes <= limits.store) return;
    const all = await referencesIn(store.folder);
    if (all.length < 2) return writeFile(join(store.folder, FULL), '');
    for (const reference of all.slice(0, Math.floor(all.length / 2)))
      await removeReference(store.folder, reference);
    await pack(store, signal);
  }
}

async function pack(store: Store, signal: AbortSignal | undefined): Promise<void> {
  // Without `-l`: also what is borrowed.
  await store.run(
    ['-c', 'repack.writeBitmaps=false', '-c', 'pack.threads=1', 'repack', '-a', '-d', '-q', '-n'],
    { signal },
  );
  // It may name what only a look at the workspace needed.
  await forgetLast(store);
  await store.run(['prune', '--expire=now'], { signal });
}

async function sizeOf(store: Store): Promise<{ readonly bytes: number; readonly loose: number }> {
  const text = (await store.run(['count-objects', '-v'])).toString('latin1');
  const value = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return { bytes: (value('size') + value('size-pack')) * 1024, loose: value('count') };
}
