/** Keys as this machine writes them. */

const MAC = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

/** `Ctrl+Enter`, on a Mac `⌘Enter`. */
export function keyText(key: string): string {
  return MAC ? key.replace('Ctrl+', '⌘') : key;
}
