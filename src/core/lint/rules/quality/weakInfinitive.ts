import type { Clause } from '../../../ears/model';
import type { CriterionRule } from '../../rule';
import { rewrite } from '../rewrite';
import { visibleClauses } from './clauses';

/** Group 1: the verb that remains, where taking the rest away leaves a sentence. */
const WEAK =
  /^(?:(?:be\s+able\s+to|be\s+designed\s+to|have\s+the\s+(?:ability|capability|capacity)\s+to|provide\s+(?:the|an?)\s+(?:ability|capability|capacity)\s+to)(?:\s+([a-z]+))?|be\s+capable\s+of)(?![\w-])/i;

/** What somebody is able to do is up to them: “users SHALL be able to choose”, “tests SHALL be able to wait”. */
function usesSystem({ role, text }: Clause): boolean {
  return role === 'system' && USER.test(text);
}

const USER =
  /^(?:\w+ )?(?:users?|tests?|testers?|callers?|consumers?|readers?|customers?|visitors?|guests?|developers?|administrators?|admins?|operators?|people|members?|owners?|they|he|she|we|you|I)$/i;

export const weakInfinitive: CriterionRule = {
  scope: 'criterion',
  id: 'weak-infinitive',
  code: 'Q12',
  title: 'Ability instead of action',
  levels: { recommended: 'info', 'incose-full': 'info' },
  why: 'A system that is able to do something need not do it. Say what it does.',
  bad: 'THE Printer SHALL be able to print on both sides',
  good: 'THE Printer SHALL print on both sides',
  source: 'INCOSE GtWR R10',
  check: (context) =>
    visibleClauses(context, 'response').flatMap(({ words, clause }) => {
      const match = WEAK.exec(words);
      if (match === null || context.criterion.clauses.some(usesSystem)) return [];
      const [whole, verb = ''] = match;
      const phrase = whole.slice(0, whole.length - verb.length);
      const { start } = clause.range;
      const range = { start, end: start + phrase.trimEnd().length };
      const message = `“${phrase.trim()}” asks for an ability, not for an action. Say what the system does.`;
      const removal = { range: { start, end: start + phrase.length }, newText: '' };
      return [
        verb === ''
          ? { message, range }
          : { message, range, fixes: [rewrite(`Write “${verb}”`, false, [removal])] },
      ];
    }),
};
