/**
 * A model asked for a document may wrap it: a sentence before, a code fence around, a farewell after the fence.
 * This lets the document through as it streams: from its first heading on, without what closes the wrapping.
 */
import { createFenceFilter } from './fenceFilter';

export interface DocumentFilter {
  /** The part of the document that is certain now. */
  feed(text: string): string;
  /** What was held back, ending in one line break; empty when nothing was a document, and at further calls. */
  end(): string;
}

const HEADING = /^# +\S/;
const LONGEST_MARK = 200;
const FENCE = /^\s*(`{3,}|~{3,})\s*[\w-]*\s*$/;

export function createDocumentFilter(): DocumentFilter {
  /** Before the document: the line that is not complete. In it: white space that may be the last. */
  let held = '';
  /** The fence in the last line that was not blank. */
  let fence: string | undefined;
  let state: 'before' | 'in' | 'over' = 'before';
  let unwrap: ReturnType<typeof createFenceFilter> | undefined;

  /** Drops lines up to the first heading. */
  function begin(text: string): string {
    for (let rest = text; rest !== ''; ) {
      const end = rest.indexOf('\n');
      const piece = end < 0 ? rest : rest.slice(0, end);
      const line = held + piece;
      if (HEADING.test(line)) {
        state = 'in';
        unwrap = fence === undefined ? undefined : createFenceFilter(fence);
        held = '';
        return line + rest.slice(piece.length);
      }
      // What is longer is neither a heading nor a fence.
      held = end < 0 ? line.slice(0, LONGEST_MARK) : '';
      if (end >= 0 && line.trim() !== '') fence = FENCE.exec(line)?.[1];
      rest = end < 0 ? '' : rest.slice(end + 1);
    }
    return '';
  }

  /** White space counts only when something follows it. */
  function holdBack(text: string): string {
    const all = held + text;
    const certain = all.trimEnd();
    held = all.slice(certain.length);
    return certain;
  }

  return {
    feed(text) {
      if (state === 'over') return '';
      const document = state === 'before' ? begin(text) : text;
      return document === '' ? '' : holdBack(unwrap ? unwrap.feed(document) : document);
    },
    end() {
      const rest = state === 'in' && unwrap ? holdBack(unwrap.end()) : '';
      const last = state === 'in' ? `${rest}\n` : '';
      state = 'over';
      return last;
    },
  };
}
