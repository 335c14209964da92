import { ActError } from '../actError';
import { conflictLine } from '../spec/conflictMarkers';
import type { DocumentSnapshot } from '../spec/model';
import { basename } from '../util/path';

/** Throws where a merge left both sides in a document: neither is what a person means. */
export function refuseConflict(documents: readonly Pick<DocumentSnapshot, 'path' | 'text'>[]): void {
  for (const { path, text } of documents) {
    const line = text === undefined ? undefined : conflictLine(text);
    if (line !== undefined)
      throw new ActError(
        'invalid',
        `${basename(path)} has an unresolved merge conflict in line ${line}. Resolve it first.`,
      );
  }
}
