/** Remembers how the documents were read that somebody is typing in, and only those. */
import { createDocumentReader, type DocumentReader } from './documentReader';
import type { DocumentKind, SpecDocument } from './model';
import { parseDocument } from './parseDocument';

/** Nobody types in more documents at a time. */
const MOST = 8;

export interface TypingReaders {
  /** Somebody types in this document. */
  follow(path: string): void;
  parse(path: string, kind: DocumentKind, text: string): SpecDocument;
}

export function createTypingReaders(): TypingReaders {
  /** The latest last. */
  const readers = new Map<string, DocumentReader | undefined>();
  return {
    follow(path) {
      const known = readers.get(path);
      readers.delete(path);
      readers.set(path, known);
      const [oldest] = readers.keys();
      if (readers.size > MOST && oldest !== undefined) readers.delete(oldest);
    },
    parse(path, kind, text) {
      if (!readers.has(path)) return parseDocument(kind, text);
      const reader = readers.get(path) ?? createDocumentReader(kind);
      readers.set(path, reader);
      return reader.read(text);
    },
  };
}
