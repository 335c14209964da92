import { randomUUID } from 'node:crypto';
import { constants, type Dirent, type Stats } from 'node:fs';
import { cp, type FileHandle, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError, type FileStat, type FileSystem, type FolderEntry } from '../core/ports';
import { appendLines } from './appendLines';
import { withFileLock } from './fileLock';
import { createFileSink } from './fileSink';
import { lockOf } from './lockPlace';
import { fromNativePath, toNativePath } from './nativePath';
import { withFile } from './openFile';
import { readLines } from './readLines';
import { resolveLinks } from './resolveLinks';
import { errorCode, isMissing, toFileError } from './toFileError';
import { syncFolder, writeWhole } from './writeWhole';

/**
 * The `FileSystem` port on this machine's disk. Links are written through, never replaced; `stat` follows
 * them (one that dangles is of kind `link`); `remove` takes a file, a link or a whole folder and is content
 * when there is nothing. Every failure is a `FileError`.
 * @param home Native path of `~/.earshot`: locks of files that lie elsewhere are in there
 */
export function createNodeFiles(home?: string): FileSystem {
  return {
    readText: (path, most) =>
      unlessMissing(path, (native) => withFile(native, (handle) => handle.readFile('utf8'), most)),

    readLines: (path, wanted, signal) =>
      unlessMissing(path, (native) => withFile(native, (handle) => readLines(handle, wanted, signal))),

    writeText: (path, text) => attempt(path, async (native) => writeWhole(await resolveLinks(native), text)),

    appendLines: (path, text) =>
      attempt(path, async (native) => {
        // Nearly always it is there.
        const known = await openExisting(native);
        const target = known ? native : await resolveLinks(native);
        if (!known) await mkdir(dirname(target), { recursive: true });
        const handle = known ?? (await open(target, 'a+'));
        try {
          await appendLines(handle, text);
        } finally {
          await handle.close();
        }
        if (!known) await syncFolder(dirname(target));
      }),

    async alone(path, act) {
      const lock = await attempt(path, async (native) => lockOf(await resolveLinks(native), home));
      // What the act itself throws is not about files.
      let isHeld = false;
      return withFileLock(lock, undefined, undefined, () => {
        isHeld = true;
        return act();
      }).catch((error: unknown) => {
        throw isHeld ? error : toFileError(path, error);
      });
    },

    async list(path) {
      const entries = await unlessMissing(path, (native) => readdir(native, { withFileTypes: true }));
      return (entries ?? []).map(toEntry).sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async stat(path) {
      const found =
        (await unlessMissing(path, (native) => stat(native))) ??
        (await unlessMissing(path, (native) => lstat(native)));
      return found && toStat(found);
    },

    remove: (path) =>
      attempt(path, async (native) => {
        await rm(native, { recursive: true, force: true }).catch((error: unknown) => {
          if (!isMissing(error)) throw error;
        });
      }),

    move: (from, to) =>
      attempt(to, async (target) => {
        await makeRoom(to, target);
        const source = toNativePath(from);
        await rename(source, target).catch(async (error: unknown) => {
          if (errorCode(error) !== 'EXDEV') throw error;
          await copyWhole(source, target);
          await rm(source, { recursive: true });
        });
        await Promise.all([syncFolder(dirname(source)), syncFolder(dirname(target))]);
      }),

    copy: (from, to) =>
      attempt(to, async (target) => {
        await makeRoom(to, target);
        await copyWhole(toNativePath(from), target);
        await syncFolder(dirname(target));
      }),

    realPath: (path) => attempt(path, async (native) => fromNativePath(await resolveLinks(native))),

    openSink: (path) =>
      attempt(path, async (native) => {
        const target = await resolveLinks(native);
        await mkdir(dirname(target), { recursive: true });
        return createFileSink(await open(target, 'w'), (error) => toFileError(path, error));
      }),
  };
}

async function makeRoom(path: string, target: string): Promise<void> {
  if (await lstat(target).catch(() => undefined)) throw new FileError('other', path, new Error('EEXIST'));
  await mkdir(dirname(target), { recursive: true });
}

/** Beside the target first: half a copy never has its name. */
async function copyWhole(source: string, target: string): Promise<void> {
  const half = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    await cp(source, half, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    await rename(half, target);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
}

async function attempt<T>(path: string, run: (native: string) => Promise<T>): Promise<T> {
  try {
    return await run(toNativePath(path));
  } catch (error) {
    throw toFileError(path, error);
  }
}

/** To append to; undefined where there is no such file. */
async function openExisting(native: string): Promise<FileHandle | undefined> {
  try {
    return await open(native, constants.O_RDWR | constants.O_APPEND);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function unlessMissing<T>(path: string, run: (native: string) => Promise<T>): Promise<T | undefined> {
  return attempt(path, async (native) => {
    try {
      return await run(native);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}

function kindOf(found: Stats | Dirent): FileStat['kind'] {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  return found.isSymbolicLink() ? 'link' : 'other';
}

function toEntry(entry: Dirent): FolderEntry {
  return { name: entry.name, kind: kindOf(entry) };
}

function toStat(found: Stats): FileStat {
  const names = found.isFile() && found.nlink > 1 ? { names: found.nlink } : {};
  return { kind: kindOf(found), size: found.size, modified: found.mtimeMs, ...names };
}
