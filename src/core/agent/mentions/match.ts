/** Names that fit what is typed so far. Pure. */
const MOST = 12;

/**
 * The best first: the base name begins with it, or contains it, or the whole does, or has its letters in order. Of
 * equal ones the shorter, then by name.
 */
export function bestMatches(names: readonly string[], query: string): readonly string[] {
  const wanted = query.toLowerCase();
  return names
    .map((name) => ({ name, rank: rankOf(name.toLowerCase(), wanted) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}

function rankOf(name: string, wanted: string): number {
  const base = name.slice(name.lastIndexOf('/') + 1);
  if (base.startsWith(wanted)) return 0;
  if (base.includes(wanted)) return 1;
  if (name.includes(wanted)) return 2;
  return hasInOrder(name, wanted) ? 3 : Number.POSITIVE_INFINITY;
}

function hasInOrder(name: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
