import type { FileHandle } from 'node:fs/promises';

const LF = 10;

/**
 * Appends all or nothing, as far as the disk lets us: what a full one took of it is taken back, so that a line that is
 * written again does not follow half of itself. Left where somebody else has written behind it. What a crash left of a line
 * is ended first.
 * @param handle Open to read and to append
 */
export async function appendLines(handle: FileHandle, text: string): Promise<void> {
  const before = (await handle.stat()).size;
  const bytes = Buffer.from((await endsInLine(handle, before)) ? `\n${text}` : text, 'utf8');
  let written = 0;
  try {
    while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
    await handle.sync();
  } catch (error) {
    if (written > 0) await takeBack(handle, before, written).catch(() => {});
    throw error;
  }
}

async function endsInLine(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== LF;
}

async function takeBack(handle: FileHandle, before: number, written: number): Promise<void> {
  const { size } = await handle.stat();
  if (size === before + written) await handle.truncate(before);
}
