import { lstat, readlink, realpath } from 'node:fs/promises';
import { dirname, join, parse, sep } from 'node:path';
import { isMissing } from './toFileError';

/** As many as Linux follows before it gives up. */
const MAX_LINKS = 40;

/**
 * The native path with every link resolved, whether or not it exists: what an `open` that creates the file
 * would really touch. Dangling links are followed to where they point. Rejects with `ELOOP` on a cycle.
 */
export async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return walk(path);
  }
}

/**
 * Segment by segment, as the kernel does it. Resolving `..` in a link's target by text alone would be wrong
 * where the segment before it is a link itself, and a path check could be escaped by that.
 */
async function walk(path: string): Promise<string> {
  let current = parse(path).root;
  let pending = segments(path.slice(current.length));
  let links = 0;
  for (let segment = pending.shift(); segment !== undefined; segment = pending.shift()) {
    if (segment === '..') {
      current = dirname(current);
      continue;
    }
    const next = join(current, segment);
    const target = await linkTarget(next);
    if (target === undefined) {
      current = next;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) throw Object.assign(new Error(`${path}: too many links`), { code: 'ELOOP' });
    const { root } = parse(target);
    if (root !== '') current = root;
    pending = [...segments(target.slice(root.length)), ...pending];
  }
  return canonicalParent(current);
}

function segments(path: string): string[] {
  const separators = sep === '\\' ? /[\\/]/ : '/';
  return path.split(separators).filter((segment) => segment !== '' && segment !== '.');
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Spells the existing part as the disk does (letter case, short names), which the walk did not touch. */
async function canonicalParent(path: string): Promise<string> {
  const parent = dirname(path);
  if (parent === path) return path;
  try {
    return join(await realpath(parent), path.slice(parent.length));
  } catch (error) {
    if (!isMissing(error)) throw error;
    return join(await canonicalParent(parent), path.slice(parent.length));
  }
}
