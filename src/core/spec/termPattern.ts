import type { GlossaryTerm } from './model';

/**
 * Finds glossary terms as whole words, the longest first, with or without a plural's ending; group 1 is the name.
 * `Door_Lock` is found as `Door Lock`, too. Undefined for an empty glossary.
 */
export function termPattern(glossary: readonly GlossaryTerm[]): RegExp | undefined {
  const names = [...new Set(glossary.map(({ name }) => name))].sort((a, b) => b.length - a.length);
  if (names.length === 0) return undefined;
  const escaped = names.map((name) =>
    name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/[\s_]+/g, String.raw`(?:_|\s+)`),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}_])(${escaped.join('|')})(?:e?s)?(?![\\p{L}\\p{N}_])`, 'gu');
}

/** Whether a name is written with blanks or underscores is no part of it. */
export function plainName(name: string): string {
  return name.replace(/[\s_]+/g, ' ');
}
