/**
 * What compilers and linters complain of, without line numbers: a problem that was there before stays the same when
 * lines move.
 */

const LINE = [
  // tsc: src/a.ts(1,2): error TS2322: …
  /^(?<file>[^\s:(]+)\(\d+,\d+\): (?<text>(?:error|warning)\b.*)$/,
  // gcc, go vet, mypy, ruff, tsc --pretty, biome: src/a.ts:1:2 …
  /^(?<file>(?:[A-Za-z]:)?[^\s:]+):\d+(?::\d+)?(?: - |:? )(?<text>\S.*)$/,
  // biome, of a whole file: src/a.ts format ━━━
  /^(?<file>[^\s:]+\.\w+) (?<text>\w+) ━/,
];

export function problemsIn(text: string): readonly string[] {
  const found: string[] = [];
  let file = '';
  for (const line of text.split('\n')) {
    const { groups } = LINE.map((pattern) => pattern.exec(line)).find((match) => match !== null) ?? {};
    // eslint: the file in a line of its own, its problems below it.
    const below = /^ +\d+:\d+ +(?<text>(?:error|warning) .*)$/.exec(line)?.groups?.text;
    if (/^(?:\/|[A-Za-z]:[\\/]|\.{0,2}[\w@-]).*\.\w+$/.test(line) && !line.includes(' ')) file = line;
    if (groups) found.push(`${groups.file}: ${(groups.text ?? '').replace(/\s*━+$/, '')}`);
    else if (below !== undefined) found.push(`${file}: ${below.replace(/ +/g, ' ')}`);
  }
  return found;
}
