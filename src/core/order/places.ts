/** Where specs lie in a workspace folder, and where they lie when they are put away. */
import type { Spec } from '../spec/model';
import { dirname, joinPath, relativePath } from '../util/path';

export const SPECS_FOLDER = '.kiro/specs';
/** Folders in one another below that, with the spec's own. */
export const DEEPEST = 4;
/**
 * Kiro shows every folder of `.kiro/specs` as a spec, one that begins with a dot, too: what is archived lies beside.
 * It stays in `.kiro`, so that version control keeps it and no tool of an agent writes there.
 */
export const ARCHIVE_FOLDER = '.kiro/archive/specs';

/** Below the folder of specs: `refunds`, or `payments/refunds` in the group `payments`. */
export function specKey({ root, path }: Pick<Spec, 'root' | 'path'>): string {
  return relativePath(joinPath(root, SPECS_FOLDER), path) ?? path;
}

/** The folders that a spec lies in, below the folder of specs; empty where it lies in none. */
export function groupOf(spec: Pick<Spec, 'root' | 'path'>): string {
  const key = specKey(spec);
  return key.includes('/') ? dirname(key) : '';
}

/** What is wrong with a group; undefined when it can be used. Empty: no group. */
export function groupProblem(group: string): string | undefined {
  if (group === '') return undefined;
  const parts = group.split('/');
  if (parts.length > 3) return 'Use at most three folders, one in the other.';
  return parts.every(
    (part) => /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_. -]{0,63}$/u.test(part) && !part.endsWith('.'),
  )
    ? undefined
    : 'Name the folders with letters, digits and hyphens, like “payments”.';
}

/** A spec that is put away: archived in the repository, or deleted and kept on this machine. */
export interface PutAway {
  readonly kind: 'archived' | 'deleted';
  readonly root: string;
  /** As `specKey`. */
  readonly key: string;
  /** Where it lies. */
  readonly path: string;
  /** When it was deleted; milliseconds since the epoch. */
  readonly at: number | undefined;
}
