import type { GlossaryTerm } from './model';

/**
 * Finds glossary terms as whole words, the longest first, with or without a plural's ending; group 1 is the name.
 * Undefined for an empty glossary.
 */
export function termPattern(glossary: readonly GlossaryTerm[]): RegExp | undefined {
  const names = [...new Set(glossary.map(({ name }) => name))].sort((a, b) => b.length - a.length);
  if (names.length === 0) return undefined;
  const escaped = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(${escaped.join('|')})(?:e?s)?(?![\\p{L}\\p{N}_])`, 'gu');
}
