import type { GlossaryTerm, Requirement } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import { foldName } from '../../foldName';
import type { Found, RequirementsRule } from '../../rule';
import { rewrite } from '../rewrite';

export const termDrift: RequirementsRule = {
  scope: 'requirements',
  id: 'term-drift',
  code: 'Q11',
  title: 'Term written in another way',
  levels: { recommended: 'off', 'incose-full': 'warning' },
  why: 'One thing has one name. Two spellings make readers look for two things, and a search find only one of them.',
  bad: '## Glossary\n- **Risk_Engine**: It decides.\n## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. WHEN a trade comes, THE Risk_Engine SHALL decide\n2. WHEN the risk engine rejects it, THE Risk_Engine SHALL say why',
  good: '## Glossary\n- **Risk_Engine**: It decides.\n## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. WHEN a trade comes, THE Risk_Engine SHALL decide\n2. WHEN the Risk_Engine rejects it, THE Risk_Engine SHALL say why',
  examplesIn: 'requirements',
  source: 'INCOSE GtWR R36',
  byHand: 'Which of two entries of the glossary stays only a person can say.',
  check: ({ document: { glossary }, requirements }) => [
    ...sameTwice(glossary),
    ...otherSpellings(glossary, requirements),
    ...otherVersions(glossary, requirements),
  ],
};

/** Two entries that differ in case, blanks or plural only, unless one says that it is the other. */
function sameTwice(glossary: readonly GlossaryTerm[]): readonly Found[] {
  const first = new Map<string, GlossaryTerm>();
  return glossary.flatMap((term) => {
    const other = first.get(foldName(term.name));
    if (other === undefined) first.set(foldName(term.name), term);
    if (other === undefined || other.definition.includes(term.name) || term.definition.includes(other.name))
      return [];
    const message = `The glossary has “${other.name}” and “${term.name}”. Are they one thing? Then one of them is enough.`;
    return [{ message, range: term.range, related: [{ message: 'Here first.', range: other.range }] }];
  });
}

interface Spelling {
  readonly term: string;
  readonly written: string;
  readonly ranges: TextRange[];
}

/** Uses of a term in other letters. Case alone is a drift only where the term's own spelling is in use, too. */
function otherSpellings(
  glossary: readonly GlossaryTerm[],
  requirements: readonly Requirement[],
): readonly Found[] {
  const terms = new Map(glossary.map(({ name }) => [keyOf(name), name]));
  const several = [...terms].filter(([key]) => key.includes(' '));
  if (several.length === 0) return [];
  const pattern = patternFor(several.map(([key]) => key));
  const spellings = new Map<string, Spelling>();
  for (const { written, range } of matches(requirements, pattern)) {
    const term = terms.get(keyOf(written)) ?? written;
    const spelling = spellings.get(written) ?? { term, written, ranges: [] };
    spelling.ranges.push(range);
    spellings.set(written, spelling);
  }
  return [...spellings.values()]
    .filter(({ term, written }) => term !== written && (spellings.has(term) || differsInForm(term, written)))
    .map(({ term, written, ranges }) => drift(term, written, ranges));
}

/** “Sonnet 4” where the glossary knows “Claude Sonnet 4.5”: one thing, or two? */
function otherVersions(
  glossary: readonly GlossaryTerm[],
  requirements: readonly Requirement[],
): readonly Found[] {
  return glossary.flatMap(({ name }) => {
    const [, product = '', version = ''] = VERSIONED.exec(name) ?? [];
    if (product === '' || glossary.some((other) => other.name !== name && other.name.includes(product)))
      return [];
    const others = new Map<string, TextRange[]>();
    for (const { written, range } of matches(requirements, versionsOf(product))) {
      if (written.endsWith(` ${version}`)) continue;
      others.set(written, [...(others.get(written) ?? []), range]);
    }
    return [...others].map(([written, ranges]) => ({
      message: `The glossary knows “${name}”, and this says “${written}”. Are they the same?`,
      range: ranges[0] ?? { start: 0, end: 0 },
      fixes: [
        rewrite(
          `Write ${product} ${version}`,
          false,
          ranges.map((range) => ({ range, newText: `${product} ${version}` })),
        ),
      ],
    }));
  });
}

/** Groups: the product's last word, its version. */
const VERSIONED = /(?:^|\s)(\p{Lu}[\p{L}-]+) v?(\d+(?:\.\d+)*)$/u;

function versionsOf(product: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}_-])${escaped(product)} \d+(?:\.\d+)*(?![\p{L}\p{N}_-])`, 'gu');
}

function drift(term: string, written: string, ranges: readonly TextRange[]): Found {
  const times = ranges.length > 1 ? ` (${ranges.length} times)` : '';
  const edits = ranges.map((range) => ({ range, newText: term }));
  return {
    message: `The glossary writes “${term}”, not “${written}”${times}.`,
    range: ranges[0] ?? { start: 0, end: 0 },
    fixes: [rewrite(`Write ${term}`, false, edits)],
  };
}

function differsInForm(a: string, b: string): boolean {
  return a.toLowerCase() !== b.toLowerCase();
}

/** The words of a name, whatever joins them. */
function keyOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .join(' ');
}

/** The longest first: “Admin Center URL” is no use of “Admin Center”. */
function patternFor(keys: readonly string[]): RegExp {
  const longest = [...keys].sort((a, b) => b.length - a.length);
  const words = longest.map((key) => key.split(' ').map(escaped).join(String.raw`[\s_-]+`));
  return new RegExp(String.raw`(?<![\p{L}\p{N}_-])(?:${words.join('|')})(?![\p{L}\p{N}_-])`, 'giu');
}

function* matches(requirements: readonly Requirement[], pattern: RegExp) {
  for (const { criteria } of requirements)
    for (const { text, range } of criteria)
      for (const { index, 0: written } of text.matchAll(pattern)) {
        const start = range.start + index;
        yield { written, range: { start, end: start + written.length } };
      }
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
