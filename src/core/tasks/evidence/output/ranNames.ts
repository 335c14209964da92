/** Which tests ran and passed, by the files and titles that the output of the usual runners names. */

const MOST = 5000;
const LONGEST = 300;

const NAMES: readonly RegExp[] = [
  // mocha, node:test, vitest, bun; vitest also names files so.
  /^\s*(?:✔|✓|√) (.+)$/,
  /^\s*ok \d+(?: -)? (?!.*# (?:SKIP|TODO))(.+)$/i,
  /^ ?PASS {1,2}(\S.*)$/,
  // pytest: a file and its dots, or a test a line.
  /^(\S+\.py) [.sxXFE]*\.[.sxXFE]*(?:\s+\[ *\d+%\])?$/,
  /^(\S+\.py::\S+) PASSED\b/,
  /^(test\w* \([\w.]+\)) \.\.\. ok$/,
  /^test (\S+) \.\.\. ok$/,
  /^ +Running (?:unittests )?(\S+\.rs)\b/,
  /^ *--- PASS: (\S+)/,
  /^ok {2}\t(\S+)\t(?!.*\[no tests to run\])/,
  /^(?:\[INFO\] )?Tests run: \d+, Failures: 0, Errors: 0, .* (?:-- |- )?in ([\w.$]+)$/,
  /^(\S.* > .+) PASSED$/,
  /^ +\* ((?:test|property|doctest) .+?) \([\d.]+ms\)/,
  /^\d+:\d+ \+\d+(?: ~\d+)?: (.+)$/,
  /^ +Passed (\S.*?) \[[^\]]+\]$/,
];

/** Undefined where it names none. */
export function ranNames(text: string): readonly string[] | undefined {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    if (found.size >= MOST || line.length > LONGEST) continue;
    const match = NAMES.map((pattern) => pattern.exec(line)).find((each) => each !== null);
    const name = match?.[1]?.replace(/ \([\d.]+ ?m?s\)$| \[[\d.]+m?s\]$| \d+ms$/, '').trim();
    if (name) found.add(name);
  }
  return found.size === 0 ? undefined : [...found];
}
