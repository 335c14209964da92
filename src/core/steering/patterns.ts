/** Which files a document with `inclusion: fileMatch` is for. */
import { compileGlob } from '../util/glob';

const MOST_PATTERNS = 100;
const LONGEST = 1000;

/** `*.ts,*.tsx` as two; a comma in braces belongs to its pattern. */
export function splitPatterns(written: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= written.length; at++) {
    const sign = written[at];
    if (sign === '{' || sign === '[') depth++;
    if (sign === '}' || sign === ']') depth--;
    if (at < written.length && (sign !== ',' || depth > 0)) continue;
    parts.push(written.slice(from, at).trim());
    from = at + 1;
  }
  return parts.filter((part) => part !== '');
}

/** The pattern that a path matches; undefined where it matches none, or one with `!` takes it out. */
export function matchingPattern(patterns: readonly string[], path: string): string | undefined {
  const all = patterns.slice(0, MOST_PATTERNS);
  const isMatch = (pattern: string) => compile(pattern)(path);
  if (all.some((pattern) => pattern.startsWith('!') && isMatch(pattern.slice(1)))) return undefined;
  const wanted = all.filter((pattern) => !pattern.startsWith('!'));
  // Those that only take out take out of everything.
  if (wanted.length === 0) return all[0];
  return wanted.find(isMatch);
}

const compiled = new Map<string, (path: string) => boolean>();
const MOST_COMPILED = 500;

/** A pattern without a slash is one for names, at any depth. */
function compile(pattern: string): (path: string) => boolean {
  const known = compiled.get(pattern);
  if (known) return known;
  if (compiled.size > MOST_COMPILED) compiled.clear();
  const made = matcherOf(pattern);
  compiled.set(pattern, made);
  return made;
}

function matcherOf(pattern: string): (path: string) => boolean {
  if (pattern === '' || pattern.length > LONGEST) return () => false;
  const plain = pattern.replace(/^(?:\.?\/)+/, '');
  return compileGlob(plain.includes('/') ? plain : `**/${plain}`) ?? (() => false);
}
