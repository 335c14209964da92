import type { Lead } from '../../../ears/leads';
import type { Sentence } from '../../../ears/parseSentence';
import { trimSentence, trimSpan } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { likeKeywords, sentenceRule } from './sentenceRule';

/** Words that no keyword stands for, or that tell a time here: `After 5 s, THE Door SHALL shut`. */
const UNMAPPED = /(?:until|unless|before|after|once)(?![\w-])/iy;
const EARS = /^(?:where|while|when|if|then|for)\b/i;

export const foreignKeyword = sentenceRule(
  {
    id: 'foreign-keyword',
    code: 'E108',
    title: 'Condition without an EARS keyword',
    levels: { recommended: 'hint', 'incose-full': 'hint', strict: 'warning' },
    why: 'Six patterns are enough for nearly every requirement, and each has its keyword. “Upon”, “once” and “during” hide whether a moment or a state is meant.',
    bad: 'Upon a key that fits, THE Door SHALL open',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2016',
  },
  (context) => {
    const { text, sentence } = context;
    const [lead] = sentence.leads;
    if (lead !== undefined && !EARS.test(text.slice(lead.keyword.start, lead.keyword.end)))
      return [mapped(context, lead)];
    const range = unmappedStart(sentence);
    if (range === undefined) return [];
    const words = text.slice(range.start, range.end);
    const message = `“${words}” is no keyword of EARS. Say the condition with WHEN, WHILE, IF or WHERE, a time in the response.`;
    return [{ message, range, fixes: timeToTheEnd(context, range) }];
  },
);

function mapped(context: CriterionContext, { role, keyword: range }: Lead) {
  const { text } = context;
  const words = text.slice(range.start, range.end);
  const keyword = role === 'while' ? 'WHILE' : 'WHEN';
  const written = likeKeywords(context, keyword);
  const newText = /^[A-Z]/.test(words) ? keyword.charAt(0) + written.slice(1) : written;
  return {
    message: `“${words}” is no keyword of EARS. Write ${keyword}.`,
    range,
    fixes: [rewrite(`Replace by ${keyword}`, false, [{ range, newText }])],
  };
}

/** The word at the start of a sentence that begins a condition, or tells a time, without a keyword. */
export function unmappedStart({ masked, headStart, leads, subject, modal }: Sentence): TextRange | undefined {
  UNMAPPED.lastIndex = headStart;
  const match = UNMAPPED.exec(masked);
  if (match === null) return undefined;
  // A comma ends what it begins; “Once-only keys” and “Before-images” begin nothing.
  const end = leads[0]?.keyword.start ?? subject?.start ?? modal?.word.start ?? masked.length;
  return masked.slice(headStart, end).includes(',')
    ? { start: headStart, end: headStart + match[0].length }
    : undefined;
}

/** `After 5 s, THE Door SHALL shut.` → `THE Door SHALL shut after 5 s.` */
function timeToTheEnd({ text, sentence }: CriterionContext, range: TextRange): readonly Fix[] {
  const { subject, leads } = sentence;
  const word = text.slice(range.start, range.end).toLowerCase();
  if (word !== 'after' || subject === undefined || leads.length > 0) return [];
  const time = trimSpan(text, { start: range.end, end: subject.start });
  const at = trimSentence(text, { start: subject.name.end, end: text.length }).end;
  return [
    rewrite('Tell the time in the response', false, [
      { range: { start: range.start, end: subject.start }, newText: '' },
      { range: { start: at, end: at }, newText: ` ${word} ${text.slice(time.start, time.end)}` },
    ]),
  ];
}
