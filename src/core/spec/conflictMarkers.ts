/** A merge that git could not finish leaves both sides in the file. */
const MARKERS = /^<{7}(?: .*)?\r?\n(?:.*\r?\n)*?={7}\r?\n(?:.*\r?\n)*?>{7}(?: .*)?$/m;

/** Line of the first conflict, from 1; undefined where there is none. */
export function conflictLine(text: string): number | undefined {
  if (!text.includes('<<<<<<<')) return undefined;
  const at = MARKERS.exec(text)?.index;
  return at === undefined ? undefined : text.slice(0, at).split('\n').length;
}
