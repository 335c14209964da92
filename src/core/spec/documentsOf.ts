import type { DocumentSnapshot, SpecDocuments } from './model';

/** What was read of a spec, parsed now where it was not yet. */
export function documentsOf(snapshots: readonly DocumentSnapshot[]): SpecDocuments {
  const documents: { -readonly [K in keyof SpecDocuments]: SpecDocuments[K] } = {};
  for (const { document } of snapshots) {
    if (document?.kind === 'design') documents.design = document;
    else if (document?.kind === 'tasks') documents.tasks = document;
    else if (document !== undefined) documents.requirements = document;
  }
  return documents;
}
