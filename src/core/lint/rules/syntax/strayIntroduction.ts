import { trimSpan } from '../../../ears/spans';
import { unmappedStart } from './foreignKeyword';
import { sentenceRule } from './sentenceRule';

export const strayIntroduction = sentenceRule(
  {
    id: 'stray-introduction',
    code: 'E111',
    title: 'Words before the first clause',
    levels: { recommended: 'info', 'incose-full': 'info' },
    why: 'What stands before WHERE, WHILE, WHEN or IF is neither condition nor response, so nobody knows whether it binds. A definition goes before as a sentence of its own, a reason to the user story.',
    bad: 'For administrators WHEN a key fits, THE Door SHALL open',
    good: 'WHERE the user is an administrator, WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2016',
  },
  ({ text, sentence }) => {
    const { leads, headStart, masked } = sentence;
    const first = leads[0]?.keyword.start;
    if (first === undefined || first === headStart) return [];
    const range = trimSpan(text, { start: headStart, end: first });
    // In parentheses or quotes it is a remark.
    if (!/\p{L}/u.test(masked.slice(range.start, range.end)) || unmappedStart(sentence) !== undefined)
      return [];
    const message = `“${text.slice(range.start, range.end)}” stands before the first clause. Make it a condition, or leave it to the user story.`;
    return [{ message, range }];
  },
);
