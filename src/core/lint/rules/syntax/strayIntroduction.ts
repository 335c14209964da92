import { trimSpan } from '../../../ears/spans';
import { sentenceRule } from './sentenceRule';

const FOREIGN = /^(?:upon|whenever|once|after|as\s+soon|during|as\s+long|given|until|unless|before)\b/i;

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
  ({ text, sentence: { leads, headStart } }) => {
    const first = leads[0]?.keyword.start;
    if (first === undefined) return [];
    const range = trimSpan(text, { start: headStart, end: first });
    const words = text.slice(range.start, range.end);
    if (!/\p{L}/u.test(words) || FOREIGN.test(words)) return [];
    const message = `“${words}” stands before the first clause. Make it a condition, or leave it to the user story.`;
    return [{ message, range }];
  },
);
