/** The name that was probably meant: at most two letters differ (Levenshtein), in names long enough for a slip. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name.length < 4 || name.length > 60) return undefined;
  const wanted = name.toLowerCase();
  return names.find((candidate) => isNear(wanted, candidate.toLowerCase()));
}

function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2 || b.length < 4) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return (row[b.length] ?? 3) <= 2;
}
