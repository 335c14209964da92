/** How much an assertion says. Pure. */

const STRONG =
  /equal|\bsame\b|\btoBe\(|toMatchObject|toHaveBeenCalledWith|\bEq\b|_eq\b|_EQ\b|assert_eq|\.is\(|\.Be\(|isEqualTo|[^=!<>]==[^=]|===|\beq\(|assert\w*\s.*==/i;
const WEAK =
  /toBeTruthy|toBeFalsy|toBeDefined|not\.toBeNull|not\.toBeUndefined|toBeInstanceOf|not\.toThrow|doesNotThrow|notThrows|assertTrue|assertNotNull|assertIsNotNone|NotNil|NoError|IsType|isNotNull|\bassert(?:\.ok|\.isOk|\.exists)?\(|^assert \w[\w.()]*$|expect\.any|anything\(\)|\.ok\(|be_truthy|not_to be_nil|refute/;

/** 3: a value is what it is to be; 2: it is in part; 1: there is one. */
export function strengthOf(text: string): number {
  // A comparison in an assertion that only asks for truth says as much as one by name.
  if (/^assert\w*!?\W.*(?:===?|!==?) /.test(text)) return 3;
  if (WEAK.test(text)) return 1;
  return STRONG.test(text) ? 3 : 2;
}

const LITERAL =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<![\w$.])\d[\d_.]*(?:e[+-]?\d+)?\w?\b|\b(?:true|false|True|False|null|None|nil|undefined)\b/g;

/** The same for assertions that differ in their values alone. */
export function shapeOf(text: string): string {
  return text.replace(LITERAL, '§');
}

export function literalsOf(text: string): readonly string[] {
  return text.match(LITERAL) ?? [];
}

/** The words that an assertion says when it fails are no value: the last of three arguments, or of two where truth is asked for. */
export function withoutMessage(text: string): string {
  const [, head = '', list = '', tail = ''] = /^([\w.!]+\()(.*)(\)+)$/s.exec(text) ?? [];
  const parts = argumentsOf(list);
  const last = parts.at(-1)?.trim() ?? '';
  const least = STRENGTH_BY_TRUTH.test(head) ? 2 : 3;
  return parts.length >= least && /^["'`]/.test(last)
    ? `${head}${parts.slice(0, -1).join(',')}${tail}`
    : text;
}

const STRENGTH_BY_TRUTH = /^(?:assert|assert\.ok|assert!|assertTrue|ok|t\.ok)\($/;

/** Split at commas that stand in no brackets and no string. */
function argumentsOf(list: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece = ''] of list.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[\s\S]/g)) {
    if ('([{'.includes(piece)) depth++;
    else if (')]}'.includes(piece)) depth--;
    if (piece === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

const VALUE = `(?:true|True|1|"[^"]*"|'[^']*')`;
const TRIVIAL: readonly RegExp[] = [
  new RegExp(
    String.raw`^(?:assert|assert\.ok|assert!|t\.(?:ok|true|truthy|pass)|ok|assertTrue|self\.assertTrue|Assert\.(?:True|IsTrue)|Assertions\.assertTrue|XCTAssert(?:True)?|ASSERT_TRUE|EXPECT_TRUE|REQUIRE|CHECK|assert\.True)[ (]+(?:t, ?)?${VALUE}\s*(?:,.*)?\)?$`,
  ),
  /^t\.pass\(.*\)$/,
];

/** Holds whatever the program does: `assert(true)`, `expect(1).toBe(1)`, `assert.equal(x, x)`. */
export function isTrivial(text: string): boolean {
  if (TRIVIAL.some((pattern) => pattern.test(text))) return true;
  const twice =
    /^expect\((?<a>[^()]+)\)\.(?:to(?:Be|Equal|StrictEqual)|to\.(?:be|equal|eq|eql|deep\.equal))\((?<b>[^()]+)\)$/.exec(
      text,
    ) ??
    /^[\w.]*(?:[eE]quals?|_eq!?|EQ|same|\.is)\((?:t, ?)?(?<a>[^(),]+), ?(?<b>[^(),]+)\)$/.exec(text) ??
    /^assert (?<a>[^=<>!]+?) ?==? ?(?<b>[^=<>!]+)$/.exec(text);
  if (twice?.groups) return twice.groups.a?.trim() === twice.groups.b?.trim();
  return /^expect\((?:true|!0)\)\.(?:toBeTruthy\(\)|to\.be\.ok|to\.be\.true)$/.test(text);
}

/** How alike two lists of words are: from 0 to 1. */
export function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count > 0) shared++;
    left.set(word, count - 1);
  }
  return (2 * shared) / (a.length + b.length);
}
