/** What a search looks for in a line: a literal text or a regular expression, letter case not counting. */
import { longestFor, regexCost, stepsFor } from '../../util/regexCost';
import { ToolRefusal } from '../turn/toolRefusal';

/** Characters of a line that an expression is tried on; a literal text is found anywhere. */
const MAX_LINE = 2000;

export interface SearchPattern {
  /** Can the text have a hit at all? */
  mayHit(text: string): boolean;
  hits(line: string): boolean;
  /** Steps that a line may take, at the most. */
  effort(line: string): number;
  /** Characters of a line that were looked at, where some line was longer. */
  readonly cut: number | undefined;
}

export function searchPattern(pattern: string, isRegex: boolean): SearchPattern {
  if (!isRegex) {
    const needle = pattern.toLowerCase();
    const hits = (text: string) => text.toLowerCase().includes(needle);
    return { mayHit: hits, hits, effort: ({ length }) => length, cut: undefined };
  }
  const { regex, wild, ways } = compile(pattern);
  const maxLength = Math.min(MAX_LINE, longestFor(wild, ways));
  let cut = false;
  return {
    mayHit: () => true,
    hits(line) {
      cut ||= line.length > maxLength;
      return regex.test(line.slice(0, maxLength));
    },
    effort: ({ length }) => stepsFor(Math.min(length, maxLength), wild, ways),
    get cut() {
      return cut ? maxLength : undefined;
    },
  };
}

function compile(pattern: string): { readonly regex: RegExp; readonly wild: number; readonly ways: number } {
  const regex = toRegex(pattern);
  const cost = regexCost(pattern);
  if ('why' in cost) throw new ToolRefusal(cost.why);
  return { regex, ...cost };
}

function toRegex(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'i');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolRefusal(`${why}. Leave regex out to find the text as it is.`);
  }
}
