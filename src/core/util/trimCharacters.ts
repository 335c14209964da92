import type { TextRange } from './textRange';

/**
 * The part of a range without the given characters at its ends. A loop, because `/[…]+$/` takes time quadratic
 * in a run of such characters.
 */
export function trimCharacters(text: string, range: TextRange, characters: string): TextRange {
  let { start, end } = range;
  while (start < end && characters.includes(text.charAt(start))) start++;
  while (end > start && characters.includes(text.charAt(end - 1))) end--;
  return start === range.start && end === range.end ? range : { start, end };
}
