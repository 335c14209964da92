import { type CriterionRule, matchesIn } from '../../rule';
import { rewrite } from '../rewrite';

const VAGUE =
  /\b(?:some(?!\s+(?:of|other)\b)|several|many(?!-)|various|numerous|a\s+few|a\s+number\s+of|a\s+lot\s+of|approximately|roughly|a\s+couple\s+of)(?![\w-])/gi;
/** `how many`, `as many as`, `one-to-many`, `approximately 5 %`. */
const EXCUSED = /(?:\b(?:how|as|so|too)\s+|[-_])$/i;

export const vagueQuantity: CriterionRule = {
  scope: 'criterion',
  id: 'vague-quantity',
  code: 'Q05',
  title: 'Vague quantity',
  levels: { recommended: 'off', 'incose-full': 'info' },
  why: '“Several” and “many” are a different number for everybody. Say how many, or the least and the most.',
  bad: 'THE Report SHALL list several causes',
  good: 'THE Report SHALL list at least 3 causes',
  source: 'INCOSE GtWR R7, R33',
  check: (context) =>
    matchesIn(context, VAGUE)
      .filter(({ index }) => !EXCUSED.test(context.visible.slice(Math.max(0, index - 10), index)))
      .map(({ words, range, index, length }) => {
        const message = `“${words}” is no number. Say how many, or a range.`;
        const newText = counted(words, context.visible.slice(index + length));
        return { message, range, fixes: [rewrite(`Write “${newText}”`, false, [{ range, newText }])] };
      }),
};

/** A number to fill in; about how much `5 %` is, is said by what may be missing. */
function counted(words: string, after: string): string {
  if (!/^(?:approximately|roughly)$/i.test(words)) return 'at least TBD';
  return /^\s+[\d¤]/.test(after) ? 'between TBD and' : 'to within TBD';
}
