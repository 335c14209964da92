import type { DocumentEdit, SpecDocuments } from '../model';
import { mentionsOf } from '../references/mentions';

/** Renames a glossary term and all its uses; what is written with blanks, or in the plural, stays so. */
export function renameTerm(documents: SpecDocuments, from: string, to: string): readonly DocumentEdit[] {
  const texts = new Map(
    Object.values(documents).flatMap((document) =>
      document ? [[document.kind, document.text] as const] : [],
    ),
  );
  return mentionsOf(documents).flatMap(({ kind, id, document, range }): readonly DocumentEdit[] => {
    if (kind !== 'term' || id !== from) return [];
    const written = texts.get(document)?.slice(range.start, range.end) ?? from;
    return [{ document, range, newText: asWritten(written, from, to) }];
  });
}

function asWritten(written: string, from: string, to: string): string {
  if (written === from) return to;
  return from.includes('_') && !written.includes('_') ? to.replaceAll('_', ' ') : to.replace(/\s+/g, '_');
}
