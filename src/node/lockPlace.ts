import { createHash } from 'node:crypto';
import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

/**
 * The file whose being there is the lock on another. In our home it lies beside that one. In a workspace it would be seen by
 * git, checkpoints and hooks, and a checkpoint could bring it back: its lock lies in our home, by its name, unless nothing
 * can be written there.
 * @param target Native and free of links
 * @param home Native path of `~/.earshot`, if there is one
 */
export async function lockOf(target: string, home: string | undefined): Promise<string> {
  if (home !== undefined && !target.startsWith(home + sep)) {
    const locks = join(home, 'locks');
    // Two spellings of one file, where letter case does not count, are one lock.
    if (await isWritable(locks))
      return join(locks, createHash('sha256').update(target.toLowerCase()).digest('hex').slice(0, 32));
  }
  await mkdir(dirname(target), { recursive: true });
  return `${target}.lock`;
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
