import type { Lead } from '../../../ears/leads';
import { leadBody } from '../../../ears/parseSentence';
import { trimSpan } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { splitFix } from '../splitFix';
import { likeKeywords, sentenceRule } from './sentenceRule';

const isTrigger = ({ role }: Lead): boolean => role === 'when' || role === 'if';

export const multipleTriggers = sentenceRule(
  {
    id: 'multiple-triggers',
    code: 'E109',
    title: 'More than one trigger',
    levels: { recommended: 'warning', 'incose-full': 'warning', strict: 'error' },
    why: 'One sentence has one trigger. With two, nobody can tell whether both must happen, or either, or one after the other.',
    bad: 'WHEN a key fits, WHEN the bell rings, THE Door SHALL open',
    good: 'WHEN a key fits AND the bell rings, THE Door SHALL open',
    source: 'EARS 2016',
  },
  (context) => {
    const triggers = context.sentence.leads.filter(isTrigger);
    const [first, second] = triggers;
    if (first === undefined || second === undefined) return [];
    const message =
      'A second trigger: join it to the first with AND, make it a WHILE, or write a second criterion.';
    const fixes = [...joined(context, first, second), ...split(context, triggers)];
    return [{ message, range: second.keyword, fixes }];
  },
);

/** `WHEN a, WHEN b` → `WHEN a AND b`, where the two follow each other. */
function joined(context: CriterionContext, first: Lead, second: Lead): readonly Fix[] {
  const { text, sentence } = context;
  const index = sentence.leads.indexOf(second);
  if (first.role !== second.role || sentence.leads[index - 1] !== first) return [];
  const { end } = trimSpan(text, leadBody(sentence, index - 1));
  const and = likeKeywords(context, 'AND');
  return [
    rewrite(`Join with ${and}`, false, [
      { range: { start: end, end: second.keyword.end }, newText: ` ${and}` },
    ]),
  ];
}

/** A criterion for each trigger, every other word in all of them. */
function split(context: CriterionContext, triggers: readonly Lead[]): readonly Fix[] {
  const { text, sentence } = context;
  const { leads } = sentence;
  const endOf = (lead: Lead): number => {
    const next = leads[leads.indexOf(lead) + 1];
    return next?.role === 'then' || next === undefined
      ? trimSpan(text, leadBody(sentence, leads.indexOf(lead))).end
      : next.keyword.start;
  };
  const texts = triggers.map((kept) => {
    let result = text;
    for (const lead of [...triggers].reverse()) {
      if (lead === kept) continue;
      const last = leads.indexOf(lead) === leads.findLastIndex(isTrigger);
      // The last one takes the comma before it along, any other the one after it.
      const start = last ? trimSpan(text, { start: 0, end: lead.keyword.start }).end : lead.keyword.start;
      result = result.slice(0, start) + result.slice(endOf(lead));
    }
    return result;
  });
  return splitFix(context, texts);
}
