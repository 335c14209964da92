/** Glob patterns over workspace paths, as shells and ignore files write them. */
import picomatch from 'picomatch';
import { isInside, relativePath } from '../../util/path';
import { ToolRefusal } from '../turn/toolRefusal';

export interface PathPattern {
  /** The folder that everything it matches lies in; '' for the workspace folder. */
  readonly folder: string;
  matches(path: string): boolean;
}

/** Repeated groups are left out: a regular expression of them can run for ever. */
const OPTIONS = { dot: true, noextglob: true };

/** A pattern without a slash is one for names, at any depth. */
export function pathPattern(root: string, pattern: string): PathPattern {
  const relative = isInside(root, pattern) ? (relativePath(root, pattern) ?? '') : pattern;
  const plain = relative.replace(/^(?:\.\/)+/, '');
  if (plain === '') throw new ToolRefusal('The pattern is empty. Use **/* for all files.');
  const whole = plain.includes('/') ? plain : plain.replace(/^!?/, '$&**/');
  return { folder: folderOf(whole), matches: picomatch(whole, OPTIONS) };
}

function folderOf(pattern: string): string {
  const { base, glob, negated } = picomatch.scan(pattern);
  if (negated) return '';
  if (glob !== '') return base;
  // Without a wildcard it names a file.
  return base.includes('/') ? base.slice(0, base.lastIndexOf('/')) : '';
}
