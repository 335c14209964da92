import type { Fix } from '../../../spec/model';
import type { TextEdit } from '../../../util/textRange';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { likeKeywords, sentenceRule } from './sentenceRule';

export const weakModal = sentenceRule(
  {
    id: 'weak-modal',
    code: 'E102',
    title: 'Weak modal verb',
    levels: { recommended: 'warning', 'incose-full': 'warning', strict: 'error' },
    why: '“Should” is read as a wish, “will” as a fact, “may” as an option. Only SHALL says without doubt that the system must.',
    bad: 'THE Door should open',
    good: 'THE Door SHALL open',
    source: 'NASA ARM; INCOSE GtWR R1',
  },
  (context) => {
    const { text, sentence } = context;
    const { modal } = sentence;
    if (modal === undefined || !modal.weak) return [];
    const word = text.slice(modal.word.start, modal.word.end);
    // “Should” may be a wish, “will” a fact: only a person knows. “Must” is meant as SHALL.
    const certain = !/^(?:may|can|should|will)$/i.test(word);
    const newText = likeKeywords(context, 'SHALL');
    const isOption = /^(?:may|can)$/i.test(word);
    const advice = isOption ? 'Write SHALL, or WHERE <feature> … SHALL if it is optional.' : 'Write SHALL.';
    const toShall = { range: modal.word, newText };
    return [
      {
        message: certain
          ? `“${word}” means SHALL, but only SHALL marks a requirement everywhere. ${advice}`
          : `“${word}” leaves open whether this is required. ${advice}`,
        range: modal.word,
        fixes: [
          rewrite(`Replace by ${newText}`, certain, [toShall]),
          ...(isOption ? optional(context, toShall) : []),
        ],
      },
    ];
  },
);

/** What the system may do, it does where a feature is there; which one, only a person can say. */
function optional(context: CriterionContext, toShall: TextEdit): readonly Fix[] {
  const { leads, subject, headStart, masked } = context.sentence;
  const at = leads[0]?.keyword.start ?? subject?.start;
  const isFirst = at !== undefined && masked.slice(headStart, at).trim() === '';
  if (!isFirst || leads[0]?.role === 'where' || leads[0]?.role === 'quantifier') return [];
  const newText = `${likeKeywords(context, 'WHERE')} [NEEDS CLARIFICATION: which feature], `;
  return [
    rewrite('Make it an optional feature', false, [{ range: { start: at, end: at }, newText }, toShall]),
  ];
}
