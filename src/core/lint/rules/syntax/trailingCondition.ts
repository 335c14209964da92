import { trimSentence, trimSpan } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { likeKeywords, sentenceRule } from './sentenceRule';

const TRAILING =
  /(?<!\b(?:whether|determin(?:es?|ing)|check(?:s|ing)?|verif(?:y|ies|ying)|asks?|shows?|indicat(?:es?|ing)|tells?|see|for|and|or|as|even|only|know|detects?|(?:that|which|who),?)\s)\b(?:when|while(?!\s+(?:(?:still|also|not|never)\s+)?\w+ing\b)|if|unless)\b(?!\s+and\s+(?:only|where)\b)(?!\s+(?:possible|needed|applicable|appropriate|necessary|available|feasible|any(?=\s*(?:[,.;)]|$)))\b)/gi;
const SHALL = /\bshall\b/gi;
/** Before a keyword: what follows is a sentence of its own. */
const BOUNDARY = /[,;:.]\s*(?:(?:and|or|but)\s+)?$|\b(?:and|or|but)\s+$/i;
/** `…, where x is text larger than 18 pt if bold`: part of a definition. */
const DEFINITION = /,\s*where\b/i;
/** Between two conditions: each has a response of its own. */
const CASES = /[,;]|\bor\b/i;
const OTHERWISE = /\botherwise\b/i;
/** “Only open when”, “keep for delivery when”: in front, the condition would mean something else. */
const BELONGS_BEFORE =
  /^\s*only\s+\w+\s+$|^\s*(?:queue|hold|keep|store|save|persist|cache|buffer|defer|schedule)\b.*\bfor\s+(?:later\s+|future\s+)?(?:\w+(?:tion|sion|ing)|delivery|retry|review)\s+$|:\s*$/i;
/** “Ring the last bell, with the first as a help when …”: the condition is for the help alone. */
const APPENDED = /,\s*with\b[^,;:]*\bas\s[^,;:]*$/i;
const LONGEST_APPENDED = 160;
/** `SHALL guarantee that both agree when sorted`: the condition belongs to what is said. */
const SAID =
  /\b(?:guarantee(?:s|ing)?|ensur(?:es?|ing)|stat(?:es?|ing)|say(?:s|ing)?|assert(?:s|ing)?|confirm(?:s|ing)?|explain(?:s|ing)?|report(?:s|ing)?)\s+that\b/i;
/** `from a when there, then from b`: an order of cases. */
const NEXT_CASE = /,\s*then\b/i;
const RELATIVE = /\b(?:that|which|who|whose)\b/i;

export const trailingCondition = sentenceRule(
  {
    id: 'trailing-condition',
    code: 'E113',
    title: 'Condition after the response',
    levels: { recommended: 'hint', 'incose-full': 'hint' },
    why: 'EARS tells the condition first, as it happens first. At the end of the sentence it is overlooked, and what it belongs to is a guess.',
    bad: 'THE Door SHALL ring when the lock jams',
    good: 'WHEN the lock jams, THE Door SHALL ring',
    source: 'EARS 2016',
  },
  (context) => {
    const { text, sentence } = context;
    const { modal, masked } = sentence;
    if (modal === undefined || masked.slice(modal.whole.end).search(TRAILING) === -1) return [];
    const duties = dutiesOf(masked, modal.whole.end);
    return duties.flatMap((duty, index) => {
      const range = conditionIn(masked, duty, index === duties.length - 1);
      if (range === undefined) return [];
      const word = text.slice(range.start, range.end);
      const message = `A condition after the response (“${word}”) is easily overlooked. Move it to the front of the sentence.`;
      return [{ message, range, fixes: duties.length === 1 ? moved(context, range) : [] }];
    });
  },
);

/** From each SHALL up to the next. */
function dutiesOf(masked: string, from: number): readonly TextRange[] {
  const starts = [from];
  const ends: number[] = [];
  for (const { index, 0: word } of masked.slice(from).matchAll(SHALL)) {
    ends.push(from + index);
    starts.push(from + index + word.length);
  }
  return starts.map((start, index) => ({ start, end: ends[index] ?? masked.length }));
}

/** The keyword of the condition at the end of a duty; a list of cases (`a when x, b when y`) has none. */
function conditionIn(masked: string, duty: TextRange, last: boolean): TextRange | undefined {
  const words = masked.slice(duty.start, duty.end);
  const definition = words.search(DEFINITION);
  const [first, second] = [...words.matchAll(TRAILING)].filter(
    ({ index }) =>
      (definition === -1 || index < definition) &&
      (last || !BOUNDARY.test(words.slice(Math.max(0, index - 20), index))),
  );
  if (first === undefined || words.slice(0, first.index).trim() === '') return undefined;
  if (second !== undefined && CASES.test(words.slice(first.index, second.index))) return undefined;
  if (OTHERWISE.test(words) || NEXT_CASE.test(words.slice(first.index))) return undefined;
  const before = words.slice(0, first.index);
  if (BELONGS_BEFORE.test(before) || SAID.test(before)) return undefined;
  if (APPENDED.test(before.slice(-LONGEST_APPENDED))) return undefined;
  const start = duty.start + first.index;
  return { start, end: start + first[0].length };
}

/** `THE Door SHALL ring when a` → `WHEN a, THE Door SHALL ring`. Where a trigger is there already, nobody but a person can join them. */
function moved(context: CriterionContext, { start, end }: TextRange): readonly Fix[] {
  const { text, sentence } = context;
  const { modal, masked } = sentence;
  const keyword = text.slice(start, end).toUpperCase();
  const condition = trimSentence(text, { start: end, end: text.length });
  const words = text.slice(condition.start, condition.end);
  const at = frontFor(context, keyword);
  if (modal === undefined || at === undefined || words === '') return [];
  // With more than a condition behind it, or in a relative clause, where it ends and belongs to is a guess.
  if (/[,;:]|\.\s|\b(?:shall|when|while|if|where|then|unless)\b/i.test(masked.slice(end))) return [];
  if (RELATIVE.test(masked.slice(modal.whole.end, start))) return [];
  const response = trimSpan(text, { start: modal.whole.end, end: start });
  if (response.start === response.end) return [];
  const then = keyword === 'IF' ? `${likeKeywords(context, 'THEN')} ` : '';
  return [
    rewrite('Move the condition to the front', false, [
      { range: { start: at, end: at }, newText: `${likeKeywords(context, keyword)} ${words}, ${then}` },
      { range: { start: response.end, end: text.length }, newText: text.slice(condition.end) },
    ]),
  ];
}

/** Where a condition belongs: WHILE before the trigger, a trigger before the system. */
function frontFor({ text, sentence }: CriterionContext, keyword: string): number | undefined {
  const { leads, subject, headStart, masked } = sentence;
  const trigger = leads.find(({ role }) => role === 'when' || role === 'if');
  if (subject === undefined || keyword === 'UNLESS') return undefined;
  if (trigger !== undefined)
    return keyword === 'WHILE' ? beforeStars(text, trigger.keyword.start) : undefined;
  if (leads.at(-1)?.role === 'then') return undefined;
  if (leads.length === 0 && masked.slice(headStart, subject.start).trim() !== '') return undefined;
  return beforeStars(text, subject.start);
}

function beforeStars(text: string, at: number): number {
  let start = at;
  while (text[start - 1] === '*') start--;
  return start;
}
