/** One at a time holds a lock: the windows and command lines of this machine, and the parts of this process. */
import { randomUUID } from 'node:crypto';
import { open, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { AbortSignal } from '../core/util/abort';
import { isOwnerAlive, ownerToken } from './processInfo';
import { errorCode } from './toFileError';

const POLL_MS = 20;
/** Milliseconds after which whoever was about to remove a lock is dead: it takes them a moment. */
const REMOVAL = 10_000;

const turns = new Map<string, Promise<unknown>>();

/**
 * Waits as long as the signal lets it. A lock whose process is gone is nobody's.
 * @param lock A file that is there while somebody holds it; its folder is there
 * @param wanted One that is there while somebody waits
 */
export async function withFileLock<T>(
  lock: string,
  wanted: string | undefined,
  signal: AbortSignal | undefined,
  act: () => Promise<T>,
): Promise<T> {
  const before = turns.get(lock) ?? Promise.resolve();
  const mine = before.then(async () => {
    signal?.throwIfAborted();
    const release = await acquire(lock, wanted, signal);
    try {
      return await act();
    } finally {
      await release();
    }
  });
  const settled = mine.catch(() => {});
  turns.set(lock, settled);
  try {
    return await mine;
  } finally {
    if (turns.get(lock) === settled) turns.delete(lock);
  }
}

async function acquire(
  lock: string,
  wanted: string | undefined,
  signal: AbortSignal | undefined,
): Promise<() => Promise<void>> {
  const token = `${ownerToken()}\n${randomUUID()}\n`;
  for (let waited = false; ; waited = true) {
    signal?.throwIfAborted();
    try {
      await create(lock, token);
      if (waited && wanted) await unlink(wanted).catch(() => {});
      return () => unlink(lock).catch(() => {});
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    if (await removeDead(lock)) continue;
    if (!waited && wanted) await writeFile(wanted, '').catch(() => {});
    await delay(POLL_MS);
  }
}

/** A full disk must not leave an empty one, for which the next would wait. */
async function create(lock: string, token: string): Promise<void> {
  const file = await open(lock, 'wx');
  try {
    await file.writeFile(token);
  } catch (error) {
    await unlink(lock).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

/** Two that find the same dead lock must not remove the living one of the faster: only one may remove at a time. */
async function removeDead(lock: string): Promise<boolean> {
  if (!(await isDead(lock))) return false;
  const removing = `${lock}.removing`;
  try {
    await writeFile(removing, '', { flag: 'wx' });
  } catch {
    const since = await stat(removing).catch(() => undefined);
    if (since && Date.now() - since.mtimeMs > REMOVAL) await unlink(removing).catch(() => {});
    return false;
  }
  try {
    if (!(await isDead(lock))) return false;
    await unlink(lock);
    return true;
  } catch {
    return false;
  } finally {
    await unlink(removing).catch(() => {});
  }
}

async function isDead(lock: string): Promise<boolean> {
  const text = await readFile(lock, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const owner = text.split('\n')[0] ?? '';
  if (owner !== '') return !isOwnerAlive(owner);
  // Whoever makes it writes at once: an empty one that stays was left by a full disk or a power cut.
  const made = await stat(lock).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > REMOVAL;
}
