/** A spec's folder as it lies on the disk. */
import { readFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { type FolderTexts, SPEC_FILES, type SpecFile } from './specFiles';

/** Milliseconds within which two changes may have the same time. */
const FRESH = 1000;

/** Which documents there are, and what the file system tells of them without opening one. */
export interface FolderStat {
  readonly files: readonly SpecFile[];
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
  let stamp = '';
  let fresh = false;
  for (const name of names) {
    const stat = statSync(path + sep + name, { throwIfNoEntry: false });
    if (stat === undefined || stat.isDirectory()) continue;
    files.push(name);
    fresh ||= now - stat.ctimeMs < FRESH;
    stamp += `${SPEC_FILES.indexOf(name)}:${stat.ino} ${stat.size} ${Math.trunc(stat.ctimeMs)} `;
  }
  return { files, stamp: fresh ? undefined : stamp };
}

export function readFolder(path: string, files: readonly SpecFile[]): FolderTexts {
  const texts: Partial<Record<SpecFile, string>> = {};
  for (const name of files) texts[name] = readFileSync(path + sep + name, 'utf8');
  return texts;
}
