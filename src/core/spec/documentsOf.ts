import type { DocumentSnapshot, Spec, SpecDocuments } from './model';

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

/** The document with the criteria, wherever it comes in the spec's order: a design may come first. */
export function criteriaDocumentOf({ documents }: Pick<Spec, 'documents'>): DocumentSnapshot | undefined {
  return documents.find(({ kind }) => kind === 'requirements' || kind === 'bugfix');
}
