/** Keys as this machine writes them. */

const MAC = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

/** `Ctrl+Enter`, on a Mac `⌘Enter`. */
export function keyText(key: string): string {
  return MAC ? key.replace('Ctrl+', '⌘') : key;
}

/** A key in the list of keys. */
export interface KeyEntry {
  readonly keys: readonly string[];
  readonly does: string;
  /** A word or two for the foot of the panel. */
  readonly hint?: string;
}
