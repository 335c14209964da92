import { trimSpan } from '../../../ears/spans';
import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

export const thenWithoutCondition = sentenceRule(
  {
    id: 'then-without-condition',
    code: 'E110',
    title: 'THEN without WHEN or IF',
    levels: { recommended: 'warning', 'incose-full': 'warning' },
    why: 'THEN answers an event. After a WHILE or WHERE, or after nothing, it makes the reader look for one that is not there.',
    bad: 'WHILE the alarm is on, THEN THE Door SHALL stay shut',
    good: 'WHILE the alarm is on, THE Door SHALL stay shut',
    source: 'EARS 2016',
  },
  ({ text, sentence: { leads } }) => {
    const index = leads.findIndex(({ role }) => role === 'then');
    const then = leads[index];
    if (then === undefined || leads.some(({ role }) => role === 'when' || role === 'if')) return [];
    const after = /^[\s,]*/.exec(text.slice(then.keyword.end))?.[0].length ?? 0;
    const before = trimSpan(text, { start: 0, end: then.keyword.start }).end;
    // WHILE and WHERE are followed by a comma, which THEN may have stood for.
    const comma = index > 0 && !/[,，]/.test(text.slice(before, then.keyword.start));
    const start = comma ? before : then.keyword.start;
    const removal = { range: { start, end: then.keyword.end + after }, newText: comma ? ', ' : '' };
    // At the start of a sentence, THEN may tell that it follows from the criterion before.
    const safe = index > 0;
    return [
      {
        message: 'THEN without WHEN or IF. Leave it out, or say which event it follows.',
        range: then.keyword,
        fixes: [rewrite('Remove THEN', safe, [removal])],
      },
    ];
  },
);
