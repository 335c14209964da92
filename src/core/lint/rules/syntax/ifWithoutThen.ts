import { insertThen } from '../../../ears/insertThen';
import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

export const ifWithoutThen = sentenceRule(
  {
    id: 'if-without-then',
    code: 'E107',
    title: 'IF without THEN',
    levels: { recommended: 'hint', 'incose-full': 'hint', strict: 'error' },
    why: 'IF …, THEN is how EARS marks unwanted behaviour. THEN separates what goes wrong from what the system does about it.',
    bad: 'IF the lock jams, THE Door SHALL ring',
    good: 'IF the lock jams, THEN THE Door SHALL ring',
    source: 'EARS 2009, unwanted behaviour',
  },
  ({ text, sentence: { leads, subject } }) => {
    const last = leads.at(-1);
    if (last?.role !== 'if') return [];
    const then = text.slice(last.keyword.start, last.keyword.end) === 'IF' ? 'THEN' : 'then';
    const fixes =
      subject === undefined ? [] : [rewrite(`Insert ${then}`, true, [insertThen(text, subject.start, then)])];
    return [
      {
        message: 'IF is followed by THEN: “IF <condition>, THEN THE <System> SHALL”.',
        range: last.keyword,
        fixes,
      },
    ];
  },
);
