import type { CriterionRule } from '../../rule';
import { rewrite } from '../rewrite';
import { visibleClauses } from './clauses';

const NOUN =
  /\b(?:the|an?|each|every|its|their)\s+(?:[a-z][\w-]*\s+){0,2}?([a-z][\w-]*)(?=\s*(?:[,.;]|$|\s(?:and|or|to|in|on|of|for|with|from|by|that|is|are|has|was)\b))/gi;
const PRONOUN = /\b(it|they|them)\b(?!\s+is\s+(?:possible|necessary|required))/i;

/** So many nouns are offered, what was named last first. */
const MOST = 3;

export const ambiguousPronoun: CriterionRule = {
  scope: 'criterion',
  id: 'ambiguous-pronoun',
  code: 'Q17',
  title: 'Pronoun that may mean several things',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: 'Where two things were named, “it” may be either. The noun costs one word and leaves no doubt.',
  bad: 'WHEN the user sends a file to the server, THE Server SHALL store a copy of the file and sign it',
  good: 'WHEN the user sends a file to the server, THE Server SHALL store a copy of the file and sign the copy',
  source: 'INCOSE GtWR R24',
  check: (context) =>
    visibleClauses(context, 'response').flatMap(({ words, clause }) => {
      const match = PRONOUN.exec(words);
      if (match === null) return [];
      const plural = /^the/i.test(match[0]);
      // What the response itself names comes into question, not what its condition did.
      const candidates = new Set(
        [...words.slice(0, match.index).matchAll(NOUN)]
          .map(([, noun = '']) => noun.toLowerCase())
          .filter((noun) => /[^s]s$/.test(noun) === plural),
      );
      if (candidates.size < 2) return [];
      const start = clause.range.start + match.index;
      const message = `“${match[0]}” may be ${[...candidates].map((noun) => `“${noun}”`).join(' or ')}. Write the noun.`;
      const range = { start, end: start + match[0].length };
      const fixes = [...candidates]
        .toReversed()
        .slice(0, MOST)
        .map((noun) => rewrite(`Write “the ${noun}”`, false, [{ range, newText: `the ${noun}` }]));
      return [{ message, range, fixes }];
    }),
};
