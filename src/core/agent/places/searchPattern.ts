/** What a search looks for in a line: a literal text or a regular expression, letter case not counting. */
import { ToolRefusal } from '../turn/toolRefusal';

/** Characters of a line that an expression is tried on; a literal text is found anywhere. */
const MAX_LINE = 2000;

export interface SearchPattern {
  /** Can the text have a hit at all? */
  mayHit(text: string): boolean;
  hits(line: string): boolean;
}

export function searchPattern(pattern: string, isRegex: boolean): SearchPattern {
  if (!isRegex) {
    const needle = pattern.toLowerCase();
    const hits = (text: string) => text.toLowerCase().includes(needle);
    return { mayHit: hits, hits };
  }
  const expression = compile(pattern);
  return { mayHit: () => true, hits: (line) => expression.test(line.slice(0, MAX_LINE)) };
}

function compile(pattern: string): RegExp {
  if (mayRunForEver(pattern)) {
    throw new ToolRefusal(
      'The expression repeats a group that itself repeats or has alternatives, which may never end. Simplify it: a line that has one match is found without the outer repetition.',
    );
  }
  try {
    return new RegExp(pattern, 'i');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolRefusal(`${why}. Leave regex out to find the text as it is.`);
  }
}

const INNERMOST = /\((?:\?(?:<?[=!]|:|<[^>]*>))?([^()]*)\)([*+]|\{\d*,\d*\}|\{\d\d+\})?/;
const CHOICE = /[|*+?]|\{\d*,\d*\}/;

/** Is there a repeated group with a repetition or alternatives inside? Nobody can interrupt such an expression. */
function mayRunForEver(pattern: string): boolean {
  let rest = pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, 'x');
  for (let group = INNERMOST.exec(rest); group; group = INNERMOST.exec(rest)) {
    const [whole, body = '', repeated] = group;
    const chooses = CHOICE.test(body);
    if (repeated && chooses) return true;
    rest =
      rest.slice(0, group.index) +
      (repeated || chooses ? 'x*' : 'x') +
      rest.slice(group.index + whole.length);
  }
  return false;
}
