/** The end of a text that grows without limit, read piece by piece: places count from its very beginning. */
export interface TextPart {
  readonly text: string;
  /** Where it begins: later than asked for when the older part is no longer kept. */
  readonly start: number;
  readonly end: number;
  /** Characters after it. */
  readonly more: number;
}

export interface RecentText {
  add(text: string): void;
  readonly length: number;
  read(offset: number, limit: number): TextPart;
}

/** Characters. */
const KEPT = 400_000;

export function createRecentText(kept: number = KEPT): RecentText {
  let text = '';
  let dropped = 0;

  function trim(): void {
    const cut = text.length - kept;
    if (cut <= 0) return;
    dropped += cut;
    text = text.slice(cut);
  }

  return {
    add(more) {
      text += more;
      // Cutting at every piece would copy the whole each time.
      if (text.length > 2 * kept) trim();
    },
    get length() {
      return dropped + text.length;
    },
    read(offset, limit) {
      const start = Math.min(Math.max(offset, dropped), dropped + text.length);
      const part = wholeCharacters(text.slice(start - dropped, start - dropped + limit));
      const end = start + part.length;
      return { text: part, start, end, more: dropped + text.length - end };
    },
  };
}

/** Without half a character at its end: the other half begins the next part. */
function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return text.length > 1 && last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
