/** What “fix all” does to a document: every fix that nobody would mind. */
import type { DocumentEdit, DocumentSnapshot } from '../spec/model';

/** All safe fixes of its findings that do not touch one another, nor another document. */
export function safeEdits({
  kind,
  problems,
}: Pick<DocumentSnapshot, 'kind' | 'problems'>): readonly DocumentEdit[] {
  const taken: DocumentEdit[] = [];
  const free = (edits: readonly DocumentEdit[]) =>
    edits.every(({ range }) =>
      taken.every((other) => range.end < other.range.start || other.range.end < range.start),
    );
  for (const { fixes } of problems) {
    const edits = fixes?.find(({ safe }) => safe)?.edits() ?? [];
    if (edits.every(({ document }) => document === undefined || document === kind) && free(edits))
      taken.push(...edits);
  }
  return taken;
}
