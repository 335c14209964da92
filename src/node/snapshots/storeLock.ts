/** One at a time works in a store. */
import { join } from 'node:path';
import type { AbortSignal } from '../../core/util/abort';
import { withFileLock } from '../fileLock';

/** Somebody waits: who only tidies up gives way. */
export const WANTED = 'lock.wanted';

/** Waits as long as the signal lets it. A lock whose process is gone is nobody's. */
export function withStoreLock<T>(
  folder: string,
  signal: AbortSignal | undefined,
  act: () => Promise<T>,
): Promise<T> {
  return withFileLock(join(folder, 'lock'), join(folder, WANTED), signal, act);
}
