import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FileError } from '../core/ports';
import { fromNativePath } from './nativePath';

/** Opening a pipe for reading waits for whoever writes to it, without this. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a file, or what a link to one leads to; a device or a pipe may have no end.
 * @param most Bytes
 * @throws FileError `notAFile`, `tooLarge`
 */
export async function withFile<T>(
  native: string,
  read: (handle: FileHandle) => Promise<T>,
  most = Number.POSITIVE_INFINITY,
): Promise<T> {
  const handle = await open(native, FLAGS);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new FileError('notAFile', fromNativePath(native));
    if (found.size > most) throw new FileError('tooLarge', fromNativePath(native));
    return await read(handle);
  } finally {
    await handle.close();
  }
}
