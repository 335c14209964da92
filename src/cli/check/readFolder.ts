/** A spec's folder as it lies on the disk. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { sep } from 'node:path';
import type { Unreadable } from '../../core/spec/unreadable';
import { MOST_BYTES } from '../../core/util/mostBytes';
import { toFileError } from '../../node/toFileError';
import { type FolderTexts, SPEC_FILES, type SpecFile } from './specFiles';

/** Milliseconds within which two changes may have the same time. */
const FRESH = 1000;

/** What is there under the name of a document, and is none. */
export type Broken = readonly [file: SpecFile, why: Unreadable];

export interface ReadFolder {
  readonly texts: FolderTexts;
  readonly broken: readonly Broken[];
}

/** Which documents there are, and what the file system tells of them without opening one. */
export interface FolderStat {
  readonly files: readonly SpecFile[];
  /** What is there and is not opened. */
  readonly broken: readonly Broken[];
  /**
   * Number, size and time of the last change of each, as in git's index: the same stamp means the same content, since
   * nobody can set that time by hand. Undefined where a document changed so lately that it may change again at that time.
   */
  readonly stamp: string | undefined;
}

/**
 * @param names Which documents were there
 * @param now Milliseconds since 1970.
 */
export function statFolder(path: string, names: readonly SpecFile[], now: number): FolderStat {
  const files: SpecFile[] = [];
  const broken: Broken[] = [];
  let stamp = '';
  let fresh = false;
  for (const name of names) {
    const found = lookAt(path + sep + name);
    if (found === undefined) continue;
    stamp += `${SPEC_FILES.indexOf(name)}:`;
    if (typeof found === 'string') {
      broken.push([name, found]);
      stamp += `${found} `;
      continue;
    }
    files.push(name);
    fresh ||= now - found.ctimeMs < FRESH;
    stamp += `${found.ino} ${found.size} ${Math.trunc(found.ctimeMs)} `;
  }
  return { files, broken, stamp: fresh ? undefined : stamp };
}

export function readFolder(
  path: string,
  { files, broken }: Pick<FolderStat, 'files' | 'broken'>,
): ReadFolder {
  const texts: Partial<Record<SpecFile, string>> = {};
  const refused: Broken[] = [];
  for (const name of files) {
    try {
      texts[name] = readFileSync(path + sep + name, 'utf8');
    } catch (error) {
      if (toFileError(path, error).reason !== 'permission') throw error;
      refused.push([name, 'permission']);
    }
  }
  return { texts, broken: [...broken, ...refused] };
}

/** Undefined where nothing is. */
function lookAt(file: string): Stats | Unreadable | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (!stat.isFile()) return 'notAFile';
    return stat.size > MOST_BYTES ? 'tooLarge' : stat;
  } catch (error) {
    // A link in a circle.
    if (toFileError(file, error).reason === 'notAFile') return 'notAFile';
    throw error;
  }
}
