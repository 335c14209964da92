/**
 * A model asked for a document may wrap it: a sentence before, a code fence around. This lets the document
 * through as it streams: from its first heading on, without the fence that closes what came before it.
 */
export interface DocumentFilter {
  /** The part of the document that is certain now. */
  feed(text: string): string;
  /** What was held back, ending in one line break; empty when nothing was a document. */
  end(): string;
}

export function createDocumentFilter(): DocumentFilter {
  let held = '';
  let begun = false;
  let fenced = false;

  /** Everything before the first heading is dropped. */
  function begin(): void {
    const match = /(^|\n)(# )/.exec(held);
    if (!match) return;
    const start = match.index + (match[1]?.length ?? 0);
    fenced = /(^|\n)```+\s*(markdown|md)?\s*\n\s*$/i.test(held.slice(0, start));
    held = held.slice(start);
    begun = true;
  }

  return {
    feed(text) {
      held += text;
      if (!begun) begin();
      if (!begun) return '';
      // The tail may be the closing fence, or the white space before it.
      const tail = /\s*`{0,3}\s*$/.exec(held);
      const certain = tail ? held.slice(0, tail.index) : held;
      held = held.slice(certain.length);
      return certain;
    },
    end() {
      if (!begun) return '';
      const rest = fenced ? held.replace(/\s*```\s*$/, '') : held.trimEnd();
      held = '';
      return `${rest.trimEnd()}\n`;
    },
  };
}
