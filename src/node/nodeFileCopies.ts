import { createHash } from 'node:crypto';
import { chmod, readdir, readFile, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptFile } from '../core/agent/changes/model';
import { type FileCopies, FileError } from '../core/ports';
import { toNativePath } from './nativePath';
import { resolveLinks } from './resolveLinks';
import { isMissing, toFileError } from './toFileError';
import { writeWhole } from './writeWhole';

/** Milliseconds for which a copy is kept after it was last needed. */
const MONTH = 30 * 24 * 60 * 60_000;
const EXECUTABLE = 0o111;

/** The `FileCopies` port: copies in a folder of ours, named by the hash of what they hold, so that none is made twice. */
export function createNodeFileCopies(folder: string, now: () => number = Date.now): FileCopies {
  let isClean = false;

  const placeOf = (id: string) => join(folder, id.slice(0, 2), id);

  async function store(id: string, bytes: Buffer): Promise<void> {
    const place = placeOf(id);
    const time = new Date(now());
    // Touched: it is needed again from now on.
    const isThere = await utimes(place, time, time).then(
      () => true,
      () => false,
    );
    if (!isThere) await writeWhole(place, bytes);
  }

  return {
    async keep(path) {
      if (!isClean) void removeOld(folder, now() - MONTH).catch(() => {});
      isClean = true;
      try {
        const native = await resolveLinks(toNativePath(path));
        const found = await stat(native).catch((error: unknown) => {
          if (isMissing(error)) return undefined;
          throw error;
        });
        if (!found) return undefined;
        if (!found.isFile()) throw new FileError('notAFile', path);
        const bytes = await readFile(native);
        const id = sha256(bytes);
        await store(id, bytes);
        const text = textHash(bytes);
        const executable = (found.mode & EXECUTABLE) !== 0;
        return { id, size: bytes.length, executable, ...(text === undefined ? {} : { text }) };
      } catch (error) {
        throw toFileError(path, error);
      }
    },
    async putBack(path, kept) {
      try {
        const bytes = await readFile(placeOf(kept.id));
        if (sha256(bytes) !== kept.id) throw new FileError('other', path, new Error('The copy is damaged'));
        const native = await resolveLinks(toNativePath(path));
        await writeWhole(native, bytes);
        await setExecutable(native, kept);
      } catch (error) {
        throw toFileError(path, error);
      }
    },
  };
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** As it is read: without a byte order mark, and with a sign in place of what is no UTF-8. */
function textHash(bytes: Buffer): string | undefined {
  return bytes.includes(0) ? undefined : sha256(bytes.toString('utf8').replace(/^\uFEFF/, ''));
}

async function setExecutable(native: string, { executable }: KeptFile): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(native);
  const isNow = (mode & EXECUTABLE) !== 0;
  // Who may read it may run it, as `chmod +x` has it.
  if (executable !== isNow)
    await chmod(native, executable ? mode | ((mode & 0o444) >> 2) : mode & ~EXECUTABLE);
}

async function removeOld(folder: string, before: number): Promise<void> {
  for (const part of await readdir(folder)) {
    for (const name of await readdir(join(folder, part))) {
      const place = join(folder, part, name);
      if ((await stat(place)).mtimeMs < before) await unlink(place);
    }
  }
}
