import type { CriterionRule } from '../../rule';
import { asNote } from './asNote';
import { matchesInResponse } from './clauses';

export const purposePhrase: CriterionRule = {
  scope: 'criterion',
  id: 'purpose-phrase',
  code: 'Q18',
  title: 'Purpose in the requirement',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: 'Why something is wanted is worth telling, in the user story. In the criterion it reads like something to be tested.',
  bad: 'THE Server SHALL sign each file so that nobody can change it unseen',
  good: 'THE Server SHALL sign each file',
  source: 'INCOSE GtWR R20',
  check: (context) =>
    matchesInResponse(context, /(?:\s*,)?\s+(?:so\s+that|in\s+order\s+to|to\s+ensure\s+that)\b/gi).map(
      ({ words, range, match }) => {
        const text = words.replace(/^[\s,]+/, '');
        const start = range.end - text.length;
        const response = context.criterion.clauses.find(({ role }) => role === 'response');
        const message = `“${text}” tells a purpose. It belongs to the user story.`;
        if (response === undefined || match.index === 0) return { message, range: { start, end: range.end } };
        const purpose = { start: range.start, end: response.range.end };
        return {
          message,
          range: { start, end: range.end },
          fixes: asNote('Keep the purpose as a note behind it', context.criterion, purpose, 'why'),
        };
      },
    ),
};
