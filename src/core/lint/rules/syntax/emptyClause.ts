import { leadBody, type Sentence } from '../../../ears/parseSentence';
import { trimSpan } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { Found } from '../../rule';
import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

export const emptyClause = sentenceRule(
  {
    id: 'empty-clause',
    code: 'E115',
    title: 'Keyword without a condition',
    levels: { recommended: 'error', 'incose-full': 'error' },
    why: 'A keyword announces a condition. If none follows, a word was lost, or the keyword is one too many.',
    bad: 'WHEN, THE Door SHALL open',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2009',
  },
  ({ text, sentence, criterion }) => {
    if (!criterion.clauses.some(({ role, text: words }) => words === '' && role !== 'then')) return [];
    return sentence.leads.flatMap(({ role, keyword }, index): readonly Found[] => {
      if (role === 'then') return [];
      const { start, end } = trimSpan(text, leadBody(sentence, index));
      if (start < end) return [];
      const word = text.slice(keyword.start, keyword.end);
      const message = `Nothing follows ${word}. Say the condition, or leave ${word} out.`;
      return [{ message, range: keyword, fixes: filledIn(text, sentence, index) }];
    });
  },
);

/** A condition to fill in, or the keyword left out; an IF not without its THEN. */
function filledIn(text: string, { leads, subject }: Sentence, index: number): readonly Fix[] {
  const lead = leads[index];
  if (lead === undefined) return [];
  const { start, end } = lead.keyword;
  const word = text.slice(start, end);
  const fill = rewrite(`Write ${word} TBD until it is decided`, false, [
    { range: { start: end, end }, newText: ' TBD' },
  ]);
  const next = leads[index + 1]?.keyword.start ?? subject?.start;
  if (next === undefined || leads.at(-1)?.role === 'then' || text.slice(start, next).includes('*'))
    return [fill];
  return [fill, rewrite(`Leave ${word} out`, false, [{ range: { start, end: next }, newText: '' }])];
}
