/** A name as people compare it: case, underscores, hyphens, camel case and plural make no other name. */
export function foldName(name: string): string {
  const known = folded.get(name);
  if (known !== undefined) return known;
  const result = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[`*"'“”]/g, '')
    .toLowerCase()
    .split(/[\s_\-–]+/)
    .map((word) => (word.length > 3 ? word.replace(/(?<=[^s])s$/, '') : word))
    .join(' ')
    .trim();
  if (folded.size > MOST) folded.clear();
  folded.set(name, result);
  return result;
}

/** The same few names come again for every criterion. */
const folded = new Map<string, string>();
const MOST = 5000;
