/** How tests are written in the usual languages. To add one: a row. Patterns look at code whose strings are blank. */
import type { Style } from './mask';

export interface Language {
  readonly files: RegExp;
  readonly style: Style;
  /**
   * Where a test begins. Its name is the group `title`, or, where there is none, the first string after it. `each`: a
   * table comes before that.
   */
  readonly cases: RegExp;
  /** How far it goes: to the bracket that closes its call, or its block; or as far as it is indented. */
  readonly extent: 'call' | 'block' | 'indent';
  /** In a test, or in what stands above it: it does not run. */
  readonly skips: RegExp;
  /** It does not run somewhere. */
  readonly skipsSometimes?: RegExp;
  /** All of its file is left out where nobody asks for it. */
  readonly partly?: RegExp;
  /** No other test runs. */
  readonly focuses?: RegExp;
  readonly asserts: RegExp;
  /** Tests stand between the code that they are about. */
  readonly inCode?: true;
}

const C_LIKE: Style = { line: ['//'], block: ['/*', '*/'], quotes: ['"', "'"] };
const TRIPLE: Style = { ...C_LIKE, quotes: ['"""', '"', "'"] };
const HASH: Style = { line: ['#'], quotes: ['"', "'"] };

const JAVASCRIPT: Language = {
  files: /\.(?:[cm]?[jt]sx?|vue|svelte)$/i,
  style: { ...C_LIKE, quotes: ['"', "'", '`'], patterns: true },
  cases:
    /(?:(?<![\w$.])|(?<=\b(?:t|tap|suite|QUnit|Deno|ava|runner)\.))(?<word>[xf]?(?:it|test|specify))(?<chain>(?:\.(?:skip|only|todo|each|for|concurrent|sequential|serial|parallel|failing|fails|fixme|prop|skipIf|runIf)\b(?:\([^()]*\)(?=\())?)*)\s*(?=[(`])/g,
  extent: 'call',
  skips:
    /(?<![\w$.])x(?:it|test|specify|describe|context)\b|(?<![\w$])(?:it|test|specify|describe|context|suite)(?:\.\w+)*\.(?:skip|fixme|failing|fails)\b|\b(?:this|t|ctx|context|testInfo)\.skip\(|(?<=[{,]\s*)skip\s*:\s*(?:true\b|["'`])|(?<![\w$.])pending\(/,
  skipsSometimes: /\.(?:skipIf|runIf)\b/,
  focuses:
    /(?<![\w$.])f(?:it|describe|test)\s*\(|(?<![\w$])(?:it|test|specify|describe|context|suite)(?:\.\w+)*\.only\b|(?<=[{,]\s*)only\s*:\s*true\b/,
  asserts:
    /(?<![\w$.])(?:assert\w*|expect\w*|should)(?:\.\w+)*\s*\(|\.should\b|\bt\.(?:is|not|deepEqual|notDeepEqual|like|true|false|truthy|falsy|throws\w*|notThrows\w*|regex|ok|equal|same|strictSame|match|pass|fail|snapshot)\(/g,
};

export const LANGUAGES: readonly Language[] = [
  JAVASCRIPT,
  {
    files: /\.pyi?$/,
    style: { ...HASH, quotes: ['"""', "'''", '"', "'"] },
    cases: /^[ \t]*(?:async )?def (?<title>test\w*)/gm,
    extent: 'indent',
    skips:
      /@(?:unittest\.|pytest\.mark\.)?(?:skip|xfail|expectedFailure)\b|\bpytest\.(?:mark\.)?(?:skip|xfail)\b|\bself\.skipTest\(|\bSkipTest\b/,
    skipsSometimes: /\bskip(?:if|If|unless|Unless)\b|\bimportorskip\(/,
    asserts:
      /^[ \t]*assert\b|\bself\.(?:assert|fail)\w*\(|\b(?:pytest|self)\.(?:raises|warns)\(|\bassert_\w+\(/gm,
  },
  {
    files: /\.go$/,
    style: { ...C_LIKE, quotes: ['"', '`', "'"] },
    cases: /^func (?<title>(?:Test|Fuzz|Example)\w*)\(/gm,
    extent: 'block',
    skips: /\b[tbf]\.Skip(?:f|Now)?\(|^\/\/go:build ignore/m,
    skipsSometimes: /\btesting\.Short\(\)/,
    partly: /^\/\/(?:go:build| \+build)\b/m,
    asserts:
      /\b[tb]\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(|\b(?:assert|require|is|qt|td|must)\.\w+\(/g,
  },
  {
    files: /\.rs$/,
    style: { line: ['//'], block: ['/*', '*/'], quotes: ['"', "'"], lifetimes: true },
    cases:
      /#\[(?:\w+::)*(?:test|rstest|test_case|quickcheck|wasm_bindgen_test)\b[^\]]*\](?:\s*#\[[^\]]*\])*\s*(?:pub\s+)?(?:async\s+)?fn\s+(?<title>\w+)/g,
    extent: 'block',
    skips: /#\[ignore\b/,
    asserts: /\b(?:debug_|prop_)?assert\w*!|\bpanic!|#\[should_panic/g,
    inCode: true,
  },
  {
    files: /\.(?:java|kt|kts|groovy)$/,
    style: TRIPLE,
    cases:
      /@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example)\b(?:[^{;]|\{[^{};]*\})*?\b(?:void|fun|def)\s+(?<title>\w+|`[^`\n]+`)\s*\(/g,
    extent: 'block',
    skips:
      /@(?:Disabled|Ignore|Ignored)\b|\bassume(?:True|False|That)\(\s*(?:true|false)\s*[,)]|\benabled\s*=\s*false/,
    skipsSometimes: /@(?:Disabled|Enabled)(?:On|If)\w+|\bassume(?:True|False|That)\(/,
    asserts: /\b(?:assert\w*|verify\w*|fail|expect\w*|check\w*)\s*\(|\.should\w*\b/g,
  },
  {
    files: /\.(?:cs|fs|vb)$/,
    style: TRIPLE,
    cases:
      /\[(?:Fact|Theory|Test|TestCase|TestMethod|DataTestMethod|Property)\b(?:[^{;]|\{[^{};]*\})*?\b(?:void|Task|ValueTask)\s+(?<title>\w+)\s*\(/g,
    extent: 'block',
    skips: /\bSkip\s*=\s*"|\[(?:\w+,\s*)?Ignore\b|\bAssert\.(?:Ignore|Inconclusive|Skip)\(|\[Explicit\b/,
    asserts: /\bAssert\.\w+(?:<[^>()]*>)?\(|\.Should\w*\(|\.Verify\(/g,
  },
  {
    files: /\.rb$/,
    style: HASH,
    cases:
      /^[ \t]*(?:(?:[xf]?(?:it|specify|example|scenario)|test)\b(?=[\s(]+['"])|def (?<title>test_\w+))/gm,
    extent: 'indent',
    skips:
      /^[ \t]*x(?:it|specify|example|describe|context|scenario)\b|^[ \t]*(?:skip|pending)\b|,\s*(?:skip|pending)(?:\s*:|\s*=>)/m,
    focuses: /^[ \t]*f(?:it|describe|context|specify|example)\b|,\s*(?:focus:|:focus\b)/m,
    asserts: /\bexpect\b\s*[({]|\b(?:assert|refute)\w*|\.(?:must|wont)_\w+|\.should\w*\b/g,
  },
  {
    files: /\.exs?$/,
    style: { ...HASH, quotes: ['"""', '"'] },
    cases: /^[ \t]*(?:test|property)\b(?=[\s(]+")/gm,
    extent: 'indent',
    skips: /@(?:module|describe)?tag\s*:skip\b|@(?:module|describe)?tag\s+skip:/,
    asserts: /\b(?:assert|refute)\w*/g,
  },
  {
    files: /\.dart$/,
    style: { ...C_LIKE, quotes: ['"""', "'''", '"', "'"] },
    cases: /(?<![\w$.])(?:test|testWidgets)\s*(?=\()/g,
    extent: 'call',
    skips: /\bskip\s*:\s*(?:true\b|["'])|@Skip\b|\bmarkTestSkipped\(/,
    focuses: /\bsolo\s*:\s*true\b/,
    asserts: /\b(?:expect\w*|verify\w*|fail)\s*\(/g,
  },
  {
    files: /\.php$/,
    style: { ...C_LIKE, line: ['//', '#'] },
    cases:
      /\bfunction (?<title>test\w*)\s*\(|#?\[Test\][^{;]*?\bfunction (?<name>\w+)\s*\(|(?<![\w$>:])(?:it|test)\s*(?=\()/g,
    extent: 'block',
    skips: /\bmarkTest(?:Skipped|Incomplete)\(|->(?:skip|todo)\(/,
    focuses: /->only\(/,
    asserts: /(?:->|::)assert\w+\(|(?<![\w$>])expect\(|->expect\w+\(/g,
  },
  {
    files: /\.swift$/,
    style: TRIPLE,
    cases: /\bfunc (?<title>test\w*)\s*\(|@Test\b[^{]*?\bfunc (?<name>\w+)\s*\(/g,
    extent: 'block',
    skips: /\bXCTSkip\w*\(|\.disabled\(/,
    asserts: /\bXCT(?:Assert\w*|Fail|Unwrap)\(|#(?:expect|require)\(/g,
  },
  {
    files: /\.(?:c|cc|cpp|cxx|h|hpp|m|mm)$/,
    style: C_LIKE,
    cases: /\b(?:TEST(?:_[FP])?|TYPED_TEST)\s*\((?<title>[^)]*)\)|\b(?:TEST_CASE|SCENARIO)\s*(?=\()/g,
    extent: 'block',
    skips: /\bDISABLED_\w+|\bGTEST_SKIP\b|\bSKIP\(/,
    asserts: /\b(?:EXPECT|ASSERT|REQUIRE|CHECK)(?:_\w+)?\s*\(/g,
  },
  {
    files: /\.(?:bats|sh)$/,
    style: HASH,
    cases: /^@test\b/gm,
    extent: 'block',
    skips: /^[ \t]*skip\b/m,
    asserts: /^[ \t]*(?:\[{1,2} |assert\w*|refute\w*|test )/gm,
  },
];

const IN_FOLDER =
  /(?:^|\/)(?:(?:[\w.]+[-_])?tests?(?:[-_][\w.]+)?|__tests__|specs?|e2e|it|testing|cypress)\//i;
const NAMED =
  /(?:^|\/)(?:tests?|specs?)\.\w+$|(?:[._-](?:test|tests|spec|specs|cy|e2e)\.[cm]?\w+|_test\.\w+|(?:^|\/)test_[^/]*\.py|(?:Tests?|Spec|IT)\.(?:java|kt|kts|groovy|cs|fs|vb|swift|php|scala)|\.bats)$/;

export function languageOf(path: string): Language | undefined {
  return LANGUAGES.find(({ files }) => files.test(path));
}

/** By its name alone, wherever it lies. */
export function isNamedTest(path: string): boolean {
  return NAMED.test(path);
}

/** The language that a file's tests are read in; undefined for what holds none. */
export function testLanguage(path: string): Language | undefined {
  const language = languageOf(path);
  if (language === undefined) return undefined;
  return language.inCode || NAMED.test(path) || IN_FOLDER.test(path) ? language : undefined;
}
