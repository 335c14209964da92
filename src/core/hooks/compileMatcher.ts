/** Undefined for a pattern that is no regular expression; `*` alone means everything. */
export function compileMatcher(matcher: string): RegExp | undefined {
  if (matcher === '*') return /(?:)/;
  try {
    return new RegExp(matcher);
  } catch {
    return undefined;
  }
}
