import type { CriterionContext, CriterionRule } from '../../rule';
import { splitFix } from '../splitFix';
import { ACTION_VERBS } from './actionVerbs';
import { visibleClauses } from './clauses';

/** Group 1: what joins; group 2: the second verb. */
const SECOND = new RegExp(
  String.raw`((?:\s*[,;])?\s+and\s+(?:then\s+|also\s+)?)(${ACTION_VERBS.join('|')})(?=\s)(?!\s+(?:and|or)\b)`,
  'i',
);
/** `read and write access`, `start and end times`: one thing. */
const SAME_OBJECT = /^\w+$/;

export const severalActions: CriterionRule = {
  scope: 'criterion',
  id: 'several-actions',
  code: 'Q09',
  title: 'Several actions in one criterion',
  levels: { recommended: 'off', 'incose-full': 'info' },
  why: 'Two actions in one criterion pass or fail together, and tests tend to look at the first one only.',
  bad: 'WHEN a file is saved, THE Editor SHALL format it and send a message',
  good: 'WHEN a file is saved, THE Editor SHALL format it',
  source: 'INCOSE GtWR R18, R19',
  check: (context) =>
    visibleClauses(context, 'response').flatMap(({ words, start, clause }) => {
      const match = SECOND.exec(words);
      if (match === null || /\bshall\b/i.test(words)) return [];
      const [whole, join = '', verb = ''] = match;
      const first = words.slice(0, match.index).trim();
      if (SAME_OBJECT.test(first)) return [];
      const at = clause.range.start + match.index + join.length;
      return [
        {
          message: `“${verb}” is a second action. A criterion of its own can be tested, and traced, by itself.`,
          range: { start: at, end: at + verb.length },
          fixes: split(context, start + match.index, whole.length - verb.length),
        },
      ];
    }),
};

function split(context: CriterionContext, cut: number, join: number) {
  const { criterion } = context;
  const response = criterion.clauses.find(({ role }) => role === 'response');
  if (response === undefined) return [];
  const head = criterion.text.slice(0, response.range.start - criterion.range.start);
  const end = /[.。]\s*$/.exec(criterion.text)?.[0].trim() ?? '';
  return splitFix(context, [
    criterion.text.slice(0, cut).trimEnd() + end,
    `${head}${criterion.text.slice(cut + join)}`,
  ]);
}
