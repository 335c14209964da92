import type { FileHandle } from 'node:fs/promises';

/**
 * Appends all or nothing, as far as the disk lets us: what a full one took of it is taken back, so that a line that is
 * written again does not follow half of itself. Left where somebody else has written behind it.
 */
export async function appendWhole(handle: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  const before = (await handle.stat()).size;
  let written = 0;
  try {
    while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
    await handle.sync();
  } catch (error) {
    if (written > 0) await takeBack(handle, before, written).catch(() => {});
    throw error;
  }
}

async function takeBack(handle: FileHandle, before: number, written: number): Promise<void> {
  const { size } = await handle.stat();
  if (size === before + written) await handle.truncate(before);
}
