/** Glob patterns over workspace paths, as shells and ignore files write them. */
import { compileGlob, isWild } from '../../util/glob';
import { isInside, relativePath } from '../../util/path';
import { ToolRefusal } from '../turn/toolRefusal';

export interface PathPattern {
  /** The folder that everything it matches lies in; '' for the workspace folder. */
  readonly folder: string;
  matches(path: string): boolean;
}

/** A pattern without a slash is one for names, at any depth; one with `!` is for all that it does not match. */
export function pathPattern(root: string, pattern: string): PathPattern {
  const relative = isInside(root, pattern) ? (relativePath(root, pattern) ?? '') : pattern;
  const plain = relative.replace(/^(?:\.\/)+/, '');
  if (plain === '') throw new ToolRefusal('The pattern is empty. Use **/* for all files.');
  const negated = plain.startsWith('!');
  const bare = negated ? plain.slice(1) : plain;
  const whole = bare.includes('/') ? bare : `**/${bare}`;
  const matches = compileGlob(whole);
  if (!matches) throw new ToolRefusal('The pattern has too many forms in braces. Use fewer.');
  return negated ? { folder: '', matches: (path) => !matches(path) } : { folder: folderOf(whole), matches };
}

function folderOf(pattern: string): string {
  const parts = pattern.split('/');
  const wild = parts.findIndex(isWild);
  // Without a wildcard it names a file.
  return parts.slice(0, wild === -1 ? -1 : wild).join('/');
}
