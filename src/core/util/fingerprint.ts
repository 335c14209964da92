/**
 * A short name for a text, to see that it changed: FNV-1a, 32 bits, in base 36. Not for secrets, nor against people
 * who want two texts to look alike.
 */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36).padStart(7, '0');
}
