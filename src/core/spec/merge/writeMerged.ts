/**
 * Writes a document that was made from an earlier text of it. What somebody else wrote meanwhile stays: other parts are
 * merged, and a part that both changed is a conflict that is told and not written.
 */
import { ActError } from '../../actError';
import type { FileSystem } from '../../ports';
import { basename } from '../../util/path';
import type { DocumentKind } from '../model';
import { type Merged, mergeDocuments, type Versions } from './mergeDocuments';

export class MergeConflict extends ActError {
  readonly path: string;
  readonly versions: Versions;
  readonly merged: Merged;
  constructor(path: string, versions: Versions, merged: Merged) {
    const ids = merged.conflicts.map(({ id }) => id).join(', ');
    super(
      'changed',
      `${ids} in ${basename(path)} changed meanwhile in another way, so nothing was written. Merge both by hand, or ask anew.`,
    );
    this.name = 'MergeConflict';
    this.path = path;
    this.versions = versions;
    this.merged = merged;
  }
}

/**
 * @param base What the text was made from.
 * @throws MergeConflict where one part was changed twice
 */
export async function writeMerged(
  files: Pick<FileSystem, 'readText' | 'writeText'>,
  kind: DocumentKind,
  path: string,
  base: string,
  text: string,
): Promise<void> {
  const now = await files.readText(path);
  if (now === undefined)
    throw new ActError('changed', `${basename(path)} is gone, so nothing was written. Ask anew.`);
  // Written already, or changed in the same way by somebody else.
  if (now === text) return;
  const versions = { base, ours: now, theirs: text };
  const merged = mergeDocuments(kind, versions);
  if (merged.conflicts.length > 0) throw new MergeConflict(path, versions, merged);
  if (merged.text !== now) await files.writeText(path, now === base ? text : merged.text);
}
