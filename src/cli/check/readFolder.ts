/** A spec's folder as it lies on the disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
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

/** The names of all that lies in a folder; none where it may not be read. */
export type NamesIn = (folder: string) => readonly string[];

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
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

/**
 * Changes when something comes into a folder or leaves it. Undefined where that was so lately that it may happen again at
 * that time, where there is no such folder, and on Windows, where not every file system keeps that time.
 * @param now Milliseconds since 1970.
 */
export function entriesStamp(path: string, now: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || now - stat.ctimeMs < FRESH) return undefined;
  return `${stat.ino} ${Math.trunc(stat.ctimeMs)}`;
}

export function readFolder(path: string, files: readonly SpecFile[]): FolderTexts {
  const texts: Partial<Record<SpecFile, string>> = {};
  for (const name of files) texts[name] = readFileSync(path + sep + name, 'utf8');
  return texts;
}
