/** The tests of a file, with what they assert and whether they run. Pure. */
import { lineStarts, positionAt } from '../../../util/textRange';
import type { Language } from './languages';
import { mask } from './mask';

export interface Assertion {
  /** In one line. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

export interface TestCase {
  readonly title: string;
  readonly path: string;
  /** From 1, both included. */
  readonly line: number;
  readonly lastLine: number;
  /** Without its title. */
  readonly words: readonly string[];
  readonly skipped: boolean;
  /** Not everywhere. */
  readonly sometimes: boolean;
  readonly focused: boolean;
  /** It stands for several: a table, or a name that is computed. */
  readonly table: boolean;
  /** Leaves before its end. */
  readonly returns: number;
  readonly asserts: readonly Assertion[];
}

export interface TestFile {
  readonly cases: readonly TestCase[];
  /** What is asserted outside of tests: in helpers. */
  readonly helpers: readonly Assertion[];
  /** What keeps several tests from running: a line that skips or focuses outside of a test. */
  readonly marks: readonly {
    readonly kind: 'skip' | 'focus';
    /** On a condition. */
    readonly sometimes: boolean;
    readonly text: string;
    readonly line: number;
  }[];
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly titleEnd: number;
  readonly title: string;
  readonly table: boolean;
}

const NONE: TestFile = { cases: [], helpers: [], marks: [] };

export function readTestFile(path: string, text: string | undefined, language: Language): TestFile {
  if (text === undefined) return NONE;
  const source = text.replaceAll('\r\n', '\n');
  const { code, bare } = mask(source, language.style);
  const starts = lineStarts(source);
  const lineOf = (offset: number) => positionAt(starts, offset).line + 1;
  const spans = [...code.matchAll(language.cases)].map((match) => spanOf(match, source, code, language));
  const inner = (offset: number) => spans.findLast(({ start, end }) => start <= offset && offset < end);
  const asserts = assertionsIn(code, bare, language.asserts).map((each) => ({
    ...each,
    span: inner(each.start),
  }));
  const shown = ({ text: words, start }: { text: string; start: number }) => ({
    text: words,
    line: lineOf(start),
  });
  const cases = spans.map((span): TestCase => {
    const { start, end, title, titleEnd, table } = span;
    const head = start - annotationsAbove(code, start).length;
    const whole = code.slice(head, end);
    const words = bare.slice(titleEnd, end).match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? [];
    return {
      title,
      path,
      line: lineOf(start),
      lastLine: lineOf(Math.max(start, end - 1)),
      words,
      ...skipsIn(whole, language),
      focused: language.focuses?.test(whole) ?? false,
      table,
      returns: (whole.match(/^[ \t]*return[ \t]*;?[ \t]*$/gm) ?? []).length,
      asserts: asserts.filter((each) => each.span === span).map(shown),
    };
  });
  return {
    cases,
    helpers: asserts.filter(({ span }) => span === undefined).map(shown),
    marks: marksOf(language, source, code, starts, spans),
  };
}

function spanOf(match: RegExpExecArray, source: string, code: string, { extent }: Language): Span {
  const { index, groups = {} } = match;
  const after = index + match[0].length;
  const named = groups.title ?? groups.name;
  const chain = groups.chain ?? '';
  const each = /\.(?:each|for|prop)\b/.test(chain);
  // A table without brackets of its own is part of the chain.
  const call = each && !chain.endsWith(')') ? skipTable(code, after) : after;
  const literal = named === undefined ? stringAt(source, code, call) : undefined;
  const title = named ?? literal?.text ?? wordsAt(source, call);
  const end =
    extent === 'indent'
      ? indentEnd(code, index)
      : extent === 'call'
        ? closing(code, call)
        : closing(code, nextBrace(code, after));
  return {
    start: index,
    end,
    title: title.trim(),
    titleEnd: literal?.end ?? after,
    table: each || (named === undefined && (literal === undefined || literal.text.includes('${'))),
  };
}

/** Lines above that begin with an annotation or attribute: their text. */
function annotationsAbove(code: string, start: number): string {
  const lineStart = code.lastIndexOf('\n', start - 1) + 1;
  let from = lineStart;
  for (;;) {
    const above = code.lastIndexOf('\n', from - 2) + 1;
    if (from === 0 || !/^[ \t]*(?:@|#\[|\[)/.test(code.slice(above, from))) break;
    from = above;
  }
  return code.slice(from, start);
}

/** Behind the brackets, or the template, of a table. */
function skipTable(code: string, at: number): number {
  const end = code[at] === '`' ? code.indexOf('`', at + 1) + 1 : closing(code, at);
  return end + (/^\s*/.exec(code.slice(end))?.[0].length ?? 0);
}

/** The string that is the first argument of a call. */
function stringAt(source: string, code: string, at: number): { text: string; end: number } | undefined {
  const before = /^[\s(]*/.exec(code.slice(at))?.[0].length ?? 0;
  const quote = code[at + before];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const end = code.indexOf(quote, at + before + 1);
  return end === -1 ? undefined : { text: source.slice(at + before + 1, end), end: end + 1 };
}

function wordsAt(source: string, at: number): string {
  return /^[\s(]*([^,)\n]*)/.exec(source.slice(at))?.[1] ?? '';
}

function nextBrace(code: string, at: number): number {
  const brace = code.indexOf('{', at);
  const semicolon = code.indexOf(';', at);
  return brace === -1 || (semicolon !== -1 && semicolon < brace) ? at : brace;
}

/** Behind the bracket that closes the one at an offset; the rest of the text where none does. */
function closing(code: string, at: number): number {
  let depth = 0;
  for (let offset = at; offset < code.length; offset++) {
    const sign = code.charAt(offset);
    if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign) && --depth <= 0) return offset + 1;
  }
  return code.length;
}

/** Before the next line that is indented no further; an `end` belongs to it. */
function indentEnd(code: string, at: number): number {
  const start = code.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[ \t]*/.exec(code.slice(start))?.[0].length ?? 0;
  for (let line = code.indexOf('\n', at); line !== -1; line = code.indexOf('\n', line + 1)) {
    const [, blanks = '', first] = /^\n([ \t]*)(\S*)/.exec(code.slice(line, line + 200)) ?? [];
    if (first === '' || first === undefined || blanks.length > indent) continue;
    return first === 'end' ? line + 1 + blanks.length + 3 : line;
  }
  return code.length;
}

function assertionsIn(code: string, bare: string, pattern: RegExp): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  let until = 0;
  for (const { index, 0: match } of code.matchAll(pattern)) {
    // One within another belongs to that; `fc.assert` only holds others.
    if (index < until || /\bfc\.$/.test(code.slice(0, index))) continue;
    const start = index + (/^\s*/.exec(match)?.[0].length ?? 0);
    until = statementEnd(code, start);
    found.push({
      text: bare
        .slice(start, until)
        .replace(/\s+/g, ' ')
        .replace(/[;,\s]+$/, ''),
      start,
    });
  }
  return found;
}

function statementEnd(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const sign = code.charAt(at);
    if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign)) {
      if (--depth < 0) return at;
    } else if (depth === 0 && (sign === ';' || sign === ',')) return at;
    else if (depth === 0 && sign === '\n' && !/^\s*(?:\.|\?\.|&&|\|\|)/.test(code.slice(at, at + 80)))
      return at;
  }
  return code.length;
}

function marksOf(
  language: Language,
  source: string,
  code: string,
  starts: readonly number[],
  spans: readonly Span[],
): TestFile['marks'] {
  const own = new Set<number>();
  for (const { start, end } of spans) {
    const first = positionAt(starts, start - annotationsAbove(code, start).length).line;
    for (let line = first; line <= positionAt(starts, end).line; line++) own.add(line);
  }
  const shown = source.split('\n');
  return code.split('\n').flatMap((line, number, lines) => {
    if (own.has(number)) return [];
    const isSkip = language.skips.test(line);
    if (!isSkip && !language.focuses?.test(line)) return [];
    const { skipped } = skipsIn(`${lines[number - 1] ?? ''}\n${line}`, language);
    const text = (shown[number] ?? '').trim();
    return [{ kind: isSkip ? 'skip' : 'focus', sometimes: isSkip && !skipped, text, line: number + 1 }];
  });
}

function skipsIn(code: string, { skips, skipsSometimes }: Language): Pick<TestCase, 'skipped' | 'sometimes'> {
  const all = [...code.matchAll(new RegExp(skips, `${skips.flags}g`))];
  const conditional = all.map(({ index }) => isConditional(code, index));
  return {
    skipped: conditional.includes(false),
    sometimes: conditional.includes(true) || (skipsSometimes?.test(code) ?? false),
  };
}

/** `if (isWindows) this.skip()`, or below such a line; `skip "later" if windows?`. */
function isConditional(code: string, at: number): boolean {
  const start = code.lastIndexOf('\n', at - 1) + 1;
  const end = code.indexOf('\n', at);
  const [before, rest] = [code.slice(start, at), code.slice(at, end === -1 ? code.length : end)];
  if (/\b(?:if|unless|elif|case)\b|&&|\|\||\?/.test(before)) return true;
  if (/^\s*[\w.]+[\s("')]*\s(?:if|unless)\s/.test(rest)) return true;
  const above = code.slice(0, start).trimEnd().split('\n').at(-1) ?? '';
  return before.trim() === '' && /^\s*(?:\}\s*)?(?:if|elif|else|unless|switch|case)\b/.test(above);
}
