import { trimSentence } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { likeKeywords, sentenceRule } from './sentenceRule';

const TRAILING =
  /(?<!\b(?:whether|determines?|checks?|see|and|or|as|even|only|know|detects?)\s)\b(?:when|while(?!\s+\w+ing\b)|if|unless)\b(?!\s+(?:possible|needed|applicable|appropriate|necessary|available|feasible|any(?=\s*(?:[,.;)]|$)))\b)/i;

export const trailingCondition = sentenceRule(
  {
    id: 'trailing-condition',
    code: 'E113',
    title: 'Condition after the response',
    levels: { recommended: 'hint', 'incose-full': 'hint', strict: 'warning' },
    why: 'EARS tells the condition first, as it happens first. At the end of the sentence it is overlooked, and what it belongs to is a guess.',
    bad: 'THE Door SHALL ring when the lock jams',
    good: 'WHEN the lock jams, THE Door SHALL ring',
    source: 'EARS 2016',
  },
  (context) => {
    const { text, sentence } = context;
    const { modal, masked } = sentence;
    const match = modal === undefined ? null : TRAILING.exec(masked.slice(modal.whole.end));
    if (modal === undefined || match === null || match.index === 0) return [];
    const start = modal.whole.end + match.index;
    const end = start + match[0].length;
    const word = text.slice(start, end);
    const message = `A condition after the response (“${word}”) is easily overlooked. Move it to the front of the sentence.`;
    return [{ message, range: { start, end }, fixes: moved(context, start, end) }];
  },
);

/** `THE Door SHALL ring when a` → `WHEN a, THE Door SHALL ring`. Where a trigger is there already, nobody but a person can join them. */
function moved(context: CriterionContext, start: number, end: number): readonly Fix[] {
  const { text, sentence } = context;
  const { leads, headStart, modal, masked } = sentence;
  const keyword = text.slice(start, end).toUpperCase();
  const condition = trimSentence(text, { start: end, end: text.length });
  const words = text.slice(condition.start, condition.end);
  const before = /[\s,;]*$/.exec(masked.slice(0, start))?.index ?? start;
  if (modal === undefined || before <= modal.whole.end || words === '' || keyword === 'UNLESS') return [];
  // A second sentence, another SHALL or a further condition is more than one thing to move.
  if (/[.;:]\s|\b(?:shall|when|while|if|where|then)\b/i.test(masked.slice(end))) return [];
  const hasTrigger = leads.some(({ role }) => role !== 'where' && role !== 'quantifier');
  if (hasTrigger) return [];
  const lead = leads.at(-1)?.keyword;
  const at = lead === undefined ? headStart : (sentence.subject?.start ?? headStart);
  const then = keyword === 'IF' ? `${likeKeywords(context, 'THEN')} ` : '';
  const rest = text.slice(condition.end);
  return [
    rewrite('Move the condition to the front', false, [
      { range: { start: at, end: at }, newText: `${likeKeywords(context, keyword)} ${words}, ${then}` },
      { range: { start: before, end: text.length }, newText: rest },
    ]),
  ];
}
