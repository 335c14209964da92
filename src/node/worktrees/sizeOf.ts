import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CopySize } from '../../core/tasks/run/copyLimits';
import type { AbortSignal } from '../../core/util/abort';

const AT_ONCE = 64;

/** What these files take: counted until one of both is too much. A file that is gone takes nothing. */
export async function sizeOf(
  top: string,
  files: readonly string[],
  most: CopySize,
  signal?: AbortSignal,
): Promise<CopySize> {
  let bytes = 0;
  for (let at = 0; at < files.length && files.length <= most.files && bytes <= most.bytes; at += AT_ONCE) {
    signal?.throwIfAborted();
    const some = files.slice(at, at + AT_ONCE);
    const sizes = await Promise.all(
      some.map((path) =>
        lstat(join(top, path)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    bytes += sizes.reduce((sum, size) => sum + size, 0);
  }
  return { files: files.length, bytes };
}
