import type { Lead } from '../../../ears/leads';
import { leadBody } from '../../../ears/parseSentence';
import { trimSpan } from '../../../ears/spans';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

const RANKS: Partial<Record<Lead['role'], number>> = { where: 0, while: 1, when: 2, if: 2 };

export const clauseOrder = sentenceRule(
  {
    id: 'clause-order',
    code: 'E105',
    title: 'Clauses out of order',
    levels: { recommended: 'warning', 'incose-full': 'warning', strict: 'error' },
    why: 'EARS puts conditions in the order of time: which product (WHERE), in which state (WHILE), at which moment (WHEN or IF). In another order readers take a state for an event.',
    bad: 'WHEN a key fits, WHILE the alarm is off, THE Door SHALL open',
    good: 'WHILE the alarm is off, WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2016',
  },
  (context) => {
    const { text, sentence } = context;
    if (sentence.leads.length < 2) return [];
    const ranked = sentence.leads.filter(({ role }) => RANKS[role] !== undefined);
    const late = ranked.find((lead, index) => index > 0 && rankOf(lead) < rankOf(ranked[index - 1]));
    if (late === undefined) return [];
    const word = text.slice(late.keyword.start, late.keyword.end);
    const message = `“${word}” comes too late: the order is WHERE, WHILE, then WHEN or IF.`;
    return [{ message, range: late.keyword, fixes: reordered(context, ranked) }];
  },
);

function rankOf(lead: Lead | undefined): number {
  return lead === undefined ? 0 : (RANKS[lead.role] ?? 0);
}

/** The clauses sorted, each word kept; what separates them becomes a comma. */
function reordered({ text, sentence }: CriterionContext, ranked: readonly Lead[]) {
  const { leads } = sentence;
  const then = leads.at(-1)?.role === 'then' ? leads.at(-1) : undefined;
  const others = then === undefined ? leads : leads.slice(0, -1);
  const [first] = leads;
  const last = others.at(-1);
  if (first === undefined || last === undefined || others.length !== ranked.length) return [];
  const clauses = others.map((lead, index) => {
    const { start } = lead.keyword;
    const { end } = trimSpan(text, leadBody(sentence, index));
    return { rank: rankOf(lead), words: text.slice(start, Math.max(end, lead.keyword.end)) };
  });
  const lastEnd = trimSpan(text, leadBody(sentence, others.length - 1)).end;
  clauses.sort((a, b) => a.rank - b.rank);
  const newText = clauses.map(({ words }) => words).join(', ');
  return [
    rewrite('Put the clauses in order', false, [
      { range: { start: first.keyword.start, end: Math.max(lastEnd, last.keyword.end) }, newText },
    ]),
  ];
}
