import type { TextRange } from '../../../util/textRange';
import type { RequirementsRule } from '../../rule';
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
  check: ({ document, requirements }) => {
    const terms = document.glossary.filter(({ name }) => wordsOf(name).length > 1).map(({ name }) => name);
    const exact = new Set(document.glossary.map(({ name }) => name));
    return terms.flatMap((term) => {
      const pattern = new RegExp(
        `(?<![\\p{L}\\p{N}_-])${wordsOf(term).map(escaped).join('[\\s_-]+')}(?![\\p{L}\\p{N}_-])`,
        'giu',
      );
      const variants = new Map<string, TextRange[]>();
      for (const { criteria } of requirements) {
        for (const { text, range } of criteria) {
          for (const { index, 0: written } of text.matchAll(pattern)) {
            if (exact.has(written)) continue;
            const start = range.start + index;
            variants.set(written, [...(variants.get(written) ?? []), { start, end: start + written.length }]);
          }
        }
      }
      return [...variants].map(([written, ranges]) => ({
        message: `The glossary writes “${term}”, not “${written}”${ranges.length > 1 ? ` (${ranges.length} times)` : ''}.`,
        range: ranges[0] ?? { start: 0, end: 0 },
        fixes: [
          rewrite(
            `Write ${term}`,
            true,
            ranges.map((range) => ({ range, newText: term })),
          ),
        ],
      }));
    });
  },
};

function wordsOf(name: string): readonly string[] {
  return name.split(/[\s_-]+/).filter((word) => word !== '');
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
