import { trimSpan } from '../../../ears/spans';
import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

const COMMA_LAST = /[,，;；:：、]\s*$/;

export const missingComma = sentenceRule(
  {
    id: 'missing-comma',
    code: 'E106',
    title: 'No comma before the system',
    levels: { recommended: 'hint', 'incose-full': 'hint', strict: 'warning' },
    why: 'The comma shows where the condition ends and the duty begins. Without it a reader, and a parser, has to guess.',
    bad: 'WHEN a key fits THE Door SHALL open',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2016',
  },
  ({ text, sentence }) => {
    const { leads, subject } = sentence;
    const last = leads.at(-1);
    if (last === undefined || last.role === 'then' || last.role === 'if' || subject === undefined) return [];
    if (COMMA_LAST.test(text.slice(last.keyword.end, subject.start))) return [];
    const condition = trimSpan(text, { start: last.keyword.end, end: subject.start });
    if (condition.start === condition.end) return [];
    const between = text.slice(condition.end, subject.start);
    if (/[,，;；:：、—–]/.test(between) || /[,，;；:：、。.—–]\s*$/.test(text.slice(0, condition.end)))
      return [];
    const at = { start: condition.end, end: condition.end };
    return [
      {
        message: 'A comma belongs between the condition and the system.',
        range: { start: subject.start, end: subject.name.end },
        fixes: [rewrite('Insert a comma', true, [{ range: at, newText: ',' }])],
      },
    ];
  },
);
