import type { CriterionRule } from '../../rule';
import { rewrite } from '../rewrite';
import { visibleClauses } from './clauses';

const STATE =
  /\b(?:is|are)\s+(?:currently\s+|still\s+|already\s+)?(?:active|inactive|enabled|disabled|logged\s+in|logged\s+out|signed\s+in|signed\s+out|authenticated|open|closed|loading|paused|running|stopped|offline|online|connected|disconnected|in\s+progress|visible|hidden|idle|busy|locked|unlocked|selected|focused|empty|full|pending|installed|configured|set)\b(?!\s*(?:by|to|from)\b)/i;

export const stateAsWhen: CriterionRule = {
  scope: 'criterion',
  id: 'state-as-when',
  code: 'Q08',
  title: 'State written as WHEN',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: 'WHEN is a moment, WHILE a duration. “WHEN the alarm is active” leaves open whether the duty begins once or holds all the time.',
  bad: 'WHEN the alarm is active, THE Door SHALL stay shut',
  good: 'WHILE the alarm is active, THE Door SHALL stay shut',
  source: 'EARS 2009, state-driven',
  check: (context) =>
    visibleClauses(context, 'when').flatMap(({ clause, words }) => {
      const match = STATE.exec(words);
      if (match === null) return [];
      const start = clause.range.start + match.index;
      const message = `Is “${match[0]}” a moment or a duration? For as long as it lasts, write WHILE; for the moment, “becomes”.`;
      const other = context.criterion.clauses.filter(({ role }) => role !== 'system' && role !== 'response');
      const newText = clause.keyword === clause.keyword.toUpperCase() ? 'WHILE' : 'while';
      const edit = { range: clause.keywordRange, newText };
      return [
        {
          message,
          range: { start, end: start + match[0].length },
          ...(other.length === 1 ? { fixes: [rewrite(`Write ${newText}`, false, [edit])] } : {}),
        },
      ];
    }),
};
