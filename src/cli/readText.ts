import { readFileSync, statSync } from 'node:fs';
import { MOST_BYTES } from '../core/util/mostBytes';

/** Undefined where there is no file that can be read; a pipe or a device is none, and is not opened. */
export function readText(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= MOST_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
