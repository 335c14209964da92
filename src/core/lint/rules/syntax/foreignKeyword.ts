import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

const WORDS =
  /(?:upon|whenever|once|after|as\s+soon\s+as|during|as\s+long\s+as|given(?:\s+that)?|until|unless|before)(?![\w-])/iy;
/** `After 5 s` is a time, not an event. */
const DURATION = /^\s*(?:\d|an?\s+(?:second|minute|hour|day))/i;
const KEYWORDS: readonly (readonly [words: RegExp, keyword: string])[] = [
  [/^(?:upon|whenever|once|after|as\s)/i, 'WHEN'],
  [/^(?:during|given)/i, 'WHILE'],
];

export const foreignKeyword = sentenceRule(
  {
    id: 'foreign-keyword',
    code: 'E108',
    title: 'Condition without an EARS keyword',
    levels: { recommended: 'hint', 'incose-full': 'hint', strict: 'warning' },
    why: 'Six patterns are enough for nearly every requirement, and each has its keyword. “Upon”, “once” and “during” hide whether a moment or a state is meant.',
    bad: 'Upon a key that fits, THE Door SHALL open',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2016',
  },
  (context) => {
    const { text, sentence } = context;
    const { headStart, masked } = sentence;
    WORDS.lastIndex = headStart + (/^\s*/.exec(masked.slice(headStart))?.[0].length ?? 0);
    const match = WORDS.exec(masked);
    if (match === null || !hasCondition(context, match.index)) return [];
    const range = { start: match.index, end: match.index + match[0].length };
    const words = text.slice(range.start, range.end);
    const keyword = DURATION.test(masked.slice(range.end)) ? undefined : keywordFor(words);
    if (keyword === undefined) {
      const message = `“${words}” is no keyword of EARS. Say the condition with WHEN, WHILE, IF or WHERE, a time in the response.`;
      return [{ message, range }];
    }
    const message = `“${words}” is no keyword of EARS. Write ${keyword}.`;
    return [
      { message, range, fixes: [rewrite(`Replace by ${keyword}`, false, [{ range, newText: keyword }])] },
    ];
  },
);

/** A comma, or the system, ends the condition: “Once installed” does, “Once per day the System” does not matter. */
function hasCondition({ sentence: { masked, subject, modal } }: CriterionContext, at: number): boolean {
  const end = subject?.start ?? modal?.word.start ?? masked.length;
  return masked.slice(at, end).includes(',');
}

function keywordFor(words: string): string | undefined {
  if (/^as\s+long/i.test(words)) return 'WHILE';
  return KEYWORDS.find(([pattern]) => pattern.test(words))?.[1];
}
