import type { Fix } from '../../../spec/model';
import type { CriterionContext, CriterionRule } from '../../rule';
import { rewrite } from '../rewrite';
import { actorsOf } from '../syntax/actors';
import { visibleClauses } from './clauses';

const PASSIVE =
  /^be\s+(?:\w+ly\s+)?(?!able\b|available\b|at\b|in\b|on\b|the\b|an?\b|no\b)(\w+(?:ed|en)|built|kept|made|sent|set|shown|put|held|found|read|run|bound)\b/i;

export const passiveWithoutActor: CriterionRule = {
  scope: 'criterion',
  id: 'passive-without-actor',
  code: 'Q13',
  title: 'Passive without an actor',
  levels: { recommended: 'off', 'incose-full': 'info' },
  why: 'In the passive nobody acts. Name the system that does it, and the requirement has an owner.',
  bad: 'WHEN an order is paid, THE Receipt SHALL be sent',
  good: 'WHEN an order is paid, THE Shop SHALL send the receipt',
  source: 'INCOSE GtWR R2',
  check: (context) =>
    visibleClauses(context, 'response').flatMap(({ words, clause }) => {
      const match = PASSIVE.exec(words);
      if (match === null || /\bby\s+(?:the|an?|each)\b/i.test(words)) return [];
      const { start } = clause.range;
      return [
        {
          message: `Who does it? “${match[0]}” names no actor. Write “THE <System> SHALL <verb>”.`,
          range: { start, end: start + match[0].length },
          fixes: actedBy(context, start + match[0].length),
        },
      ];
    }),
};

/** Behind the verb; which of the systems that are named here, a person knows. */
function actedBy(context: CriterionContext, at: number): readonly Fix[] {
  const own = context.criterion.clauses.find(({ role }) => role === 'system')?.text;
  const names = actorsOf(context).filter((name) => name !== own && !/^(?:the|an?)\b/i.test(name));
  return [...names.slice(0, MOST), 'TBD'].map((name) =>
    rewrite(`Write “by the ${name}”`, false, [{ range: { start: at, end: at }, newText: ` by the ${name}` }]),
  );
}

const MOST = 3;
