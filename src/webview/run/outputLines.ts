/** Which lines of an output say what is wrong. Pure. */

/** How test runners, compilers and linters begin the line of a failure. */
const FAILING = /^\s*(?:FAIL(?:ED)?\b|not ok\b|✖|✗|×|error(?:\[|:| TS)|\S+Error:)/;

export function isFailing(line: string): boolean {
  return FAILING.test(line);
}

/** From the first failure on, so many lines; the end where none is known as one. */
export function tellingLines(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  const first = lines.findIndex(isFailing);
  const from = first < 0 ? lines.length - most : Math.min(first, lines.length - most);
  return lines.slice(from, from + most);
}
