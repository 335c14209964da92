import { insertThen } from '../../../ears/insertThen';
import type { Lead } from '../../../ears/leads';
import { leadBody } from '../../../ears/parseSentence';
import { trimSpan } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { splitFix } from '../splitFix';
import { likeKeywords, sentenceRule } from './sentenceRule';

/** A criterion for each of more triggers is no help. */
const MOST_PARTS = 4;

const isTrigger = ({ role }: Lead): boolean => role === 'when' || role === 'if';

export const multipleTriggers = sentenceRule(
  {
    id: 'multiple-triggers',
    code: 'E109',
    title: 'More than one trigger',
    levels: { recommended: 'warning', 'incose-full': 'warning' },
    why: 'One sentence has one trigger. With two, nobody can tell whether both must happen, or either, or one after the other.',
    bad: 'WHEN a key fits, WHEN the bell rings, THE Door SHALL open',
    good: 'WHEN a key fits AND the bell rings, THE Door SHALL open',
    source: 'EARS 2016',
  },
  (context) => {
    if (context.sentence.leads.length < 2) return [];
    const triggers = context.sentence.leads.filter(isTrigger);
    const [first, second] = triggers;
    if (first === undefined || second === undefined) return [];
    const message =
      'A second trigger: join it to the first with AND, make it a WHILE, or write a second criterion.';
    // “WHEN a, IF b” means both; of “WHEN a, WHEN b” nobody knows.
    const alike = triggers.length <= MOST_PARTS && triggers.every(({ role }) => role === first.role);
    const fixes = [...joined(context, triggers), ...(alike ? split(context, triggers) : [])];
    return [{ message, range: second.keyword, fixes }];
  },
);

/** `WHEN a, WHEN b` → `WHEN a AND b`, where they follow each other; with an IF among them, `IF a AND b, THEN`. */
function joined(context: CriterionContext, triggers: readonly Lead[]): readonly Fix[] {
  const { text, sentence } = context;
  const { leads, subject } = sentence;
  const [first, ...others] = triggers;
  const at = first === undefined ? -1 : leads.indexOf(first);
  if (first === undefined || others.some((lead, index) => leads[at + 1 + index] !== lead)) return [];
  const and = likeKeywords(context, 'AND');
  const edits = others.map((lead, index) => {
    const start = trimSpan(text, leadBody(sentence, at + index)).end;
    return { range: { start, end: lead.keyword.end }, newText: ` ${and}` };
  });
  const mixed = others.some(({ role }) => role !== first.role);
  const keyword = mixed ? [{ range: first.keyword, newText: likeKeywords(context, 'IF') }] : [];
  const then =
    mixed && subject !== undefined && leads.at(-1)?.role !== 'then'
      ? [insertThen(text, subject.start, likeKeywords(context, 'THEN') === 'THEN' ? 'THEN' : 'then')]
      : [];
  return [rewrite(`Join with ${and}`, false, [...keyword, ...edits, ...then])];
}

/** A criterion for each trigger, every other word in all of them. */
function split(context: CriterionContext, triggers: readonly Lead[]): readonly Fix[] {
  const { text, sentence } = context;
  const { leads, headStart } = sentence;
  const endOf = (lead: Lead): number => {
    const next = leads[leads.indexOf(lead) + 1];
    return next?.role === 'then' || next === undefined
      ? trimSpan(text, leadBody(sentence, leads.indexOf(lead))).end
      : next.keyword.start;
  };
  const texts = triggers.map((kept, number) => {
    let result = text;
    for (const lead of [...triggers].reverse()) {
      if (lead === kept) continue;
      const last = leads.indexOf(lead) === leads.findLastIndex(isTrigger);
      // The last one takes the comma before it along, any other the one after it.
      const start = last ? trimSpan(text, { start: 0, end: lead.keyword.start }).end : lead.keyword.start;
      result = result.slice(0, start) + result.slice(endOf(lead));
    }
    // A label or a title names the first one only.
    return number === 0 ? result : result.slice(headStart);
  });
  return splitFix(context, texts);
}
