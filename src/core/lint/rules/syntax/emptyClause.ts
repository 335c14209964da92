import { leadBody } from '../../../ears/parseSentence';
import { trimSpan } from '../../../ears/spans';
import type { Found } from '../../rule';
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
      return [{ message, range: keyword }];
    });
  },
);
