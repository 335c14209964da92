/** Reads one document again and again, as somebody types in it: only what an edit touched is read anew. */
import { parseSentence, type Sentence } from '../ears/parseSentence';
import { type ReadText, readText, updateBlocks } from '../markdown/updateBlocks';
import type { DocumentKind, SpecDocument } from './model';
import { parseDesign } from './parseDesign';
import { parseRequirements } from './requirements/parseRequirements';
import { parseTasks } from './tasks/parseTasks';

export interface DocumentReader {
  /** The same as `parseDocument(kind, text)`. */
  read(text: string): SpecDocument;
}

export function createDocumentReader(kind: DocumentKind): DocumentReader {
  let previous: { readonly read: ReadText; readonly document: SpecDocument } | undefined;
  /** The sentences of the last reading: an edit changes one of them, or a few. */
  let sentences = new Map<string, Sentence>();

  function parse({ text, blocks }: ReadText): SpecDocument {
    if (kind === 'design') return parseDesign(text, blocks);
    if (kind === 'tasks') return parseTasks(text, blocks);
    const seen = new Map<string, Sentence>();
    const document = parseRequirements(text, kind, blocks, (sentence) => {
      const parsed = sentences.get(sentence) ?? parseSentence(sentence);
      seen.set(sentence, parsed);
      return parsed;
    });
    sentences = seen;
    return document;
  }

  return {
    read(text) {
      if (previous?.read.text === text) return previous.document;
      const read = previous === undefined ? readText(text) : updateBlocks(previous.read, text);
      previous = { read, document: parse(read) };
      return previous.document;
    },
  };
}
