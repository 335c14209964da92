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
    let rest = text;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = held + rest.slice(0, end);
      if (HEADING.test(line)) return open(held + rest);
      if (line.trim() !== '') fence = FENCE.exec(line)?.[1];
      held = '';
      rest = rest.slice(end + 1);
    }
    if (HEADING.test(held + rest)) return open(held + rest);
    // What is longer is neither a heading nor a fence.
    held = (held + rest).slice(0, LONGEST_MARK);
    return '';
  }

  function open(document: string): string {
    state = 'in';
    held = '';
    unwrap = fence === undefined ? undefined : createFenceFilter(fence);
    return document;
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
