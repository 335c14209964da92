import { trimSpan } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import { rewrite } from '../rewrite';
import { unmappedStart } from './foreignKeyword';
import { sentenceRule } from './sentenceRule';

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
  ({ text, sentence }) => {
    const { leads, headStart, masked } = sentence;
    const first = leads[0]?.keyword.start;
    if (first === undefined || first === headStart) return [];
    const range = trimSpan(text, { start: headStart, end: first });
    // In parentheses or quotes it is a remark.
    if (!/\p{L}/u.test(masked.slice(range.start, range.end)) || unmappedStart(sentence) !== undefined)
      return [];
    const message = `“${text.slice(range.start, range.end)}” stands before the first clause. Make it a condition, or leave it to the user story.`;
    return [{ message, range, fixes: setApart(text, range, first) }];
  },
);

/** The words as a remark, or as a sentence of their own; whether they are a condition only a person knows. */
function setApart(text: string, { start, end }: TextRange, first: number): readonly Fix[] {
  const words = text.slice(start, end);
  if (/[()[\]*\r\n]/.test(text.slice(start, first))) return [];
  const remark = { range: { start, end: first }, newText: `(${words}) ` };
  const sentence = { range: { start: end, end: first }, newText: '. ' };
  return [
    ...(words.length <= LONGEST_REMARK ? [rewrite('Make it a remark in parentheses', false, [remark])] : []),
    rewrite('Make it a sentence of its own', false, [sentence]),
  ];
}

/** Longer ones are no tag of a criterion any more. */
const LONGEST_REMARK = 60;
