/** How the summary of one test runner is read. Pure: the text of its output, colours left out. */

/** What one summary says. */
export interface Counted {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Reader {
  /** Of the runner, for tests and people. */
  readonly name: string;
  /** One for each summary: a command may run a runner several times. */
  read(text: string): readonly Counted[];
  /** Names of tests that failed. */
  readonly failing?: (text: string) => readonly string[];
}

export function number(text: string | undefined): number {
  return text === undefined ? 0 : Number(text);
}

/** The sum of all “<n> <word>” in a line. */
export function counted(line: string, words: string): number {
  const all = line.matchAll(new RegExp(`(\\d+) (?:${words})\\b`, 'g'));
  return [...all].reduce((sum, [, count]) => sum + number(count), 0);
}

/** The first group of each match. */
export function groups(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? '').trim()).filter((name) => name !== '');
}

/** A summary of several lines, “<sign> <word> <n>” each: from the line that begins it to the first that is no part of it. */
export function blocks(text: string, begins: RegExp, belongs: RegExp): readonly string[] {
  const found: string[] = [];
  let current: string[] | undefined;
  for (const line of text.split('\n')) {
    if (current === undefined && begins.test(line)) current = [];
    if (current === undefined) continue;
    if (belongs.test(line)) current.push(line);
    else {
      found.push(current.join('\n'));
      current = undefined;
    }
  }
  if (current) found.push(current.join('\n'));
  return found;
}
