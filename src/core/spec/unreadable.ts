/** What is there under the name of a file and is no document: said where the others' problems are, no obstacle to them. */
import { FileError, type FileSystem } from '../ports';
import { MOST_BYTES } from '../util/mostBytes';
import type { Finding } from './model';

const WHY = {
  permission: 'the system does not let you. Change its permissions',
  notAFile: 'it is something else than a file, or a link to such. Move it away',
  tooLarge: `it is larger than ${MOST_BYTES / 1_000_000} MB. Split it, or move it away`,
} satisfies Partial<Record<FileError['reason'], string>>;

export type Unreadable = keyof typeof WHY;

export function unreadable(name: string, why: Unreadable): Finding {
  const message = `${name} cannot be read: ${WHY[why]}.`;
  return { rule: 'unreadable-file', message, range: { start: 0, end: 0 } };
}

/**
 * Rejects where the system refuses, which may pass.
 * @param tell Called for what will never be read; it counts as missing
 */
export async function readOrTell(
  files: FileSystem,
  path: string,
  tell: (why: Unreadable) => void,
): Promise<string | undefined> {
  try {
    return await files.readText(path, MOST_BYTES);
  } catch (error) {
    if (!(error instanceof FileError) || (error.reason !== 'notAFile' && error.reason !== 'tooLarge'))
      throw error;
    tell(error.reason);
    return undefined;
  }
}
