/**
 * Documents that say the same thing differently. Only where both name a thing from a short list and one value for it: a
 * false alarm costs more than a conflict that a person would have found.
 */

import type { TextRange } from '../util/textRange';
import { effective } from './findGuidance';
import type { GuidanceProblem, ReadGuidance } from './model';

interface Claim {
  readonly about: string;
  readonly value: string;
  readonly range: TextRange;
}

/** `**Package manager**: pnpm`: what is named so has one value in a project. */
const KEYS: Readonly<Record<string, string>> = {
  'package manager': 'the package manager',
  indentation: 'indentation',
  indent: 'indentation',
  'indent size': 'indentation',
  'line length': 'the line length',
  'max line length': 'the line length',
  'maximum line length': 'the line length',
  quotes: 'quotes',
  'quote style': 'quotes',
  semicolons: 'semicolons',
  'test command': 'the test command',
  'build command': 'the build command',
  'lint command': 'the lint command',
  'test runner': 'the test runner',
  formatter: 'the formatter',
  linter: 'the linter',
};
const KEYED =
  /^[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?([A-Za-z][A-Za-z ]{2,24}?)(?:\*\*|__)?:(?:\*\*|__)?[ \t]+([^\r\n]+)$/gm;
const MANAGER =
  /\b(?:use|uses|using)[ \t]+(?:\*\*|`)?(npm|pnpm|yarn|bun)(?:\*\*|`)?[ \t]+(?:as[ \t]+(?:the|our)[ \t]+package[ \t]+manager|for[ \t]+(?:all[ \t]+)?(?:packages|dependencies|package[ \t]+management))\b/gi;
const SPACES =
  /\b(\d|two|four)[ -]spaces?(?:[ \t]+(?:for|of|per))?[ \t]+(?:indentation|indents?)\b|\bindent(?:[ \t]+(?:code|lines))?[ \t]+(?:with|by|using)[ \t]+(tabs|(?:\d|two|four)[ \t]+spaces)\b/gi;
const TABS = /\buse[ \t]+(tabs)[ \t]+for[ \t]+indentation\b/gi;
const NOT_CLAIMED =
  /\b(?:not|never|don['’]t|avoid|instead|rather|unless|except|or|legacy|if|when|where|for (?:python|go|yaml|json|rust|makefiles?))\b/i;
const LONGEST_VALUE = 40;

export function conflicts(read: readonly ReadGuidance[]): readonly GuidanceProblem[] {
  // Those that are told together whatever file it is about.
  const known = effective(read.map(({ guidance }) => guidance));
  const together = read.filter(
    ({ guidance }) =>
      known.includes(guidance) && guidance.inclusion === 'always' && guidance.below === undefined,
  );
  const first = new Map<string, { readonly value: string; readonly label: string; readonly shown: string }>();
  const found: GuidanceProblem[] = [];
  for (const { guidance, text } of together) {
    for (const { about, value, range } of claimsOf(text)) {
      const shown = text.slice(range.start, range.end);
      const earlier = first.get(about);
      if (!earlier) first.set(about, { value, label: guidance.label, shown });
      else if (earlier.value !== value && earlier.label !== guidance.label)
        found.push({
          path: guidance.path,
          rule: 'conflict',
          severity: 'warning',
          message: `About ${about} this says “${shown}”, and ${earlier.label} says “${earlier.shown}”. Both are in every request: keep one.`,
          range,
        });
    }
  }
  return found;
}

/** One a thing: a document that names several values means something else. */
function claimsOf(text: string): readonly Claim[] {
  const plain = withoutCode(text);
  const all: Claim[] = [];
  for (const match of plain.matchAll(KEYED)) {
    const about = KEYS[(match[1] ?? '').trim().toLowerCase()];
    const written = (match[2] ?? '').trim();
    const value = plainValue(written);
    if (about === undefined || value === undefined || NOT_CLAIMED.test(written)) continue;
    const start = match.index + match[0].length - match[0].trimEnd().length + match[0].lastIndexOf(written);
    all.push({ about, value, range: { start, end: start + written.length } });
  }
  for (const [pattern, about] of [
    [MANAGER, 'the package manager'],
    [SPACES, 'indentation'],
    [TABS, 'indentation'],
  ] as const) {
    for (const match of plain.matchAll(pattern)) {
      const value = plainValue(match[1] ?? match[2] ?? '');
      if (value === undefined || NOT_CLAIMED.test(lineAt(plain, match.index))) continue;
      all.push({ about, value, range: { start: match.index, end: match.index + match[0].length } });
    }
  }
  return all.filter(
    (claim, index) =>
      all.findIndex((other) => other.about === claim.about) === index &&
      all.every((other) => other.about !== claim.about || other.value === claim.value),
  );
}

const NUMBERS: Readonly<Record<string, string>> = { two: '2', four: '4', '2-space': '2', '4-space': '4' };

/** As it is compared: letter case, marks and units do not count. Undefined for what is more than a value. */
function plainValue(written: string): string | undefined {
  const bare = written
    .replace(/[`*_"'“”]/g, '')
    .replace(/[ \t]*\([^)]*\)/g, '')
    .replace(/[.;,]+$/, '')
    .trim()
    .toLowerCase();
  if (bare === '' || bare.length > LONGEST_VALUE || /[,;/|&+]|\band\b/.test(bare)) return undefined;
  const plain = bare.replace(/[ -]?(?:spaces?|characters?|chars|columns)$/, '').replace(/[ \t]+/g, ' ');
  return NUMBERS[plain] ?? plain;
}

function lineAt(text: string, index: number): string {
  const end = text.indexOf('\n', index);
  return text.slice(text.lastIndexOf('\n', index) + 1, end === -1 ? text.length : end);
}

/** Fenced blocks as blanks of the same length. */
function withoutCode(text: string): string {
  return text.replace(/^([ \t]*)(```|~~~)[\s\S]*?(?:^\1\2[^\n]*$|$(?![\s\S]))/gm, (block) =>
    block.replace(/[^\n]/g, ' '),
  );
}
