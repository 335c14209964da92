import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode, isMissing } from './toFileError';

/** Temporary files of unfinished writes, with the id of the process that writes: watchers leave them out. */
export const TEMPORARY_FILE = /(^|[\\/])\.earshot-([0-9a-f]{8})[0-9a-f]{8}\.tmp$/;

/** The same, for git. */
export const TEMPORARY_PATTERN = '.earshot-*.tmp';

/**
 * Writes a file whole or not at all. `path` is native and free of links. Parents are created, the mode is
 * kept, a file that may not be written is refused (a rename alone would replace it).
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const mode = await writableMode(path);
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeLeftoversOnce(folder);
  const temporary = join(folder, temporaryName());
  try {
    await writeSynced(temporary, content, mode);
    await renameOver(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  await syncFolder(folder);
}

function temporaryName(): string {
  return `.earshot-${process.pid.toString(16).padStart(8, '0')}${randomBytes(4).toString('hex')}.tmp`;
}

const tidied = new Set<string>();

async function removeLeftoversOnce(folder: string): Promise<void> {
  if (tidied.has(folder)) return;
  tidied.add(folder);
  await removeLeftovers(folder);
}

/** What processes that were killed in the middle of a write left in a folder. Never rejects. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = TEMPORARY_FILE.exec(name)?.[2];
    if (pid !== undefined && !isAlive(Number.parseInt(pid, 16)))
      await unlink(join(folder, name)).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

async function writableMode(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw Object.assign(new Error(`${path}: not a file`), { code: 'EISDIR' });
    await access(path, constants.W_OK);
    return found.mode & 0o7777;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function writeSynced(
  path: string,
  content: string | Uint8Array,
  mode: number | undefined,
): Promise<void> {
  const handle = await open(path, 'wx', mode ?? 0o666);
  try {
    // The mode given to `open` is narrowed by the umask.
    if (mode !== undefined) await handle.chmod(mode);
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows refuses to replace a file that a scanner or an editor holds open for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const busy = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '');
      if (process.platform !== 'win32' || !busy || attempt === 6) throw error;
      await delay(20 * attempt);
    }
  }
}

/** Makes a new name in a folder durable. Best effort: some systems cannot. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file itself is whole and synced; only its name could be lost in a power cut.
  }
}
